"""The web around :mod:`cards`: the page of an order, what the card page posts, webhooks.

A real shop has its framework for that, and lets customers see no orders but their own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import kessai
from cards import CardOrder, CardShop, Now, Shown

MOST_BODY = 64 << 10

PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - order {number}</title>
<link rel="icon" href="data:,">
<style>
  :root {{ color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif }}
  body {{ margin: 3rem 1rem }}
  main {{ max-width: 22rem; margin: auto }}
  h1 {{ margin: 0; font-size: 1.5rem; line-height: 1.3 }}
  .order {{ display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem;
    margin: 0 0 1.5rem; padding-bottom: .75rem; border-bottom: 1px solid GrayText }}
  .go {{ display: block; margin-top: 1.5rem; padding: .75rem; border-radius: .5rem;
    background: #0f5c99; color: #fff; font-weight: 600; text-align: center; text-decoration: none }}
</style>
<main>
<p class="order"><span>Tea bowl, order {number}</span> <strong>{yen:,} yen</strong></p>
<h1>{title}</h1>
<p>{text}</p>
{way}
</main>
</html>
"""

SAYS = {
    Now.CARD: ("Your order", "Nothing is paid yet.", "Pay by card"),
    Now.PAID: ("Thank you", "Your payment has arrived. We pack your tea bowl now.", None),
    Now.AUTHENTICATE: ("Your bank asks", "Nothing is paid yet.", "Continue at your bank"),
    Now.DECLINED: ("Card declined", "Your bank says: {}. No money was taken.", "Use another card"),
    Now.MOMENT: ("One moment", "Please load this page again, and do not pay twice.", "Load again"),
}


class Pages:
    """A web server for a shop's customers, and for its webhooks."""

    def __init__(self, shop: CardShop, card_page: str, publishable_key: str) -> None:
        self._shop = shop
        self._card_page = card_page
        self._publishable_key = publishable_key
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def address(self, order: CardOrder) -> str:
        """Where the page of an order is."""
        return f"{self.url}/orders/{order.number}"

    def way(self, order: CardOrder, shown: Shown) -> str:
        """Where the customer goes on from what is shown."""
        if shown.now is Now.AUTHENTICATE:
            back = urlencode({"return_url": self.address(order)})
            return f"{shown.detail}{'&' if '?' in shown.detail else '?'}{back}"
        if shown.now is Now.MOMENT:
            return self.address(order)
        asked = {
            "publishable_key": self._publishable_key,
            "return_url": f"{self.address(order)}/card",
            "state": order.state,
        }
        return f"{self._card_page}?{urlencode(asked)}"

    def page(self, order: CardOrder, shown: Shown) -> str:
        """Write the page of an order."""
        title, text, on = SAYS[shown.now]
        way = on and f'<a class="go" href="{escape(self.way(order, shown))}">{on}</a>'
        text = text.format(escape(shown.detail.replace("_", " ")))
        return PAGE.format(
            title=title, number=escape(order.number), yen=order.yen, text=text, way=way or ""
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        pages, shop = self, self._shop

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                order = self.order("")
                if order is None:
                    return self.answer(404)
                return self.guarded(lambda: self.show(order, shop.look(order)))

            def do_POST(self) -> None:
                length = self.headers.get("Content-Length", "")
                if not length.isdecimal() or int(length) > MOST_BODY:
                    return self.answer(413)
                body = self.rfile.read(int(length))
                if self.path == "/hooks/ipay":
                    return self.answer(shop.webhook(body, self.headers.get("ipay-signature")))
                order = self.order("/card")
                if order is None:
                    return self.answer(404)
                form = parse_qs(body.decode(errors="replace"))
                token, state = (form.get(name, [""])[0] for name in ("token", "state"))
                return self.guarded(lambda: self.lead(order, shop.pay(order, token, state)))

            def order(self, below: str) -> CardOrder | None:
                number = urlsplit(self.path).path.removeprefix("/orders/").removesuffix(below)
                return shop.orders.get(number)

            def show(self, order: CardOrder, shown: Shown) -> None:
                self.answer(200, pages.page(order, shown))

            def lead(self, order: CardOrder, shown: Shown) -> None:
                """Send them to their bank, or to a page that may be loaded again."""
                is_asked = shown.now is Now.AUTHENTICATE
                to = pages.way(order, shown) if is_asked else pages.address(order)
                self.answer(303, location=to)

            def guarded(self, act: Callable[[], None]) -> None:
                try:
                    act()
                except kessai.KessaiError as error:
                    # For a person to look at; the customer may load the page again.
                    self.log_error("%s", error)
                    self.answer(503, "One moment, please.")

            def answer(self, status: int, text: str = "", location: str | None = None) -> None:
                body = text.encode()
                self.send_response(status)
                if location is not None:
                    self.send_header("Location", location)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)

            def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
                """Stay silent: the story does the talking."""

        return Handler
