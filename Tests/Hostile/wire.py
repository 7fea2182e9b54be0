"""One raw TCP connection and as much HTTP as is needed to read an answer from it."""

import json
import socket
from dataclasses import dataclass


class Hangup(Exception):
    """The server closed the connection without an answer."""


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    def json(self):
        return json.loads(self.body)

    def error(self):
        """The error of the envelope that every refusal carries."""
        envelope = self.json()
        assert envelope["success"] is False
        error = envelope["error"]
        assert {"code", "message", "timestamp", "requestId"} <= error.keys()
        assert all(error[name] for name in ("code", "message", "timestamp", "requestId"))
        return error


class Wire:
    def __init__(self, host, port, timeout):
        self.socket = socket.create_connection((host, port), timeout)
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, raw):
        """Sends all of it, or as much as the server is willing to read."""
        try:
            self.socket.sendall(raw)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def answer(self):
        try:
            return self._answer()
        except (ConnectionResetError, BrokenPipeError) as error:
            raise Hangup from error

    def is_closed_within(self, seconds):
        """Whether the server ends the connection, whatever it says before."""
        self.socket.settimeout(seconds)
        try:
            while self.socket.recv(65536):
                pass
        except (ConnectionResetError, BrokenPipeError):
            return True
        except TimeoutError:
            return False
        return True

    def _answer(self):
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        headers = {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        if status == 100:
            return self._answer()
        if "content-length" in headers:
            body = self._exactly(int(headers["content-length"]))
        elif headers.get("transfer-encoding") == "chunked":
            body = self._chunks()
        else:
            body = b""
        return Answer(status, headers, body)

    def _chunks(self):
        body = b""
        while size := int(self._until(b"\r\n").split(b";")[0], 16):
            body += self._exactly(size)
            self._until(b"\r\n")
        self._until(b"\r\n")
        return body

    def _until(self, mark):
        while mark not in self.buffer:
            self._more()
        found, _, self.buffer = self.buffer.partition(mark)
        return found + mark

    def _exactly(self, count):
        while len(self.buffer) < count:
            self._more()
        found, self.buffer = self.buffer[:count], self.buffer[count:]
        return found

    def _more(self):
        piece = self.socket.recv(65536)
        if not piece:
            raise Hangup
        self.buffer += piece
