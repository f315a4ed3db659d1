"""A server with a script: what it was asked, and what it says to that."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Request:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Answer = tuple[int, Any] | tuple[int, Any, dict[str, str]]


@dataclass
class Scripted:
    """A running server: it says what stands next in its script, the last for ever."""

    base_url: str = ""
    script: list[Answer | Callable[[Request], Answer]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def says(self, *answers: Answer | Callable[[Request], Answer]) -> None:
        self.script[:] = answers

    def account(self, **more: Any) -> dict[str, Any]:
        return {"key": "test_k", "secret": "secret_s", "base_url": self.base_url, **more}


@contextmanager
def scripted() -> Iterator[Scripted]:
    """Run one on a port of its own."""
    told = Scripted()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            address = urlsplit(self.path)
            request = Request(
                self.command,
                address.path.removeprefix("/api"),
                {name: values[0] for name, values in parse_qs(address.query).items()},
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(int(self.headers.get("Content-Length") or 0)),
            )
            with lock:
                told.requests.append(request)
                step = told.script[0] if len(told.script) == 1 else told.script.pop(0)
            status, body, *headers = step(request) if callable(step) else step
            text = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            for name, value in (headers[0] if headers else {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_DELETE = answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    told.base_url = f"http://127.0.0.1:{server.server_port}/api"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


def payment(status: str = "succeeded", **more: Any) -> dict[str, Any]:
    """A payment as the service tells it."""
    return {
        "id": "pay_1",
        "object": "payment",
        "amount": 10_800,
        "currency": "JPY",
        "status": status,
        "metadata": {"orderId": "A-1001"},
        **more,
    }


NEEDS_ACTION = payment(
    "requires_action",
    client_secret="cs_canary_of_the_page",
    next_action={
        "type": "redirect_to_url",
        "redirect_to_url": {"url": "https://bank.example/3ds?client_secret=cs_canary_of_the_page"},
    },
)

DECLINED = {
    "message": "the card was declined",
    "type": "card_error",
    "code": "card_declined",
    "decline_code": "insufficient_funds",
    "request_id": "req_1",
    "payment": {"id": "pay_1", "status": "failed"},
}


def page_of(request: Request, count: int, limit: int = 2) -> Answer:
    """A page of a list of so many payments, newest first."""
    names = [f"pay_{number}" for number in range(count)]
    after = request.query.get("starting_after")
    start = 0 if after is None else names.index(after) + 1
    limit = int(request.query.get("limit", limit))
    items = names[start : start + limit]
    more = start + limit < count
    return 200, {"data": [payment(id=name) for name in items], "has_more": more}
