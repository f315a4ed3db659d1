"""What the tests stand on: a sandbox of their own, and a server with a script."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from kessai import zaif
from kessai.testing import Sandbox

pytest_plugins = ["pytester"]

# Types are the same whatever runs the tests: they are checked where there is a checker.
collect_ignore = [] if find_spec("mypy") else ["test_ipay_types.py"]

# A shell that starts programs in the background has them ignore Ctrl-C, and
# whatever they start; the tests press it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

DATA = Path(__file__).parents[2] / "tests"


def cases(path: str) -> list[Any]:
    """Read the cases of a data file, as parameters named by their names."""
    read = json.loads((DATA / path).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in read["cases"]]


@pytest.fixture(scope="session")
def stopping() -> Iterator[ThreadPoolExecutor]:
    """Who waits for sandboxes to end: the next test need not."""
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture
def sandbox(stopping: ThreadPoolExecutor) -> Iterator[Sandbox]:
    running = Sandbox().start()
    yield running
    stopping.submit(running.stop)


@pytest.fixture
def client(sandbox: Sandbox) -> zaif.Client:
    return zaif.Client(**sandbox.zaif)


@pytest.fixture
def answering() -> Iterator[Callable[[str], str]]:
    """Start a server that gives one body to every request; give its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(body: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/ecapi"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
