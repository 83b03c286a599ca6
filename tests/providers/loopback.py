"""A server on this machine that speaks a provider's protocol, and goes wrong where a test wants it to."""

from __future__ import annotations

import email
import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

KEY = "sk-test-SECRET-0123456789abcdef"


@dataclass
class Fault:
    """What goes wrong, the next `times` times that a request fits `method` and `path` (a regular expression).

    `status` with `headers` and `body` is answered instead of anything else. `reset` breaks the connection: "early"
    before the body is read, "half" after half of it, "lost" after the request was carried out, so that only its answer
    is missing; "stall" reads half of the body, sets `stalled`, and waits until whoever sends it is gone. `slow` is waited before the answer, `garbled` is its body in place of the right one; both after the
    request was carried out.
    """

    path: str
    method: str = ""
    times: int = 1
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    reset: str = ""
    slow: float = 0.0
    garbled: bytes | None = None
    stalled: threading.Event = field(default_factory=threading.Event)


@dataclass
class Request:
    """A request as it came. `form` are the parts of a form by name: file name and bytes."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body or b"{}")

    @property
    def form(self) -> dict[str, tuple[str, bytes]]:
        head = f"content-type: {self.headers['content-type']}\r\n\r\n".encode()
        message = email.message_from_bytes(head + self.body)
        assert message.is_multipart(), "no form"
        found = {}
        for part in message.get_payload():
            assert not isinstance(part, str)
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found[str(name)] = (part.get_filename() or "", content)
        return found


@dataclass
class Answer:
    status: int = 200
    value: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes | None = None


class Refused(Exception):
    """Raised by a route to answer with an error."""

    def __init__(self, status: int, value: Any) -> None:
        super().__init__(status)
        self.answer = Answer(status, value)


Route = Callable[..., Answer]


class Loopback:
    """Routes are methods of a subclass, marked with `@route`. All of them run under one lock. `requests` are the requests
    in order, `faults` what is still to go wrong."""

    KEY = KEY

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.lock = threading.RLock()
        self.pauses: list[tuple[str, str, threading.Event, threading.Event]] = []
        self._routes = [
            (method, re.compile(pattern), getattr(self, name))
            for name in dir(type(self))
            for method, pattern in getattr(getattr(type(self), name), "routes", ())
        ]
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02})

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Any:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def count(self, method: str, path: str) -> int:
        """How many requests fitted."""
        return sum(one.method == method and re.search(path, one.path) is not None for one in self.requests)

    def hold(self, method: str, path: str) -> tuple[threading.Event, threading.Event]:
        """Have the next request that fits wait, once it was carried out: `arrived` is set then, and its answer goes out
        when `go` is set."""
        arrived, go = threading.Event(), threading.Event()
        self.pauses.append((method, path, arrived, go))
        return arrived, go

    def authorized(self, request: Request) -> bool:
        return request.headers.get("authorization") == f"Bearer {self.KEY}"

    def refusal(self) -> Answer:
        """What is answered to a wrong key."""
        raise NotImplementedError

    def answer(self, request: Request) -> Answer:
        with self.lock:
            self.requests.append(request)
            for method, pattern, handle in self._routes:
                found = pattern.fullmatch(request.path)
                if method == request.method and found:
                    if getattr(handle, "guarded", True) and not self.authorized(request):
                        return self.refusal()
                    try:
                        answer: Answer = handle(request, *map(unquote, found.groups()))
                        return answer
                    except Refused as refused:
                        return refused.answer
            return Answer(
                404, {"error": {"message": f"no {request.path}", "type": "invalid_request_error", "code": None}}
            )

    def fault(self, method: str, path: str) -> Fault | None:
        with self.lock:
            for fault in self.faults:
                if fault.times > 0 and fault.method in ("", method) and re.search(fault.path, path):
                    fault.times -= 1
                    return fault
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                parts = urlsplit(self.path)
                fault = server.fault(self.command, parts.path)
                length = int(self.headers.get("content-length") or 0)
                if fault and fault.reset in ("early", "half", "stall"):
                    self.rfile.read(0 if fault.reset == "early" else length // 2)
                    if fault.reset == "stall":
                        fault.stalled.set()
                        self._wait_until_gone()
                    self._reset()
                    return
                body = self._chunks() if self.headers.get("transfer-encoding") == "chunked" else self.rfile.read(length)
                query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.command, parts.path, query, headers, body)
                if fault and fault.status:
                    with server.lock:
                        server.requests.append(request)
                    self._send(Answer(fault.status, headers=fault.headers, content=fault.body))
                    return
                answer = server.answer(request)
                held = [one for one in server.pauses if one[0] == self.command and re.search(one[1], parts.path)]
                for pause in held:
                    server.pauses.remove(pause)
                    pause[2].set()
                    pause[3].wait(30)
                if fault and fault.reset == "lost":
                    self._reset()
                    return
                if fault and fault.slow:
                    time.sleep(fault.slow)
                if fault and fault.garbled is not None:
                    answer = Answer(200, content=fault.garbled)
                self._send(answer)

            def _wait_until_gone(self) -> None:
                """Take no more of what is sent, until the other side ends."""
                for _ in range(600):
                    state = self.connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
                    if state != 1:  # 1: the connection stands
                        return
                    time.sleep(0.05)

            def _chunks(self) -> bytes:
                found = b""
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    found += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return found

            def _send(self, answer: Answer) -> None:
                content = json.dumps(answer.value).encode() if answer.content is None else answer.content
                try:
                    self.send_response(answer.status)
                    kind = "application/json" if answer.content is None else "application/octet-stream"
                    for name, value in {"content-type": kind, **answer.headers}.items():
                        self.send_header(name, value)
                    self.send_header("content-length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    self.close_connection = True

            def _reset(self) -> None:
                """End the connection as a machine does that is switched off: with no farewell."""
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.close()
                self.rfile.close()
                self.wfile = _Nowhere()  # type: ignore[assignment]

            do_GET = do_POST = do_PUT = do_DELETE = handle_any

            def log_message(self, *arguments: object) -> None:
                """Nothing."""

        return Handler


class _Nowhere:
    closed = True

    def flush(self) -> None: ...
    def close(self) -> None: ...
    def write(self, data: bytes) -> None: ...


def route(method: str, pattern: str, *, guarded: bool = True) -> Callable[[Route], Route]:
    """Mark a method of a server as what answers to a method and a path; `guarded` ones ask for the key."""

    def mark(function: Route) -> Route:
        function.__dict__.setdefault("routes", []).append((method, pattern))
        function.__dict__["guarded"] = guarded
        return function

    return mark
