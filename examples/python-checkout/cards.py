"""Cards with iPay: the part to copy, without the web around it.

:meth:`CardShop.pay` makes a payment of a token that the customer's page made of a card,
:meth:`CardShop.look` tells how far it is, and :meth:`CardShop.webhook` ships. What the
customer's browser says proves nothing: a signed webhook, and what the payment then reads
as, do.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from enum import Enum
from queue import Queue

import kessai
from kessai import ipay


class Now(Enum):
    """What the page of an order shows."""

    CARD = "card"
    """A way to the page where a card is entered."""
    PAID = "paid"
    """Thanks."""
    AUTHENTICATE = "authenticate"
    """The customer's bank asks: not paid."""
    DECLINED = "declined"
    """Why, and a way to enter another card."""
    MOMENT = "moment"
    """That it is not known yet; the page is loaded again later."""


@dataclass(frozen=True)
class Shown:
    """What the page shows, and the address or the reason that goes with it."""

    now: Now
    detail: str = ""


def _state() -> str:
    return secrets.token_urlsafe(16)


@dataclass
class CardOrder:
    """An order in the shop's books. A real shop has a row, and locks that."""

    number: str
    yen: int
    attempt: int = 1
    state: str = field(default_factory=_state)
    """What the card page hands back: only this customer, in this attempt, knows it."""
    method: str | None = None
    began: int = 0
    """When the attempt began, in Unix seconds."""
    payment_id: str | None = None
    declined: str | None = None
    paid_by: str | None = None
    shipped: int = 0
    alarms: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Told:
    """A webhook that was handled: the order, and the result that the payment reads as."""

    order: str
    result: str


class CardShop:
    """The books, the client, and the door for webhooks."""

    def __init__(self, client: ipay.Client, webhooks: ipay.Webhooks) -> None:
        self.client = client
        self.webhooks = webhooks
        self.orders: dict[str, CardOrder] = {}
        self.handled: set[str] = set()
        self.told: Queue[Told] = Queue()

    def order(self, number: str, yen: int) -> CardOrder:
        """Write an order down."""
        return self.orders.setdefault(number, CardOrder(number, yen))

    def pay(self, order: CardOrder, token: str, state: str) -> Shown:
        """Pay an order with the card that a token stands for."""
        with order.lock:
            # Not for an old page, nor another's, nor a form that is sent twice: an attempt
            # keeps the card that it began with.
            if order.method is None and secrets.compare_digest(
                state.encode(), order.state.encode()
            ):
                order.method = self.client.create_payment_method(type="card", token=token).id
                order.began = int(time.time())
            return self._look(order)

    def look(self, order: CardOrder) -> Shown:
        """Read how it is now, on every load of the page and when the bank sends them back."""
        with order.lock:
            return self._look(order)

    def _look(self, order: CardOrder) -> Shown:
        if order.payment_id is not None:
            return self._show(order, self.client.get_payment(order.payment_id))
        if order.method is not None:
            return self._attempt(order, order.method)
        return Shown(Now.DECLINED, order.declined) if order.declined else Shown(Now.CARD)

    def _attempt(self, order: CardOrder, method: str) -> Shown:
        """Make the payment; again and again until it is known, since its key stays the same."""
        try:
            payment = self.client.create_payment(
                amount=order.yen,
                currency="JPY",
                payment_method=method,
                confirm=True,
                confirmation_token=True,  # 3-D Secure may be asked for
                metadata={"orderId": order.number},
                idempotency_key=ipay.order_key(order.number, "payment", order.attempt),
                first_try_at=order.began,  # a day later the service has forgotten it
            )
        except kessai.CardError as error:
            return self._next_attempt(order, error.decline_code)
        except kessai.KessaiError as error:
            if error.outcome != "unknown" and not error.retryable:
                raise  # wants a person: a wrong key, a wrong amount
            return Shown(Now.MOMENT)
        order.payment_id = payment.id
        return self._show(order, payment)

    def _show(self, order: CardOrder, payment: ipay.Payment) -> Shown:
        if isinstance(payment, ipay.Succeeded):
            return Shown(Now.PAID)  # the webhook ships
        if isinstance(payment, ipay.NeedsAction):
            return Shown(Now.AUTHENTICATE, payment.redirect_url or "")
        if isinstance(payment, ipay.Pending):
            return Shown(Now.MOMENT)
        return self._next_attempt(order, payment.failure_code)  # Failed, Canceled

    def _next_attempt(self, order: CardOrder, reason: str | None) -> Shown:
        """After a definite failure, and only then: another card, another key."""
        order.attempt += 1
        order.state = _state()
        order.method = order.payment_id = None
        order.declined = reason or "declined"
        return Shown(Now.DECLINED, order.declined)

    def webhook(self, body: bytes, signature: str | None) -> int:
        """Handle one webhook; give the HTTP status to answer with."""
        try:
            event = self.webhooks.verify(body, signature)
            if not isinstance(event, (ipay.PaymentSucceeded, ipay.PaymentFailed)):
                return 200  # refunds, disputes, customers: this shop has no use for them
            order = self.orders.get(event.payment.order_id or "")
            if order is None:
                return 200  # another shop's, of the same account
            with order.lock:
                self._confirm(order, event)
        except kessai.KessaiError as error:
            return self.webhooks.status(error)
        return 200

    def _confirm(self, order: CardOrder, event: ipay.Event) -> None:
        """Read the payment that an event is about, and let the event count once."""
        if event.key in self.handled:
            return
        try:
            payment = self.client.confirm(
                event, order_id=order.number, amount=order.yen, currency="JPY"
            )
        except kessai.MismatchError as error:
            # Does not pass by itself: keep it for somebody to look at.
            order.alarms.append(str(error))
            result = "mismatch"
        else:
            if isinstance(payment, ipay.Succeeded):
                self._ship(order, payment)
            result = payment.result.value
        self.handled.add(event.key)  # in one transaction with what it changed
        self.told.put(Told(order.number, result))

    def _ship(self, order: CardOrder, paid: ipay.Succeeded) -> None:
        """Send the goods, once. Nothing but a payment that is paid has this type."""
        if order.paid_by is None:
            order.paid_by = paid.id
            order.shipped += 1
        elif order.paid_by != paid.id:
            order.alarms.append(f"paid twice, by {order.paid_by} and {paid.id}")
