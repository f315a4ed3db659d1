"""What a step can do: the client's methods, and what needs no client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import kessai
from kessai import zaif

Given = dict[str, Any]


def body(given: Given) -> bytes:
    """Give a notification's body: text, or bytes in hex where it is none."""
    if "hex" in given:
        return bytes.fromhex(given.pop("hex"))
    text: str = given.pop("body")
    return text.encode()


def hint(given: Given) -> zaif.Hint:
    """Read a notification."""
    return zaif.Hint.parse(body(given), **given)


def notice(hooks: zaif.Webhooks, given: Given) -> zaif.Notice:
    """Receive a notification."""
    return hooks.receive(body=body(given), **given)


def status(given: Given) -> int:
    """Give the answer to an error of this code."""
    return zaif.Webhooks.status(kessai.KessaiError(code=given["code"]))


def link(given: Given) -> zaif.PaymentUri:
    """Make a payment link; names that stand more than once come as pairs."""
    if "parameters" in given:
        given["parameters"] = [(name, value) for name, value in given["parameters"]]
    return zaif.PaymentUri(**given)


# What belongs to no object.
FREE: dict[str, Callable[[Given], Any]] = {
    "hint.about": lambda given: zaif.Hint.about(**given),
    "hint.about_order": lambda given: zaif.Hint.about_order(**given),
    "hint.parse": hint,
    "hint.read": lambda given: zaif.Hint(**given),
    "invoice.restore": lambda given: zaif.Invoice.restore(**given),
    "payment_uri.make": link,
    "payment_uri.parse": lambda given: zaif.PaymentUri.parse(**given),
    "qr": lambda given: kessai.Qr(**given),
    "webhooks": lambda given: zaif.Webhooks(**given),
    "webhooks.mask": lambda given: zaif.Webhooks.mask(**given),
    "webhooks.status": status,
}

# What an earlier step gave, and can be asked.
ASKED: dict[str, Callable[[Any, Given], Any]] = {
    "event_key": lambda invoice, _: invoice.event_key,
    "follows": lambda invoice, given: invoice.follows(**given),
    "iframe_html": lambda invoice, _: invoice.iframe_html(),
    "payment_uri.for_invoice": lambda invoice, _: zaif.PaymentUri.for_invoice(invoice),
    "raw": lambda invoice, _: invoice.raw_json(),
    "reasons": lambda invoice, given: invoice.reasons(**given),
    "store": lambda invoice, _: invoice.store(),
    "svg": lambda code, given: code.to_svg(**given),
    "webhooks.address": lambda hooks, given: hooks.address(**given),
    "webhooks.receive": notice,
}


class Calls:
    """Makes the calls of one case."""

    def __init__(self, client: str, options: Given) -> None:
        self._class: Any = getattr(zaif, client)
        self._options = options
        self.events: list[zaif.Event] = []
        self._client: Any = self._class(**options, on_event=self.events.append)

    def make(self, name: str, of: Any, given: Given) -> Any:
        """Make a call; an asynchronous one is still to be awaited."""
        if name in ASKED:
            return ASKED[name](of, given)
        if name in FREE:
            return FREE[name](given)
        if name == "client":
            return repr(self._class(**{**self._options, **given}))
        if name == "close":
            return self._client.close()
        if "hint" in given:
            given["hint"] = zaif.Hint(given["hint"])
        return getattr(self._client, name)(**given)
