"""The same message again: later, at once, or with other words."""

import json
import threading

from .conftest import new_chat, new_id, text_update

THREADS = 20


def at_once(post):
    """Calls `post` from many threads at the same moment."""
    barrier = threading.Barrier(THREADS)
    statuses = []

    def run():
        barrier.wait()
        statuses.append(post().status)

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def history(server, chat):
    return server.request("GET", f"/gateway/webchat/{chat}/messages").json()["messages"]


def test_a_repeated_update_gets_the_same_answer_and_changes_nothing(server):
    update = text_update(new_id(), "once")
    first = server.telegram(update)
    before = server.stored_count()
    second = server.telegram(update)
    assert (first.status, first.body) == (second.status, second.body) == (200, first.body)
    assert server.stored_count() == before


def test_the_same_update_from_many_at_once_has_one_effect(server):
    update_id = new_id()
    before = server.stored_count()
    body = json.dumps(text_update(update_id, "all together")).encode()
    assert at_once(lambda: server.telegram(body)) == [200] * THREADS
    assert server.stored_count() == before + 1


def test_the_same_web_message_from_many_at_once_has_one_effect(server):
    chat = new_chat()
    body = {"id": "m-1", "text": "all together"}
    assert at_once(lambda: server.webchat(chat, body)) == [200] * THREADS
    own = [message for message in history(server, chat) if message["from"] == "person"]
    assert [message["text"] for message in own] == ["all together"]


def test_an_id_used_again_with_other_words_keeps_the_first(server):
    chat = new_chat()
    first = server.webchat(chat, {"id": "m-1", "text": "first words"})
    shown = history(server, chat)
    second = server.webchat(chat, {"id": "m-1", "text": "other words"})
    assert (first.status, second.status) == (200, 200)
    assert history(server, chat) == shown


def test_the_same_id_in_two_chats_is_two_messages(server):
    for chat in (new_chat(), new_chat()):
        assert server.webchat(chat, {"id": "m-1", "text": "mine"}).status == 200
        assert history(server, chat)[0]["text"] == "mine"


def test_an_update_repeated_under_another_sender_makes_no_conversation(server):
    update_id = new_id()
    assert server.telegram(text_update(update_id, "mine", chat=910_000_003)).status == 200
    before = server.stored_count()
    assert server.telegram(text_update(update_id, "stolen", chat=910_000_004)).status == 200
    assert server.stored_count() == before
