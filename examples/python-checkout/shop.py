"""A shop in one file: takes orders, receives webhooks, ships once.

The parts to copy are :meth:`Shop.checkout`, which may be called on every load of
the payment page, and :meth:`Shop.webhook`. A webhook of Zaif Payment is not
signed, so its content is never believed: its address proves which order it is
about, and what the re-read of the invoice says is compared with the shop's own
books.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

import kessai
from kessai import zaif

MOST_BODY = 64 << 10


@dataclass
class Order:
    """An order in the shop's books. It may come to have several invoices."""

    number: str
    yen: int
    states: dict[str, str] = field(default_factory=dict)
    shipped: int = 0
    alarms: list[str] = field(default_factory=list)
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
        # A real shop keeps this secret with its others: it must outlive a restart.
        self.webhooks = zaif.Webhooks(f"{self.url}/hooks/zaif", [secrets.token_urlsafe(32)])
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop receiving webhooks."""
        self._server.shutdown()
        self._server.server_close()

    def checkout(self, number: str, yen: int, coin: str) -> zaif.Invoice:
        """Write the order down first, then give its one invoice, on every load of the page."""
        order = self.orders.setdefault(number, Order(number, yen))
        return self.client.ensure_invoice(
            currency=coin,
            amount=order.yen,
            order_number=number,
            item_name="Tea bowl",
            webhook_url=self.webhooks.address(number),
        )

    def webhook(self, path: str, body: bytes) -> int:
        """Handle one webhook; give the HTTP status to answer with.

        Anything but 200 makes the service send it again later.
        """
        try:
            notice = self.webhooks.receive(path, body)
            order = self.orders[notice.order_number]
            # One at a time for an order, as a row lock does in a database.
            with order.lock:
                status = self._confirm(order, notice.hint)
        except kessai.KessaiError as error:
            return self.webhooks.status(error)
        self.seen.put(Seen(order.number, status))
        return 200

    def _confirm(self, order: Order, hint: zaif.Hint) -> str | None:
        """Re-read the invoice and bring the books up to date."""
        try:
            invoice = self.client.confirm(hint, order_number=order.number, amount=order.yen)
        except (kessai.MismatchError, kessai.DuplicateInvoiceError) as error:
            # Neither passes by itself: keep it for somebody to look at.
            order.alarms.append(str(error))
            return None
        status, before = invoice.status, order.states.get(invoice.invoice_id)
        # Webhooks repeat and overtake one another: what is older changes nothing.
        if status is not None and (before is None or invoice.follows(before)):
            order.states[invoice.invoice_id] = status
        if invoice.is_settled and not order.shipped:
            order.shipped += 1
        return status

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = self.headers.get("Content-Length", "")
                status = 413
                if length.isdecimal() and int(length) <= MOST_BODY:
                    status = shop.webhook(self.path, self.rfile.read(int(length)))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Stay silent: the story does the talking, and the path bears a token."""

        return Handler
