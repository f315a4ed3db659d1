"""A shop in one file: takes orders, receives webhooks, ships once.

The part to copy is :meth:`Shop.webhook`. A webhook of Zaif Payment is not
signed, so its content is never believed: it says which invoice to re-read, and
what the re-read says is compared with the shop's own books.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

import kessai
from kessai import zaif

HOOK = "/hooks/zaif/"
MOST_BODY = 64 << 10


@dataclass
class Order:
    """An order in the shop's books."""

    number: str
    yen: int
    coin: str
    state: str = "open"
    settled: int | None = None
    shipped: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Seen:
    """A webhook that was answered: what it was about, and what the re-read said."""

    order: str
    status: str | None


class Shop:
    """The shop: its books, its client, and the server that webhooks reach."""

    def __init__(self, client: zaif.Client) -> None:
        self.client = client
        self.orders: dict[str, Order] = {}
        self.seen: Queue[Seen] = Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop receiving webhooks."""
        self._server.shutdown()
        self._server.server_close()

    def checkout(self, number: str, yen: int, coin: str) -> zaif.Invoice:
        """Write the order down first, then ask for an invoice."""
        self.orders[number] = Order(number, yen, coin)
        return self.client.create_invoice(
            currency=coin,
            amount=yen,
            order_number=number,
            item_name="Tea bowl",
            webhook_url=f"{self.url}{HOOK}{number}",
        )

    def webhook(self, number: str, body: bytes) -> int:
        """Handle one webhook; give the HTTP status to answer with.

        Anything but 200 makes the service send it again later.
        """
        order = self.orders.get(number)
        if order is None:
            return 404
        try:
            hint = zaif.Hint.parse(body)
        except kessai.ProtocolError:
            return 400
        # One at a time for an order: a re-read is never older than the last one.
        with order.lock:
            try:
                invoice = self.client.confirm(
                    hint, order_number=order.number, amount=order.yen, currency=order.coin
                )
            except kessai.MismatchError:
                return 403
            except kessai.InvalidRequestError:
                return 404
            except kessai.KessaiError:
                return 503
            self._settle(order, invoice)
        self.seen.put(Seen(order.number, invoice.status))
        return 200

    def _settle(self, order: Order, invoice: zaif.Invoice) -> None:
        """Bring the books up to date: webhooks repeat, and what is shipped stays shipped."""
        if order.shipped:
            return
        order.state = invoice.status or order.state
        if invoice.is_settled:
            order.settled = invoice.settled
            order.shipped += 1

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = self.headers.get("Content-Length", "")
                status = 413
                if length.isdecimal() and int(length) <= MOST_BODY and self.path.startswith(HOOK):
                    body = self.rfile.read(int(length))
                    status = shop.webhook(self.path.removeprefix(HOOK), body)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Stay silent: the story does the talking."""

        return Handler
