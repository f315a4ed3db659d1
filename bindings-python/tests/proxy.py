"""A proxy of the tests' own, which keeps every byte that passes through it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


class Proxy:
    """Makes tunnels, or refuses to."""

    def __init__(self, answer: str = "200 Connection established") -> None:
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self.heads: list[str] = []
        self.passed = bytearray()
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, who: str = "") -> str:
        """Give its address, for somebody of this name and password."""
        port = self._listener.getsockname()[1]
        return f"http://{who + '@' if who else ''}127.0.0.1:{port}"

    def close(self) -> None:
        # A listener that is only closed would go on accepting.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                byte = client.recv(1)
                if not byte:
                    return
                head += byte
            with self._lock:
                self.heads.append(head.decode())
            client.sendall(f"HTTP/1.1 {self._answer}\r\n\r\n".encode())
            if not self._answer.startswith("200"):
                return
            host, port = head.split(b" ")[1].decode().rsplit(":", 1)
            with socket.create_connection((host, int(port))) as server:
                back = threading.Thread(target=self._pass, args=[server, client], daemon=True)
                back.start()
                self._pass(client, server)
                back.join()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                with self._lock:
                    self.passed += data
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def proxy(answer: str = "200 Connection established") -> Iterator[Proxy]:
    """Run a proxy for a while."""
    running = Proxy(answer)
    try:
        yield running
    finally:
        running.close()
