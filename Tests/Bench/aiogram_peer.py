"""A small stateful dialogue in aiogram, served as a webhook: the peer that speed is compared with.

Each message reads the chat's state, writes it back with one step more, and is answered through the
webhook's own response once the state is stored. Redis decides when that is.
"""

import argparse

import uvloop
from aiogram import Bot, Dispatcher, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

WEBHOOK_PATH = "/gateway/webhook/telegram"
HEALTH_PATH = "/health"

router = Router()


@router.message(F.text)
async def take_step(message: Message, state: FSMContext) -> SendMessage:
    data = await state.get_data()
    step = data.get("step", 0) + 1
    await state.set_data({"step": step, "last": message.text})
    return SendMessage(chat_id=message.chat.id, text=f"Step {step}: thank you, go on.")


async def answer_health(_: web.Request) -> web.Response:
    return web.Response(text="ok")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--redis-port", type=int, required=True)
    parser.add_argument("--secret", required=True)
    options = parser.parse_args()

    uvloop.install()
    storage = RedisStorage.from_url(f"redis://127.0.0.1:{options.redis_port}/0")
    dispatcher = Dispatcher(storage=storage)
    dispatcher.include_router(router)

    application = web.Application()
    application.router.add_get(HEALTH_PATH, answer_health)
    SimpleRequestHandler(
        dispatcher=dispatcher,
        bot=Bot("42:speed"),
        handle_in_background=False,
        secret_token=options.secret,
    ).register(application, path=WEBHOOK_PATH)
    web.run_app(application, host="127.0.0.1", port=options.port, access_log=None, print=None)


if __name__ == "__main__":
    main()
