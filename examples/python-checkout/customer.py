"""The customer of the story: a browser without windows, and a purse of test cards.

Nothing here is for a shop to copy. What the browser does on the page where the card is
entered, and on the bank's, is what those pages do in a real one.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import ProxyHandler, build_opener

from kessai import ipay
from surprise import check

PAYS, ASKS, DECLINED = "4242424242424242", "4000002500003155", "4000000000009995"


class Customer:
    """Goes through a shop's pages, from one address to the next."""

    def __init__(self, url: str) -> None:
        self._browser = build_opener(ProxyHandler({}))
        self._page = ""
        self.url = url
        self.visit(url)

    @property
    def title(self) -> str:
        """The heading of the page that is shown."""
        found = re.search("<h1[^>]*>(.*?)</h1>", self._page)
        return unescape(found[1]) if found else ""

    @property
    def text(self) -> str:
        """The first words below it."""
        found = re.search("</h1>\\s*<p>(.*?)</p>", self._page)
        return unescape(found[1]) if found else ""

    def visit(self, url: str, form: dict[str, str] | None = None) -> None:
        """Load a page, or send a form; follow where it leads."""
        data = None if form is None else urlencode(form).encode()
        with self._browser.open(url, data, timeout=30) as answer:
            self.url, self._page = answer.url, answer.read().decode()

    def enter(self, number: str) -> None:
        """Go to the page where a card is entered, and enter one."""
        found = re.search('<a class="go" href="(.*?)"', self._page)
        check(found is not None, f"the page has no way to pay: {self.title}")
        self.visit(unescape(found[1]) if found else "")
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}
        browser = ipay.PublishableClient(asked["publishable_key"], base_url=self._api())
        token = browser.create_token(number=number, exp_month=12, exp_year=2099, cvc="123")
        self.visit(asked["return_url"], {"token": token.id, "state": asked["state"]})

    def authenticate(self, *, ok: bool) -> None:
        """Tell the bank, on its page, whether it is them."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}
        act = "accept" if ok else "refuse"
        self.visit(self.url, {**asked, "act": act, "lang": "en"})

    def _api(self) -> str:
        at = urlsplit(self.url)
        return f"{at.scheme}://{at.netloc}/api"
