"""A small server with the web chat's interface, a scripted tutor and switches for faults.

It serves the real pages and keeps its conversations in memory, so that a test can cut the
line, refuse, repeat or restart at a chosen moment. `python Tests/Browser/mock_server.py 8090`
runs it alone.
"""

import asyncio
import json
import re
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

PAGES = Path(__file__).resolve().parents[2] / "Sources" / "Server" / "Pages"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
CONTENT_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
CHAT_ID = re.compile(r"^[A-Za-z0-9_-]{22,128}$")
HEARTBEAT_SECONDS = 15
START_SECONDS_MAX = 10
HOLD_SECONDS_MAX = 60
FILE_BYTES_MAX = 24 * 1024 * 1024

LESSON = [
    ("Which word means _خداحافظ_?", ["Hello", "Goodbye", "Thanks"]),
    ("True or false: **He go to school** is correct.", ["True", "False"]),
    ("She \\_\\_\\_ tea every morning.", ["drink", "drinks", "drinking"]),
]
LANGUAGES = {"English": "en", "فارسی": "fa"}
COPY = {
    "en": {
        "name": "What should I call you?",
        "profile": "🎉 Your profile\n\nName: {name}\nLevel: A1",
        "menu": "What would you like to do?",
        "learn": "📚 Learn",
        "skip": "Skip",
        "right": "That's right!",
        "complete": "🏁 Lesson complete\n\n**+30 XP** · streak 1 day",
    },
    "fa": {
        "name": "شما را چه صدا کنم؟",
        "profile": "🎉 پروفایل شما\n\nنام: {name}\nسطح: A1",
        "menu": "چه کاری انجام دهیم؟",
        "learn": "📚 یادگیری (Learn)",
        "skip": "رد کردن",
        "right": "آفرین! درست است.",
        "complete": "🏁 درس تمام شد\n\n**+30 XP** · رکورد ۱ روز",
    },
}


@dataclass
class Faults:
    """What goes wrong next; counters run down, flags stay."""

    send_busy: int = 0
    send_cut_before: int = 0
    send_cut_after: int = 0
    refuse: str = ""
    stream_busy: int = 0
    repeat_events: bool = False
    hold_sends: threading.Event | None = None


@dataclass
class Chat:
    messages: list = field(default_factory=list)
    seen: set = field(default_factory=set)
    files: dict = field(default_factory=dict)
    streams: set = field(default_factory=set)
    step: str = "new"
    language: str = "en"
    question: int = 0

    def add(self, sender, text, **more):
        previous = int(self.messages[-1]["id"]) if self.messages else 40
        message = {
            "id": str(previous + 1),
            "from": sender,
            "text": text,
            "choices": [],
            "media": None,
            "at": int(time.time() * 1000),
            **more,
        }
        self.messages.append(message)
        return message


class MockServer:
    """Runs in a thread of its own; `stop` and `start` keep the port and the conversations."""

    def __init__(self, port=0):
        self.port = port
        self.chats = defaultdict(Chat)
        self.faults = Faults()
        self.sends = []
        self.answering = True
        self.opened_count = 0
        self._opened = threading.Condition()
        self._loop = None
        self._runner = None
        self._thread = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    # Lifetime

    def start(self):
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        if not started.wait(START_SECONDS_MAX):
            raise RuntimeError("the mock server did not start")

    def _run(self, started):
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._open())
        started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._runner.cleanup())
        self._loop.close()

    async def _open(self):
        app = web.Application(client_max_size=FILE_BYTES_MAX)
        app.router.add_get("/", self.page)
        app.router.add_get("/host", self.host_page)
        app.router.add_get("/{name:[a-z-]+[.](css|js)}", self.page)
        app.router.add_get("/gateway/webchat/{chat}/messages", self.get_messages)
        app.router.add_post("/gateway/webchat/{chat}/send", self.post_send)
        app.router.add_get("/gateway/webchat/{chat}/stream", self.get_stream)
        app.router.add_get("/gateway/webchat/{chat}/media/{id}", self.get_file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    def stop(self):
        self._loop.call_soon_threadsafe(self._end_streams)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def drop_streams(self):
        self._loop.call_soon_threadsafe(self._end_streams)

    def _end_streams(self):
        for chat in self.chats.values():
            for queue in chat.streams:
                queue.put_nowait(None)

    # What a test makes the other side do

    def chat(self):
        """The only conversation of a test."""
        (chat,) = self.chats.values()
        return chat

    def say(self, text, sender="bot", **more):
        done = threading.Event()

        def add():
            chat = self.chat()
            self._publish(chat, chat.add(sender, text, **more))
            done.set()

        self._loop.call_soon_threadsafe(add)
        done.wait(START_SECONDS_MAX)

    def emit(self, event, data):
        self._loop.call_soon_threadsafe(
            lambda: [queue.put_nowait((event, data, None)) for queue in self.chat().streams]
        )

    def wait_for_stream(self, count=1):
        """Waits until this many streams have been opened since the server was made."""
        with self._opened:
            if not self._opened.wait_for(lambda: self.opened_count >= count, START_SECONDS_MAX):
                raise AssertionError(f"{self.opened_count} streams opened, not {count}")

    def stream_count(self):
        return sum(len(chat.streams) for chat in self.chats.values())

    # Doors

    async def page(self, request):
        path = PAGES / request.match_info.get("name", "chat.html")
        if not path.is_file():
            return web.Response(status=404)
        return web.Response(
            text=path.read_text(),
            content_type=CONTENT_TYPES[path.suffix],
            headers={"content-security-policy": POLICY, "cache-control": "no-store"},
        )

    async def host_page(self, request):
        language = "fa" if request.query.get("lang") == "fa" else "en"
        position = "start" if request.query.get("position") == "start" else "end"
        tag = (
            f'<script src="/widget.js" defer data-title="Practice English" data-lang="{language}" '
            f'data-position="{position}" data-color="#0b6"></script>'
        )
        text = (
            f'<!doctype html><html lang="{language}"><title>A school</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<main><h1>A school</h1><p><a href='#'>A link</a></p></main>{tag}{tag}</html>"
        )
        policy = "default-src 'none'; script-src 'self'; frame-src 'self'"
        return web.Response(
            text=text, content_type="text/html", headers={"content-security-policy": policy}
        )

    def _chat_of(self, request):
        name = request.match_info["chat"]
        if not CHAT_ID.match(name):
            raise web.HTTPBadRequest()
        return self.chats[name]

    async def get_messages(self, request):
        chat = self._chat_of(request)
        after = int(request.query.get("after", 0))
        messages = [message for message in chat.messages if int(message["id"]) > after]
        return web.json_response({"success": True, "data": {"messages": messages[:50]}})

    async def post_send(self, request):
        chat = self._chat_of(request)
        faults = self.faults
        body = await self._body_of(request)
        self.sends.append(body)
        if faults.hold_sends:
            await asyncio.to_thread(faults.hold_sends.wait, HOLD_SECONDS_MAX)
        if faults.send_busy > 0:
            faults.send_busy -= 1
            return self._error(503, "unavailable", "Try again soon")
        if faults.send_cut_before > 0:
            faults.send_cut_before -= 1
            request.transport.abort()
            return web.Response()
        if faults.refuse:
            return self._error(422, "invalid", faults.refuse)
        if body["id"] not in chat.seen:
            chat.seen.add(body["id"])
            self._accept(chat, body)
        if faults.send_cut_after > 0:
            faults.send_cut_after -= 1
            request.transport.abort()
        return web.json_response({"success": True, "data": {}}, status=202)

    async def _body_of(self, request):
        if request.content_type != "multipart/form-data":
            return await request.json()
        form = await request.post()
        file = form["file"]
        body = {"id": form["id"], "type": file.content_type, "file": file.file.read()}
        return body | ({"seconds": int(form["seconds"])} if "seconds" in form else {})

    async def get_file(self, request):
        body = self._chat_of(request).files.get(request.match_info["id"])
        if body is None:
            return web.Response(status=404)
        return web.Response(body=body["file"], content_type=body["type"])

    def _error(self, status, code, message):
        error = {"code": code, "message": message, "details": None}
        return web.json_response({"success": False, "error": error}, status=status)

    async def get_stream(self, request):
        chat = self._chat_of(request)
        if self.faults.stream_busy > 0:
            self.faults.stream_busy -= 1
            return self._error(503, "unavailable", "Try again soon")
        after = int(request.headers.get("Last-Event-ID") or request.query.get("after", 0))
        response = web.StreamResponse(
            headers={"content-type": "text/event-stream", "cache-control": "no-store"}
        )
        await response.prepare(request)
        queue = asyncio.Queue()
        for message in chat.messages:
            if int(message["id"]) > after:
                queue.put_nowait(("message", message, message["id"]))
        chat.streams.add(queue)
        with self._opened:
            self.opened_count += 1
            self._opened.notify_all()
        try:
            await response.write(b": open\n\n")
            await self._pump(queue, response)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            chat.streams.discard(queue)
        return response

    async def _pump(self, queue, response):
        while True:
            try:
                item = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
            except asyncio.TimeoutError:
                await response.write(b": heartbeat\n\n")
                continue
            if item is None:
                return
            event, data, event_id = item
            prefix = f"id: {event_id}\n" if event_id else ""
            text = f"{prefix}event: {event}\ndata: {json.dumps(data)}\n\n"
            await response.write(text.encode() * (2 if self.faults.repeat_events else 1))

    def _publish(self, chat, message):
        for queue in chat.streams:
            queue.put_nowait(("message", message, message["id"]))

    # The scripted tutor

    def _accept(self, chat, body):
        text = body.get("text", "")
        choice = body.get("choice")
        if choice is not None:
            asked = next(each for each in chat.messages if each["id"] == choice.split(":")[0])
            text = next(each["title"] for each in asked["choices"] if each["id"] == choice)
            asked["chosen"] = choice
        message = chat.add("person", text, clientId=body["id"])
        if "file" in body:
            chat.files[message["id"]] = body
            (name,) = [name for name, each in self.chats.items() if each is chat]
            kind = "image" if body["type"].startswith("image/") else "voice"
            url = f"/gateway/webchat/{name}/media/{message['id']}"
            message["media"] = {"kind": kind, "url": url, "name": ""}
        self._publish(chat, message)
        if choice is not None:
            for queue in chat.streams:
                queue.put_nowait(("settled", {"id": asked["id"], "chosen": choice}, None))
        if self.answering:
            self._answer(chat, text)

    def _bot(self, chat, text, titles=()):
        number = int(chat.messages[-1]["id"]) + 1
        choices = [
            {"id": f"{number}:{letter}", "title": title} for letter, title in zip("abcdef", titles)
        ]
        plain = re.sub(r"\*\*|\b_|_\b", "", text)
        message = chat.add("bot", plain, markup=text, choices=choices, language=chat.language)
        self._publish(chat, message)

    def _answer(self, chat, text):
        copy = COPY[chat.language]
        if chat.step == "new":
            chat.step = "language"
            self._bot(chat, "Hello! Which language shall I explain things in?", LANGUAGES)
        elif chat.step == "language":
            chat.language = LANGUAGES.get(text, "en")
            chat.step = "name"
            copy = COPY[chat.language]
            self._bot(chat, copy["name"], [copy["skip"]])
        elif chat.step == "name":
            chat.step = "menu"
            self._bot(chat, copy["profile"].format(name=text))
            self._bot(chat, copy["menu"], [copy["learn"]])
        elif chat.step == "menu" and text == copy["learn"]:
            chat.step = "lesson"
            chat.question = 0
            self._ask(chat)
        elif chat.step == "lesson":
            self._bot(chat, copy["right"])
            chat.question += 1
            self._ask(chat)
        else:
            self._bot(chat, copy["menu"], [copy["learn"]])

    def _ask(self, chat):
        copy = COPY[chat.language]
        if chat.question == len(LESSON):
            chat.step = "menu"
            self._bot(chat, copy["complete"])
            self._bot(chat, copy["menu"], [copy["learn"]])
            return
        question, titles = LESSON[chat.question]
        done = chat.question + 1
        bar = "▰" * done + "▱" * (len(LESSON) - done)
        self._bot(chat, f"{bar} {done}/{len(LESSON)}\n{question}", [*titles, copy["skip"]])


if __name__ == "__main__":
    server = MockServer(int(sys.argv[1]) if len(sys.argv) > 1 else 8090)
    server.start()
    print(server.url, flush=True)
    threading.Event().wait()
