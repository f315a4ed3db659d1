"""What a step can do: the client's methods, and what needs no client."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from itertools import islice
from typing import Any

import kessai
import told
from kessai import ipay, zaif

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


def verified(given: Given) -> ipay.Event:
    """Check a webhook of iPay, and read it."""
    hooks = ipay.Webhooks(given.pop("secrets"))
    return hooks.verify(body(given), given.get("signature"))


# What belongs to no object.
FREE: dict[str, Callable[[Given], Any]] = {
    "hint.about": lambda given: zaif.Hint.about(**given),
    "hint.about_order": lambda given: zaif.Hint.about_order(**given),
    "hint.parse": hint,
    "hint.read": lambda given: zaif.Hint(**given),
    "currency_exponent": lambda given: str(kessai.currency_exponent(**given)),
    "ipay.order_key": lambda given: ipay.order_key(**given),
    "ipay.sign": lambda given: ipay.sign(body(given), given["secret"]),
    "ipay.verify": verified,
    "major_units": lambda given: kessai.major_units(**given),
    "minor_units": lambda given: str(kessai.minor_units(**given)),
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
    "raw": lambda model, _: model.raw_json(),
    "restored": lambda model, _: type(model).restore(model.store()),
    "reasons": lambda invoice, given: invoice.reasons(**given),
    "store": lambda invoice, _: invoice.store(),
    "svg": lambda code, given: code.to_svg(**given),
    "webhooks.address": lambda hooks, given: hooks.address(**given),
    "webhooks.receive": notice,
}


class Delivered:
    """A webhook of iPay, as the sandbox sent it."""

    def __init__(self, text: str, signature: str, secret: str) -> None:
        self._body = text.encode()
        self._signature = signature
        self._secret = secret

    def verified(self) -> ipay.Event:
        """Check it as a shop does."""
        return ipay.Webhooks([self._secret]).verify(self._body, self._signature)


class Walk:
    """How far a list is walked through, and which fields are told of its items."""

    def __init__(self, step: Any) -> None:
        self._most = step.get("take")
        self._each = step.get("each")

    def through(self, pages: Any) -> Any:
        """Give what is told of the items; of an asynchronous list it is awaited."""
        return self._slowly(pages) if hasattr(pages, "__aiter__") else self._told(pages)

    async def _slowly(self, pages: Any) -> Any:
        items: list[Any] = []
        while self._most is None or len(items) < self._most:
            try:
                items.append(await anext(pages))
            except StopAsyncIteration:
                break
        return self._told(items)

    def _told(self, items: Any) -> list[Any]:
        return [self._item(item) for item in islice(items, self._most)]

    def _item(self, item: Any) -> Any:
        if self._each is None:
            return item.id
        fields = told.told(item)
        return [fields[name] for name in self._each]


class Calls:
    """Makes the calls of one case."""

    def __init__(self, place: str, account: Given, options: Given) -> None:
        self._class = class_of(place)
        self._account = account
        self._options = options
        self.events: list[zaif.Event] = []
        self._client: Any = self._class(**account, **options, on_event=self.events.append)

    def make(self, name: str, of: Any, given: Given, walk: Walk) -> Any:
        """Make a call; an asynchronous one is still to be awaited."""
        if isinstance(of, Delivered):
            return of.verified()
        if name in ASKED:
            return ASKED[name](of, given)
        if name in FREE:
            return FREE[name](given)
        if name == "client":
            return repr(self._another(given))
        if name == "close":
            return self._client.close()
        if of is not None:
            given["event"] = of
        if "hint" in given:
            given["hint"] = zaif.Hint(given["hint"])
        result = getattr(self._client, name)(**given)
        is_list = not inspect.isawaitable(result) and hasattr(result, "pages")
        return walk.through(result) if is_list else result

    def _another(self, given: Given) -> Any:
        account = self._account
        if "credentials" in given:
            account = {**given.pop("credentials"), "base_url": account["base_url"]}
        return self._class(**{**account, **self._options, **given})


def class_of(place: str) -> Any:
    """Give a class of clients, such as ``AsyncClient`` of ``ipay``."""
    module, name = place.split(".")
    return getattr({"zaif": zaif, "ipay": ipay}[module], name)
