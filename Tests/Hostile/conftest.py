"""Fixtures: the running server, raw connections to it, and what it keeps."""

import json
import os
import time
import urllib.request
import uuid
from urllib.parse import urlsplit

import pytest

from .wire import Hangup, Wire

MEGABYTE = 1 << 20
# What the allocator keeps after the peak of a first run; further runs add a tenth of it.
KEPT_BYTES_MAX = 64 * MEGABYTE


class Server:
    """The server under test, as its operators and its callers know it."""

    def __init__(self, url):
        parts = urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.url = url
        self.secret = os.environ.get("PARLANCE_TELEGRAM_SECRET", "")
        self.internal_key = os.environ.get("PARLANCE_INTERNAL_KEY", "")
        self.process_id = os.environ.get("PARLANCE_PID")

    def connect(self, timeout=15):
        return Wire(self.host, self.port, timeout)

    def send(self, raw, timeout=15):
        """Sends bytes as they are on a connection of their own and reads one answer."""
        with self.connect(timeout) as wire:
            wire.send(raw)
            return wire.answer()

    def status_or_hangup(self, raw):
        """The status of the answer; None when the connection was closed instead."""
        try:
            return self.send(raw).status
        except Hangup:
            return None

    def request(self, method, target, headers=(), body=b""):
        return self.send(http(method, target, headers, body))

    def telegram(self, body, headers=None):
        """Posts to the webhook as Telegram would."""
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if headers is None:
            headers = [self.secret_header, ("Content-Type", "application/json")]
        return self.request("POST", "/gateway/webhook/telegram", headers, body)

    def webchat(self, chat, body):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        return self.request(
            "POST",
            f"/gateway/webchat/{chat}/send",
            [("Content-Type", "application/json"), ("X-Forwarded-For", "192.0.2.77")],
            body,
        )

    @property
    def secret_header(self):
        return ("X-Telegram-Bot-Api-Secret-Token", self.secret)

    def is_alive(self):
        return self.request("GET", "/health").status == 200

    def stored_count(self):
        """How many messages were ever taken in: entries of the webhook log are numbered."""
        entries = self.logs(limit=1)
        return entries[0]["id"] if entries else 0

    def logs(self, **query):
        pairs = "&".join(f"{name}={value}" for name, value in query.items())
        request = urllib.request.Request(
            f"{self.url}/gateway/webhook-logs?{pairs}",
            headers={"X-Internal-Api-Key": self.internal_key},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as response:
            return json.load(response)["data"]["logs"]

    def resident_bytes(self):
        with open(f"/proc/{self.process_id}/status", encoding="utf-8") as status:
            line = next(line for line in status if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024


def http(method, target, headers=(), body=b"", version="HTTP/1.1"):
    """A request as bytes, with a length if it has a body."""
    lines = [f"{method} {target} {version}", "Host: hostile.test"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body or method in ("POST", "PUT"):
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


@pytest.fixture(scope="session")
def server():
    url = os.environ.get("PARLANCE_URL")
    if not url:
        pytest.skip("PARLANCE_URL is not set: run these with .ci/with-server")
    found = Server(url)
    assert found.secret, "PARLANCE_TELEGRAM_SECRET is not set"
    assert found.internal_key, "PARLANCE_INTERNAL_KEY is not set"
    return found


@pytest.fixture(scope="session", autouse=True)
def memory_stays_bounded(server):
    """Whatever the tests of this folder throw at it, the server gives the memory back."""
    if not server.process_id:
        yield
        return
    warm_up(server)
    before = server.resident_bytes()
    yield
    assert server.is_alive()
    growth = server.resident_bytes() - before
    print(f"memory kept after everything: {growth / MEGABYTE:.1f} MB")
    assert growth < KEPT_BYTES_MAX, f"{growth / MEGABYTE:.1f} MB were not given back"


def warm_up(server):
    """Fills the caches and buffers that honest use fills, too."""
    for _ in range(50):
        assert server.is_alive()
        assert server.request("GET", "/").status == 200
        assert server.telegram(text_update(new_id(), "warm")).status == 200
        assert server.webchat(new_chat(), {"id": "m-1", "text": "warm"}).status == 200
    for _ in range(20):
        update = {**text_update(new_id(), "large"), "later": "x" * (MEGABYTE - 1000)}
        assert server.telegram(update).status == 200
    server.logs(limit=1)


@pytest.fixture
def nothing_stored(server):
    """The test must leave no message behind, and the server alive."""
    before = server.stored_count()
    yield
    assert server.is_alive()
    assert server.stored_count() == before


_ids = iter(range(int(time.time() * 1000), 1 << 60))


def new_id():
    return next(_ids)


def new_chat():
    return uuid.uuid4().hex


def text_update(update_id, text, chat=910_000_001):
    return {
        "update_id": update_id,
        "message": {
            "message_id": 1,
            "from": {"id": chat, "is_bot": False, "first_name": "Mallory"},
            "chat": {"id": chat, "type": "private", "first_name": "Mallory"},
            "date": 1760000000,
            "text": text,
        },
    }
