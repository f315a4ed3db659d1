"""Models of ``kessai.zaif`` and the words they use."""

# Generated from the core's tables by `make generate`: do not edit.

from __future__ import annotations

from enum import Enum

from kessai._model import Model, restored, utc
from kessai._word import Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


class Status(Word, Enum):
    """The state of an invoice.

    The set is open: a state that nobody listed is kept as it came.
    """

    NEW = "new"
    """Made; nothing received yet."""
    PAID = "paid"
    """Money is seen on the network, unconfirmed: not money yet."""
    CONFIRMED = "confirmed"
    """One confirmation or more."""
    COMPLETE = "complete"
    """Settled.

    The only state in which the shop has its money.
    """
    EXPIRED = "expired"
    """Nothing was received in time."""
    INVALID = "invalid"
    """Paid too late, too slowly or too little."""
    CANCELED = "canceled"
    """Taken back by the shop."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class Coin(Word, Enum):
    """A coin by its code.

    The set is open: coins have been added and will be.
    """

    BTC = "btc"
    """Bitcoin."""
    MONA = "mona"
    """Monacoin."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class Reason(str, Enum):
    """Why a payment did not settle.

    It is only ever one of a set of causes.
    """

    SHORT = "short"
    """Less was paid than was due when the time ran out."""
    SLOW = "slow"
    """The first confirmation came too late."""
    LATE = "late"
    """It was paid after it had expired."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class Until(str, Enum):
    """What to wait for."""

    MONEY_SEEN = "money_seen"
    """Money is seen on the network: not settlement."""
    SETTLED = "settled"
    """The shop's money is there for good."""
    FINAL = "final"
    """The state will never change again."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class Invoice(Model):
    """An invoice: what the customer owes, where to pay it, and how far the payment is.

    Read from ``createInvoice``, ``getInvoice`` and ``cancelInvoice`` of the Zaif Payment API.
    Unknown fields are kept as they came.
    """

    __slots__ = ()

    @property
    def invoice_id(self) -> str:
        """The invoice's identifier."""
        value: str = self._core.get("invoice_id")
        return value

    @property
    def created(self) -> int:
        """When it was made, in Unix seconds."""
        value: int = self._core.get("created")
        return value

    @property
    def created_at(self) -> datetime:
        """The same as :attr:`created`, as an aware datetime in UTC."""
        return utc(self.created)

    @property
    def expired(self) -> int:
        """Until when it can be paid, in Unix seconds.

        Read it; never assume a number of minutes.
        """
        value: int = self._core.get("expired")
        return value

    @property
    def expired_at(self) -> datetime:
        """The same as :attr:`expired`, as an aware datetime in UTC."""
        return utc(self.expired)

    @property
    def status(self) -> Status | None:
        """The state, such as ``new`` or ``complete``.

        The set is open: one that nobody listed is kept as it came. Absent in the answer of a
        create, which does not tell it.
        """
        word = self._core.get("status")
        return None if word is None else Status(word)

    @property
    def settled(self) -> int | None:
        """When it was settled, in Unix seconds; absent before."""
        value: int | None = self._core.get("settled")
        return value

    @property
    def settled_at(self) -> datetime | None:
        """The same as :attr:`settled`, as an aware datetime in UTC."""
        seconds = self.settled
        return None if seconds is None else utc(seconds)

    @property
    def amount(self) -> int | Decimal:
        """What is asked for.

        Whole yen, or an amount of the coin where the shop bills in that coin.
        """
        value: int | Decimal = self._core.get("amount")
        return value

    @property
    def currency(self) -> Coin:
        """The coin it is paid in, such as ``btc`` or ``mona``."""
        return Coin(self._core.get("currency"))

    @property
    def rate(self) -> Decimal | None:
        """Yen for one coin.

        Absent where the shop bills in the coin.
        """
        value: Decimal | None = self._core.get("rate")
        return value

    @property
    def address(self) -> str:
        """Where the customer pays to."""
        value: str = self._core.get("address")
        return value

    @property
    def bip21(self) -> str | None:
        """The payment link that wallets understand, as the service gave it."""
        value: str | None = self._core.get("bip21")
        return value

    @property
    def speed(self) -> str | None:
        """Obsolete since 2022; echoed by the service."""
        value: str | None = self._core.get("speed")
        return value

    @property
    def order_number(self) -> str | None:
        """The shop's own order number, where one was sent."""
        value: str | None = self._core.get("order_number")
        return value

    @property
    def reference_number(self) -> str | None:
        """The shop's own reference number, where one was sent."""
        value: str | None = self._core.get("reference_number")
        return value

    @property
    def buyer_id(self) -> str | None:
        """The shop's own name for the buyer, where one was sent."""
        value: str | None = self._core.get("buyer_id")
        return value

    @property
    def invoice_uri(self) -> str | None:
        """The payment page.

        Built from ``form_base`` where the answer does not tell it.
        """
        value: str | None = self._core.get("invoice_uri")
        return value

    @property
    def invoice_iframe_uri(self) -> str | None:
        """The payment page for an iframe.

        Built from ``form_base`` where the answer does not tell it.
        """
        value: str | None = self._core.get("invoice_iframe_uri")
        return value

    @property
    def coin_amount(self) -> Decimal | None:
        """The amount due in the coin, exact."""
        value: Decimal | None = self._core.get("coin_amount")
        return value

    @property
    def adopted(self) -> bool:
        """Whether it was found rather than made by this call.

        An earlier try had made it, or an earlier call.
        """
        value: bool = self._core.get("adopted")
        return value

    @property
    def differs(self) -> bool:
        """Whether it has money but another coin or amount than was asked for.

        Only a call that ensures an invoice gives such a one.
        """
        value: bool = self._core.get("differs")
        return value

    @property
    def is_settled(self) -> bool | None:
        """Is the shop's money there for good? Absent: don't know."""
        value: bool | None = self._core.get("is_settled")
        return value

    @property
    def is_money_seen(self) -> bool | None:
        """Has money been seen on the network? Absent: don't know."""
        value: bool | None = self._core.get("is_money_seen")
        return value

    @property
    def is_final(self) -> bool | None:
        """Will the state never change again? Absent: don't know."""
        value: bool | None = self._core.get("is_final")
        return value

    @property
    def may_still_receive_money(self) -> bool | None:
        """Can money still arrive at the address? Absent: don't know."""
        value: bool | None = self._core.get("may_still_receive_money")
        return value

    @property
    def event_key(self) -> str:
        """Give the key of the event that this reading is: 64 hex digits.

        The same for every delivery that finds the invoice in this state, another one as soon as
        anything changes that matters. Store it as unique, and each event is handled once.
        """
        value: str = self._core.ask("event_key")
        return value

    def reasons(self, seen: list[str]) -> list[Reason]:
        """Tell why the payment did not settle, as far as the states allow to say.

        Gives the set of causes that are possible, never a guess: empty while it may still settle,
        where nothing is known to have been paid, and where the documents know no cause. That too
        much was paid cannot be told at all. ``seen``: The states that the shop has seen of this
        invoice before.
        """
        return [Reason(word) for word in self._core.ask("reasons", seen=seen)]

    def follows(self, earlier: str) -> bool | None:
        """Tell whether this state can have come after an earlier one.

        An older state must never overwrite a newer one, whatever the order in which two
        notifications were worked off: store this reading only when the answer is yes for the
        state in the shop's books. It may be "don't know". ``earlier``: The state in the shop's
        books.
        """
        value: bool | None = self._core.ask("follows", earlier=earlier)
        return value

    def iframe_html(self) -> str:
        """Give the documented snippet that embeds the payment page, escaped."""
        value: str = self._core.ask("iframe_html")
        return value

    def store(self) -> str:
        """Give all of it as one text, for a cache or a queue; ``restore`` reads it."""
        value: str = self._core.ask("store")
        return value

    @classmethod
    def restore(cls, stored: str) -> Invoice:
        """Give it as it was when :meth:`store` gave this text."""
        value: Invoice = restored("zaif", "Invoice", stored)
        return value
