"""What a body can do to whoever reads it."""

import json

import pytest

from .conftest import http, new_chat, new_id, text_update

LIMIT = 1 << 20
NOT_JSON = {
    "nothing": b"",
    "blank": b"  \n ",
    "words": b"hello",
    "truncated": b'{"update_id":1,"message":{"text":"he',
    "truncated escape": b'{"update_id":1,"a":"\\u12',
    "trailing comma": b'{"update_id":1,}',
    "two documents": b'{"update_id":1}{"update_id":2}',
    "single quotes": b"{'update_id':1}",
    "comment": b'{"update_id":1/* */}',
    "invalid UTF-8": b'{"update_id":1,"message":{"text":"\xff\xfe\xc0\xaf"}}',
    "overlong NUL": b'{"update_id":1,"a":"\xc0\x80"}',
    "UTF-16": '{"update_id":1}'.encode("utf-16"),
    "raw NUL in a text": b'{"update_id":1,"a":"x\x00y"}',
    "raw line break in a text": b'{"update_id":1,"a":"x\ny"}',
    "not a number": b'{"update_id":NaN}',
    "infinity": b'{"update_id":-Infinity}',
    "leading zero": b'{"update_id":01}',
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "deep and closed": b"[" * 100_000 + b"]" * 100_000,
    "deep within an update": b'{"update_id":1,"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
}


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON.keys())
def test_what_is_not_json_is_refused(server, nothing_stored, body):
    answer = server.telegram(body)
    assert answer.status == 400
    answer.error()


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON.keys())
def test_what_is_not_json_is_refused_by_the_web_chat(server, nothing_stored, body):
    # Its door takes smaller bodies.
    assert server.webchat(new_chat(), body).status in (400, 413)


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"true",
        b"1",
        b'"text"',
        b"[]",
        b"{}",
        b'{"update_id":null}',
        b'{"update_id":"1"}',
        b'{"update_id":{}}',
        b'{"update_id":1.5}',
        b'{"update_id":123456789012345678901234567890}',
        b'{"message":{"text":"no id"}}',
    ],
)
def test_an_update_without_an_id_is_refused(server, nothing_stored, body):
    answer = server.telegram(body)
    assert answer.status == 422
    answer.error()


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"text": "no id"},
        {"id": "m-1"},
        {"id": "m-1", "text": "both", "choice": "both"},
        {"id": "m-1", "text": ""},
        {"id": "m-1", "text": "  \n "},
        {"id": "m-1", "text": None},
        {"id": "m-1", "text": 7},
        {"id": "m-1", "text": ["a"]},
        {"id": "m-1", "choice": ""},
        {"id": "m-1", "choice": "x" * 10_000},
        {"id": 1, "text": "a number for an id"},
        {"id": "", "text": "empty id"},
        {"id": "x" * 10_000, "text": "long id"},
        {"id": "a b'; DROP TABLE inbounds", "text": "odd id"},
        {"id": "m-1", "text": "x" * 20_000},
    ],
    ids=lambda body: str(body)[:40],
)
def test_an_incomplete_web_message_is_refused(server, nothing_stored, body):
    answer = server.webchat(new_chat(), body)
    assert answer.status == 422
    answer.error()


def test_a_declared_length_beyond_the_limit_is_refused_unread(server, nothing_stored):
    head = http(
        "POST",
        "/gateway/webhook/telegram",
        [server.secret_header, ("Content-Type", "application/json")],
        b"x" * (LIMIT + 1),
    )
    head = head[: head.index(b"\r\n\r\n") + 4]
    answer = server.send(head)
    assert answer.status == 413
    answer.error()


@pytest.mark.parametrize("length", [1 << 31, 1 << 40, (1 << 63) - 1])
def test_absurd_lengths_are_refused_unread(server, nothing_stored, length):
    answer = server.send(webhook_head(server, f"Content-Length: {length}"))
    assert answer.status == 413


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "1, 2", "99999999999999999999999"])
def test_lengths_that_are_none_are_refused(server, nothing_stored, length):
    raw = webhook_head(server, f"Content-Length: {length}")
    assert server.status_or_hangup(raw) in (400, None)


@pytest.mark.parametrize("size", [LIMIT + 1, 8 * LIMIT])
def test_a_body_beyond_the_limit_is_refused(server, nothing_stored, size):
    answer = server.telegram(b'{"update_id":1,"a":"' + b"x" * size + b'"}')
    assert answer.status == 413


@pytest.mark.parametrize("chunk", [1000, 65_536])
def test_a_chunked_body_beyond_the_limit_is_refused(server, nothing_stored, chunk):
    raw = webhook_head(server, "Transfer-Encoding: chunked")
    piece = b"%x\r\n%s\r\n" % (chunk, b"x" * chunk)
    answer = server.send(raw + piece * (2 * LIMIT // chunk) + b"0\r\n\r\n")
    assert answer.status == 413


def test_a_chunked_update_is_taken(server):
    body = json.dumps(text_update(new_id(), "in pieces")).encode()
    pieces = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (body[:10], body[10:]))
    raw = webhook_head(server, "Transfer-Encoding: chunked") + pieces + b"0\r\n\r\n"
    assert server.send(raw).status == 200


@pytest.mark.parametrize("size", ["zz", "-5", "ffffffffffffffffffff", ""])
def test_broken_chunks_are_refused(server, nothing_stored, size):
    raw = webhook_head(server, "Transfer-Encoding: chunked")
    raw += size.encode() + b"\r\nabc\r\n0\r\n\r\n"
    assert server.status_or_hangup(raw) in (400, None)


def test_a_length_beside_chunks_smuggles_nothing(server, nothing_stored):
    inner = http("GET", "/health")
    raw = webhook_head(server, "Content-Length: 4", "Transfer-Encoding: chunked")
    assert server.status_or_hangup(raw + b"0\r\n\r\n" + inner) in (400, None)


@pytest.mark.parametrize(
    "digits", ["9" * 1_000_000, "-" + "9" * 500_000, "1." + "0" * 500_000, "1e400", "1e999999999"]
)
def test_endless_numbers_do_no_harm(server, nothing_stored, digits):
    answer = server.telegram(f'{{"update_id":{digits}}}'.encode())
    assert answer.status in (400, 422)


def test_endless_numbers_beside_what_counts_do_no_harm(server):
    update = json.dumps(text_update(new_id(), "numbers"))
    body = update[:-1] + ',"later":' + "9" * 900_000 + ',"small":1e-999999}'
    assert server.telegram(body.encode()).status in (200, 400)


@pytest.mark.parametrize(
    "text",
    [
        "NUL \\u0000 within",
        "half an emoji \\ud83d",
        "the other half \\ude00",
        "turned round \\ude00\\ud83d",
        "bell \\u0007 escape \\u001b[31m",
        "direction \\u202e\\u2066 marks",
        "not a character \\uffff \\ufffe",
        "<b>bold</b> & <script>alert(1)</script>",
        "'; DROP TABLE inbounds; --",
        "%s%n%x {0} ${jndi:ldap://x}",
        "combining " + "\\u0301" * 2000,
        "family " + "\\ud83d\\udc68\\u200d" * 500,
    ],
    ids=lambda text: text[:16],
)
def test_odd_characters_are_taken_or_refused_but_harm_nobody(server, text):
    update = json.dumps(text_update(new_id(), "@")).replace("@", text)
    assert server.telegram(update.encode()).status in (200, 400)
    answer = server.webchat(new_chat(), f'{{"id":"m-1","text":"{text}"}}'.encode())
    assert answer.status in (200, 400, 422)
    assert server.is_alive()


def test_odd_characters_do_not_break_the_history(server):
    chat = new_chat()
    text = '\\u0000\\u2028 "quoted" \\\\ \\u001b </script>'
    taken = server.webchat(chat, f'{{"id":"m-1","text":"{text}"}}'.encode()).status
    assert taken in (200, 400, 422)
    history = server.request("GET", f"/gateway/webchat/{chat}/messages").json()["messages"]
    assert len(history) > 0 if taken == 200 else history == []


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"kind_of_tomorrow": {"deep": [1, {"a": None}]}},
        {"poll": {"id": "1"}},
        {"inline_query": {"id": "1", "from": {"id": 5}, "query": "x"}},
        {"message": None},
        {"message": {}},
        {"message": []},
        {"message": "text"},
        {"message": {"chat": {"id": "not a number", "type": "private"}}},
        {"message": {"chat": {"id": 910_000_002, "type": "private"}}},
        {"message": {"chat": {"id": 10**30, "type": "private"}, "text": "far away"}},
        {"message": {"chat": {"id": -5, "type": "supergroup"}, "text": "in a group"}},
        {"callback_query": {}},
        {"callback_query": {"id": 7, "from": {}, "data": None}},
        {"edited_message": {"text": ["a"]}},
        {"my_chat_member": {"new_chat_member": 5}},
        {"message_reaction": {"new_reaction": "x"}},
    ],
    ids=lambda update: json.dumps(update)[:48],
)
def test_unknown_and_malformed_kinds_are_not_sent_again_and_again(server, update):
    answer = server.telegram({"update_id": new_id(), **update})
    # Anything but 2xx would make Telegram repeat it and hold back what comes after.
    assert answer.status == 200 or (answer.status == 422 and malformed(update))
    assert server.is_alive()


def malformed(update):
    known = {"message", "callback_query", "edited_message", "my_chat_member", "message_reaction"}
    return not known.isdisjoint(update)


def test_one_key_a_hundred_thousand_times(server, nothing_stored):
    members = ",".join(['"update_id":1'] * 60_000)
    assert server.telegram(("{" + members + "}").encode()).status in (200, 400, 422)


def test_a_crowd_of_members_is_read_quickly(server):
    members = ",".join(f'"k{number}":{number}' for number in range(60_000))
    update = json.dumps(text_update(new_id(), "crowd"))[:-1] + "," + members + "}"
    assert server.telegram(update.encode()).status in (200, 400)


def webhook_head(server, *more):
    name, secret = server.secret_header
    lines = [
        "POST /gateway/webhook/telegram HTTP/1.1",
        "Host: hostile.test",
        f"{name}: {secret}",
        "Content-Type: application/json",
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()

