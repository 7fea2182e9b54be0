"""What a connection can do to whoever listens."""

import socket
import threading
import time

import pytest

from .conftest import http, new_id, text_update
from .wire import Hangup

CUT_SECONDS_MAX = 60
DRIP_SECONDS = 2
IDLE_CONNECTIONS = 500


@pytest.mark.parametrize(
    "raw",
    [
        b"hello\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /health\r\n\r\n",
        b"GET /health HTTP/9.9\r\n\r\n",
        b"GET /health FTP/1.0\r\n\r\n",
        b"G\x00T /health HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /he alth HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /health HTTP/1.1\r\nNo colon here\r\n\r\n",
        b"GET /health HTTP/1.1\r\nName : a\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n",
        b"GET /health HTTP/1.1\nHost: a\n\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\xff" * 1000,
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_a_malformed_request_is_refused_or_ends_the_connection(server, nothing_stored, raw):
    assert server.status_or_hangup(raw) in (400, 404, 414, 431, 505, None)


def test_blank_lines_before_a_request_are_tolerated_or_end_the_connection(server):
    assert server.status_or_hangup(b"\r\n\r\n" + http("GET", "/health")) in (200, 400, None)


@pytest.mark.parametrize("count, size", [(5_000, 100), (1, 300_000), (100_000, 1)])
def test_header_bombs_are_refused(server, nothing_stored, count, size):
    bomb = b"".join(b"X-%d: %s\r\n" % (number, b"a" * size) for number in range(count))
    raw = b"GET /health HTTP/1.1\r\nHost: a\r\n" + bomb + b"\r\n"
    assert server.status_or_hangup(raw) in (400, 413, 431, None)


def test_an_old_client_is_served(server):
    answer = server.send(b"GET /health HTTP/1.0\r\n\r\n")
    assert answer.status == 200


def test_an_address_in_absolute_form_is_served(server):
    answer = server.send(b"GET http://hostile.test/health HTTP/1.1\r\nHost: hostile.test\r\n\r\n")
    assert answer.status == 200


@pytest.mark.parametrize("protocol", ["h2c", "websocket", "TLS/1.0", "x" * 1000])
def test_a_wish_to_upgrade_harms_nobody(server, protocol):
    headers = [
        ("Connection", "Upgrade, HTTP2-Settings"),
        ("Upgrade", protocol),
        ("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("Sec-WebSocket-Version", "13"),
    ]
    with server.connect(timeout=5) as wire:
        wire.send(http("GET", "/health", headers))
        assert wire.answer().status == 200
        wire.send(http("GET", "/health"))
        try:
            assert wire.answer().status == 200
        except Hangup:
            pass  # The next request goes over a new connection then; silence would be the fault.
    assert server.is_alive()


def test_a_row_of_requests_on_one_connection_is_answered_in_order(server):
    with server.connect() as wire:
        wire.send(http("GET", "/health") + http("GET", "/nowhere") + http("GET", "/health"))
        assert [wire.answer().status for _ in range(3)] == [200, 404, 200]


def test_a_refused_body_is_not_taken_for_the_next_request(server, nothing_stored):
    smuggled = http("GET", "/health")
    raw = http("POST", "/gateway/webhook/telegram", [("Content-Type", "text/plain")], smuggled)
    with server.connect() as wire:
        wire.send(raw + http("GET", "/nowhere"))
        assert wire.answer().status in (401, 403, 415)
        try:
            assert wire.answer().status == 404
        except Hangup:
            pass


def test_a_caller_who_hangs_up_early_leaves_no_trace(server, nothing_stored):
    whole = http(
        "POST",
        "/gateway/webhook/telegram",
        [server.secret_header, ("Content-Type", "application/json")],
        b'{"update_id":' + b"1" * 1000 + b"}",
    )
    for length in range(0, len(whole) - 1, 40):
        with server.connect() as wire:
            wire.send(whole[:length])


def test_many_idle_connections_do_not_keep_others_out(server):
    idle = [server.connect() for _ in range(IDLE_CONNECTIONS)]
    try:
        for wire in idle[::2]:
            wire.send(b"POST /gateway/webhook/telegram HTTP/1.1\r\n")
        started = time.monotonic()
        assert server.is_alive()
        assert server.telegram(text_update(new_id(), "among idlers")).status == 200
        assert time.monotonic() - started < 2
    finally:
        for wire in idle:
            wire.socket.close()
    assert server.is_alive()


def test_readers_who_do_not_read_are_no_burden(server):
    wires = [server.connect() for _ in range(20)]
    try:
        for wire in wires:
            wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            wire.socket.setblocking(False)
            try:
                wire.socket.send(http("GET", "/") * 500)
            except BlockingIOError:
                pass
        assert server.is_alive()
    finally:
        for wire in wires:
            wire.socket.close()


def test_slow_and_silent_connections_are_cut(server, nothing_stored):
    """All kinds at once, so that it takes a minute at most."""
    name, secret = server.secret_header
    head = (
        f"POST /gateway/webhook/telegram HTTP/1.1\r\nHost: a\r\n{name}: {secret}\r\n"
        "Content-Type: application/json\r\n"
    ).encode()
    slow = {
        "silent": (b"", b""),
        "dripping head": (b"GET /health HTTP/1.1\r\n", b"X-A: b\r\n"),
        "dripping first line": (b"GET /", b"a"),
        "dripping body": (head + b"Content-Length: 100000\r\n\r\n", b" "),
        "dripping chunks": (head + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        "silent after the head": (head + b"Content-Length: 10\r\n\r\n", b""),
        "silent after an answer": (http("GET", "/health"), b""),
    }
    seconds = {}
    threads = [
        threading.Thread(target=measure, args=(server, kind, first, drip, seconds))
        for kind, (first, drip) in slow.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {kind: seconds[kind] for kind in slow if seconds[kind] is None} == {}


def measure(server, kind, first, drip, seconds):
    """Notes after how many seconds the server cut the connection; None when it did not."""
    with server.connect() as wire:
        started = time.monotonic()
        wire.send(first)
        seconds[kind] = None
        while time.monotonic() - started < CUT_SECONDS_MAX:
            if wire.is_closed_within(DRIP_SECONDS):
                seconds[kind] = time.monotonic() - started
                return
            if drip:
                wire.send(drip)
