"""Models of ``kessai.ipay`` and the words they use."""

# Generated from the core's tables by `make generate`: do not edit.

from __future__ import annotations

from enum import Enum

from kessai._model import Model, restored, utc
from kessai._word import Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any, Literal


class PaymentStatus(Word, Enum):
    """How far a payment is.

    The set is open: a status that nobody listed is kept as it came, and never passes for paid.
    The names are the guide's; what leads from one to another is *Usual*.
    """

    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    """Made without a method to pay with."""
    REQUIRES_CONFIRMATION = "requires_confirmation"
    """Made with a method, and not confirmed yet."""
    REQUIRES_ACTION = "requires_action"
    """The customer must do something first, as in 3-D Secure."""
    PROCESSING = "processing"
    """Under way, as bank transfers are for a while."""
    REQUIRES_CAPTURE = "requires_capture"
    """The money is reserved and waits to be captured."""
    SUCCEEDED = "succeeded"
    """Paid.

    The only status in which the shop has its money.
    """
    FAILED = "failed"
    """Declined, or refused by the customer."""
    CANCELED = "canceled"
    """Taken back before it was paid."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class RefundStatus(Word, Enum):
    """How far a refund is.

    The set is open, and *Usual*: the guide names none.
    """

    PENDING = "pending"
    """Under way."""
    SUCCEEDED = "succeeded"
    """The money is back."""
    FAILED = "failed"
    """It could not be given back."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class RefundReason(Word, Enum):
    """Why a payment is refunded.

    The set is open: the guide's own sample sends ``partial_ship``.
    """

    DUPLICATE = "duplicate"
    """Charged twice."""
    FRAUDULENT = "fraudulent"
    """Not the customer's own doing."""
    REQUESTED_BY_CUSTOMER = "requested_by_customer"
    """The customer asked for it: the default."""
    ORDER_CANCELED = "order_canceled"
    """The order was canceled."""
    PRODUCT_NOT_RECEIVED = "product_not_received"
    """The goods did not arrive."""
    PRODUCT_NOT_AS_DESCRIBED = "product_not_as_described"
    """The goods are not what was ordered."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class CaptureMethod(Word, Enum):
    """When a payment's money is taken."""

    AUTOMATIC = "automatic"
    """At once."""
    MANUAL = "manual"
    """When it is captured."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class PaymentMethodType(Word, Enum):
    """What a payment is paid with."""

    CARD = "card"
    """A credit or debit card."""
    BANK_TRANSFER = "bank_transfer"
    """A bank transfer."""
    DIGITAL_WALLET = "digital_wallet"
    """A wallet on a phone."""
    BUY_NOW_PAY_LATER = "buy_now_pay_later"
    """In instalments, or later."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class ResultKind(str, Enum):
    """What a payment has come to."""

    SUCCEEDED = "succeeded"
    """Paid."""
    NEEDS_ACTION = "needs_action"
    """The customer must do something first, as in 3-D Secure."""
    FAILED = "failed"
    """Declined, or refused by the customer: it will not be paid."""
    CANCELED = "canceled"
    """Taken back before it was paid."""
    PENDING = "pending"
    """None of these yet: the status says how far it is."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class Account(Model):
    """The shop's account.

    Read from ``/account`` of the iPay API. Unknown fields are kept as they came.
    """

    __slots__ = ()

    @property
    def business_name(self) -> str:
        """The shop's name."""
        value: str = self._core.get("business_name")
        return value

    @property
    def id(self) -> str | None:
        """The account's identifier.

        *Usual*.
        """
        value: str | None = self._core.get("id")
        return value

    @classmethod
    def restore(cls, stored: str) -> Account:
        """Give it as it was when :meth:`store` gave this text."""
        value: Account = restored("ipay", "Account", stored)
        return value


class AnyPayment(Model):
    """A payment: what is to be paid, and how far it is.

    Read from ``/payments`` of the iPay API. Unknown fields are kept as they came.
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """The payment's identifier, such as ``pay_...``."""
        value: str = self._core.get("id")
        return value

    @property
    def status(self) -> PaymentStatus:
        """How far it is.

        The set is open: one that nobody listed is kept as it came.
        """
        return PaymentStatus(self._core.get("status"))

    @property
    def amount(self) -> int:
        """What is to be paid, in the currency's smallest unit: 2999 is $29.99, and 2999 yen."""
        value: int = self._core.get("amount")
        return value

    @property
    def currency(self) -> str:
        """The currency's code (ISO 4217), as it was sent."""
        value: str = self._core.get("currency")
        return value

    @property
    def amount_captured(self) -> int | None:
        """How much of it was captured.

        *Usual*.
        """
        value: int | None = self._core.get("amount_captured")
        return value

    @property
    def amount_refunded(self) -> int | None:
        """How much of it was given back.

        *Usual*.
        """
        value: int | None = self._core.get("amount_refunded")
        return value

    @property
    def customer(self) -> str | None:
        """The customer who pays."""
        value: str | None = self._core.get("customer")
        return value

    @property
    def payment_method(self) -> str | None:
        """What it is paid with."""
        value: str | None = self._core.get("payment_method")
        return value

    @property
    def description(self) -> str | None:
        """What the shop says that it is for."""
        value: str | None = self._core.get("description")
        return value

    @property
    def metadata(self) -> dict[str, str]:
        """The shop's own notes: ``orderId`` names the order."""
        value: dict[str, str] = self._core.get("metadata")
        return value

    @property
    def capture_method(self) -> CaptureMethod | None:
        """When the money is taken: ``automatic`` or ``manual``."""
        word = self._core.get("capture_method")
        return None if word is None else CaptureMethod(word)

    @property
    def statement_descriptor(self) -> str | None:
        """What stands on the customer's statement."""
        value: str | None = self._core.get("statement_descriptor")
        return value

    @property
    def client_secret(self) -> str | None:
        """With this the customer's page goes on with the payment.

        For that page only: it is not shown where the payment is printed.
        """
        value: str | None = self._core.get("client_secret")
        return value

    @property
    def next_action(self) -> Any:
        """What the customer must do next, as the service describes it.

        The guide does not tell its form.
        """
        value: Any = self._core.get("next_action")
        return value

    @property
    def failure_code(self) -> str | None:
        """Why it failed, as a code."""
        value: str | None = self._core.get("failure_code")
        return value

    @property
    def failure_message(self) -> str | None:
        """Why it failed, for people."""
        value: str | None = self._core.get("failure_message")
        return value

    @property
    def created(self) -> int | None:
        """When it was made, in Unix seconds.

        *Usual*.
        """
        value: int | None = self._core.get("created")
        return value

    @property
    def created_at(self) -> datetime | None:
        """The same as :attr:`created`, as an aware datetime in UTC."""
        seconds = self.created
        return None if seconds is None else utc(seconds)

    @property
    def replayed(self) -> bool:
        """Whether this is the answer that an earlier request with the same idempotency key got."""
        value: bool = self._core.get("replayed")
        return value

    @property
    def result(self) -> ResultKind:
        """What it has come to.

        ``succeeded``, ``needs_action``, ``failed``, ``canceled`` or ``pending``.
        """
        return ResultKind(self._core.get("result"))

    @property
    def order_id(self) -> str | None:
        """The order it is for: ``orderId`` in its metadata."""
        value: str | None = self._core.get("order_id")
        return value

    @property
    def redirect_url(self) -> str | None:
        """Where to send the customer, where the next action is to go somewhere.

        it may hold the ``client_secret``, and is not shown where the payment is printed. *Usual*.
        """
        value: str | None = self._core.get("redirect_url")
        return value

    @classmethod
    def restore(cls, stored: str) -> Payment:
        """Give it as it was when :meth:`store` gave this text."""
        value: Payment = restored("ipay", "Payment", stored)
        return value


class Succeeded(AnyPayment):
    """A payment that is paid: the shop has its money."""

    __slots__ = ()

    @property
    def result(self) -> Literal[ResultKind.SUCCEEDED]:
        """What it has come to.

        ``succeeded``, ``needs_action``, ``failed``, ``canceled`` or ``pending``.
        """
        return ResultKind.SUCCEEDED


class NeedsAction(AnyPayment):
    """A payment that is not paid: the customer must do something first, as in 3-D Secure.

    Hand ``client_secret`` and ``next_action`` to the customer's page.
    """

    __slots__ = ()

    @property
    def client_secret(self) -> str:
        """With this the customer's page goes on with the payment.

        For that page only: it is not shown where the payment is printed.
        """
        value: str = self._core.get("client_secret")
        return value

    @property
    def result(self) -> Literal[ResultKind.NEEDS_ACTION]:
        """What it has come to.

        ``succeeded``, ``needs_action``, ``failed``, ``canceled`` or ``pending``.
        """
        return ResultKind.NEEDS_ACTION


class Failed(AnyPayment):
    """A payment that was declined, or refused by the customer: it will not be paid."""

    __slots__ = ()

    @property
    def result(self) -> Literal[ResultKind.FAILED]:
        """What it has come to.

        ``succeeded``, ``needs_action``, ``failed``, ``canceled`` or ``pending``.
        """
        return ResultKind.FAILED


class Canceled(AnyPayment):
    """A payment that was taken back before it was paid."""

    __slots__ = ()

    @property
    def result(self) -> Literal[ResultKind.CANCELED]:
        """What it has come to.

        ``succeeded``, ``needs_action``, ``failed``, ``canceled`` or ``pending``.
        """
        return ResultKind.CANCELED


class Pending(AnyPayment):
    """A payment that is none of the others yet: ``status`` says how far it is."""

    __slots__ = ()

    @property
    def result(self) -> Literal[ResultKind.PENDING]:
        """What it has come to.

        ``succeeded``, ``needs_action``, ``failed``, ``canceled`` or ``pending``.
        """
        return ResultKind.PENDING


Payment = Succeeded | NeedsAction | Failed | Canceled | Pending
"""A payment: what is to be paid, and how far it is.

Read from ``/payments`` of the iPay API. Unknown fields are kept as they came. One of these.
"""


class Refund(Model):
    """A refund, of the whole of a payment or of part of it.

    Read from ``/refunds`` of the iPay API. Unknown fields are kept as they came.
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """The refund's identifier."""
        value: str = self._core.get("id")
        return value

    @property
    def status(self) -> RefundStatus:
        """How far it is.

        The set is open, and *Usual*.
        """
        return RefundStatus(self._core.get("status"))

    @property
    def amount(self) -> int:
        """How much is given back, in the currency's smallest unit."""
        value: int = self._core.get("amount")
        return value

    @property
    def currency(self) -> str | None:
        """The currency's code, as the payment has it.

        *Usual*.
        """
        value: str | None = self._core.get("currency")
        return value

    @property
    def payment(self) -> str | None:
        """The payment that it is of."""
        value: str | None = self._core.get("payment")
        return value

    @property
    def reason(self) -> RefundReason | None:
        """Why: one of the guide's reasons, or the shop's own."""
        word = self._core.get("reason")
        return None if word is None else RefundReason(word)

    @property
    def metadata(self) -> dict[str, str]:
        """The shop's own notes.

        *Usual*.
        """
        value: dict[str, str] = self._core.get("metadata")
        return value

    @property
    def created(self) -> int | None:
        """When it was made, in Unix seconds.

        *Usual*.
        """
        value: int | None = self._core.get("created")
        return value

    @property
    def created_at(self) -> datetime | None:
        """The same as :attr:`created`, as an aware datetime in UTC."""
        seconds = self.created
        return None if seconds is None else utc(seconds)

    @property
    def replayed(self) -> bool:
        """Whether this is the answer that an earlier request with the same idempotency key got."""
        value: bool = self._core.get("replayed")
        return value

    @classmethod
    def restore(cls, stored: str) -> Refund:
        """Give it as it was when :meth:`store` gave this text."""
        value: Refund = restored("ipay", "Refund", stored)
        return value


class Customer(Model):
    """A customer, to keep payment methods with.

    Read from ``/customers`` of the iPay API. Unknown fields are kept as they came.
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """The customer's identifier, such as ``cus_...``."""
        value: str = self._core.get("id")
        return value

    @property
    def email(self) -> str | None:
        """Where to write to."""
        value: str | None = self._core.get("email")
        return value

    @property
    def name(self) -> str | None:
        """The name."""
        value: str | None = self._core.get("name")
        return value

    @property
    def phone(self) -> str | None:
        """The telephone number."""
        value: str | None = self._core.get("phone")
        return value

    @property
    def metadata(self) -> dict[str, str]:
        """The shop's own notes: the guide uses ``internalId`` and ``tier``."""
        value: dict[str, str] = self._core.get("metadata")
        return value

    @property
    def created(self) -> int | None:
        """When it was made, in Unix seconds.

        *Usual*.
        """
        value: int | None = self._core.get("created")
        return value

    @property
    def created_at(self) -> datetime | None:
        """The same as :attr:`created`, as an aware datetime in UTC."""
        seconds = self.created
        return None if seconds is None else utc(seconds)

    @property
    def deleted(self) -> bool | None:
        """Whether it was deleted: only the answer to that tells it.

        *Usual*.
        """
        value: bool | None = self._core.get("deleted")
        return value

    @property
    def replayed(self) -> bool:
        """Whether this is the answer that an earlier request with the same idempotency key got."""
        value: bool = self._core.get("replayed")
        return value

    @classmethod
    def restore(cls, stored: str) -> Customer:
        """Give it as it was when :meth:`store` gave this text."""
        value: Customer = restored("ipay", "Customer", stored)
        return value


class Card(Model):
    """What may be shown of a card."""

    __slots__ = ()

    @property
    def brand(self) -> str:
        """The card's network, such as ``visa``."""
        value: str = self._core.get("brand")
        return value

    @property
    def last4(self) -> str:
        """Its last four digits."""
        value: str = self._core.get("last4")
        return value

    @property
    def exp_month(self) -> int:
        """The month in which it ends, from 1."""
        value: int = self._core.get("exp_month")
        return value

    @property
    def exp_year(self) -> int:
        """The year in which it ends, with all four digits."""
        value: int = self._core.get("exp_year")
        return value

    @classmethod
    def restore(cls, stored: str) -> Card:
        """Give it as it was when :meth:`store` gave this text."""
        value: Card = restored("ipay", "Card", stored)
        return value


class PaymentMethod(Model):
    """Something to pay with, kept by the service.

    Read from ``/payment_methods`` of the iPay API. Unknown fields are kept as they came.
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """The payment method's identifier, such as ``pm_...``."""
        value: str = self._core.get("id")
        return value

    @property
    def type(self) -> PaymentMethodType:
        """What it is.

        The set is open.
        """
        return PaymentMethodType(self._core.get("type"))

    @property
    def customer(self) -> str | None:
        """Whose it is; nobody's while it is not attached."""
        value: str | None = self._core.get("customer")
        return value

    @property
    def card(self) -> Card | None:
        """What may be shown of the card, where it is one."""
        value: Card | None = self._core.get("card")
        return value

    @property
    def created(self) -> int | None:
        """When it was made, in Unix seconds.

        *Usual*.
        """
        value: int | None = self._core.get("created")
        return value

    @property
    def created_at(self) -> datetime | None:
        """The same as :attr:`created`, as an aware datetime in UTC."""
        seconds = self.created
        return None if seconds is None else utc(seconds)

    @property
    def replayed(self) -> bool:
        """Whether this is the answer that an earlier request with the same idempotency key got."""
        value: bool = self._core.get("replayed")
        return value

    @classmethod
    def restore(cls, stored: str) -> PaymentMethod:
        """Give it as it was when :meth:`store` gave this text."""
        value: PaymentMethod = restored("ipay", "PaymentMethod", stored)
        return value


class Token(Model):
    """A token: it stands for a card that the shop's server never sees.

    Read from ``/tokens`` of the iPay API.
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """The token's identifier, such as ``tok_...``: the page hands it to the server."""
        value: str = self._core.get("id")
        return value

    @property
    def card(self) -> Card | None:
        """What may be shown of the card.

        *Usual*.
        """
        value: Card | None = self._core.get("card")
        return value

    @property
    def created(self) -> int | None:
        """When it was made, in Unix seconds.

        *Usual*.
        """
        value: int | None = self._core.get("created")
        return value

    @property
    def created_at(self) -> datetime | None:
        """The same as :attr:`created`, as an aware datetime in UTC."""
        seconds = self.created
        return None if seconds is None else utc(seconds)

    @classmethod
    def restore(cls, stored: str) -> Token:
        """Give it as it was when :meth:`store` gave this text."""
        value: Token = restored("ipay", "Token", stored)
        return value


class Subscription(Model):
    """A subscription: a payment that comes again and again.

    *Usual*: the guide knows only the event ``customer.subscription.updated``. Read from
    ``/subscriptions`` of the iPay API. Unknown fields are kept as they came.
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """The subscription's identifier, such as ``sub_...``."""
        value: str = self._core.get("id")
        return value

    @property
    def status(self) -> str | None:
        """How it is.

        The set is open, and no document lists it.
        """
        value: str | None = self._core.get("status")
        return value

    @property
    def customer(self) -> str | None:
        """Who pays."""
        value: str | None = self._core.get("customer")
        return value

    @property
    def payment_method(self) -> str | None:
        """What it is paid with."""
        value: str | None = self._core.get("payment_method")
        return value

    @property
    def amount(self) -> int | None:
        """What is paid each time, in the currency's smallest unit."""
        value: int | None = self._core.get("amount")
        return value

    @property
    def currency(self) -> str | None:
        """The currency's code (ISO 4217)."""
        value: str | None = self._core.get("currency")
        return value

    @property
    def interval(self) -> str | None:
        """How often: ``day``, ``week``, ``month`` or ``year``."""
        value: str | None = self._core.get("interval")
        return value

    @property
    def current_period_end(self) -> int | None:
        """When it is paid next, in Unix seconds."""
        value: int | None = self._core.get("current_period_end")
        return value

    @property
    def current_period_end_at(self) -> datetime | None:
        """The same as :attr:`current_period_end`, as an aware datetime in UTC."""
        seconds = self.current_period_end
        return None if seconds is None else utc(seconds)

    @property
    def metadata(self) -> dict[str, str]:
        """The shop's own notes."""
        value: dict[str, str] = self._core.get("metadata")
        return value

    @property
    def created(self) -> int | None:
        """When it was made, in Unix seconds."""
        value: int | None = self._core.get("created")
        return value

    @property
    def created_at(self) -> datetime | None:
        """The same as :attr:`created`, as an aware datetime in UTC."""
        seconds = self.created
        return None if seconds is None else utc(seconds)

    @property
    def replayed(self) -> bool:
        """Whether this is the answer that an earlier request with the same idempotency key got."""
        value: bool = self._core.get("replayed")
        return value

    @classmethod
    def restore(cls, stored: str) -> Subscription:
        """Give it as it was when :meth:`store` gave this text."""
        value: Subscription = restored("ipay", "Subscription", stored)
        return value


class Transaction(Model):
    """A line of the account's history, for reconciliation.

    *Usual*: the guide promises the history, and does not show it. Read from ``/transactions`` of
    the iPay API. Unknown fields are kept as they came.
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """The line's identifier."""
        value: str = self._core.get("id")
        return value

    @property
    def type(self) -> str | None:
        """What happened, such as ``payment`` or ``refund``.

        The set is open.
        """
        value: str | None = self._core.get("type")
        return value

    @property
    def amount(self) -> int:
        """How much moved, in the currency's smallest unit: below zero where it left the shop."""
        value: int = self._core.get("amount")
        return value

    @property
    def currency(self) -> str | None:
        """The currency's code (ISO 4217)."""
        value: str | None = self._core.get("currency")
        return value

    @property
    def payment(self) -> str | None:
        """The payment that it belongs to."""
        value: str | None = self._core.get("payment")
        return value

    @property
    def refund(self) -> str | None:
        """The refund that it belongs to."""
        value: str | None = self._core.get("refund")
        return value

    @property
    def created(self) -> int | None:
        """When it happened, in Unix seconds."""
        value: int | None = self._core.get("created")
        return value

    @property
    def created_at(self) -> datetime | None:
        """The same as :attr:`created`, as an aware datetime in UTC."""
        seconds = self.created
        return None if seconds is None else utc(seconds)

    @classmethod
    def restore(cls, stored: str) -> Transaction:
        """Give it as it was when :meth:`store` gave this text."""
        value: Transaction = restored("ipay", "Transaction", stored)
        return value


class AnyEvent(Model):
    """A webhook that the service signed.

    That it is genuine does not make it the event that the shop waits for, nor a new one: an old
    delivery can be sent again, and deliveries may come in any order. Let each ``key`` count once,
    and let ``confirm`` read the payment itself before anything is shipped.
    """

    __slots__ = ()

    @property
    def id(self) -> str | None:
        """The event's identifier.

        *Usual*.
        """
        value: str | None = self._core.get("id")
        return value

    @property
    def type(self) -> str:
        """What happened, such as ``payment.succeeded``.

        The set is open.
        """
        value: str = self._core.get("type")
        return value

    @property
    def created(self) -> int | None:
        """When it happened, in Unix seconds.

        *Usual*.
        """
        value: int | None = self._core.get("created")
        return value

    @property
    def created_at(self) -> datetime | None:
        """The same as :attr:`created`, as an aware datetime in UTC."""
        seconds = self.created
        return None if seconds is None else utc(seconds)

    @property
    def key(self) -> str:
        """By what the event is known: its identifier, or ``sha256:`` and the digest of its body.

        A delivery that is repeated has the same key.
        """
        value: str = self._core.get("key")
        return value

    @property
    def secret_index(self) -> int:
        """Which of the secrets it was signed with, counted from 0."""
        value: int = self._core.get("secret_index")
        return value

    @property
    def data(self) -> Any:
        """The object that it is about, as the service sent it."""
        value: Any = self._core.get("data")
        return value

    @property
    def payment(self) -> Payment | None:
        """The payment that it is about."""
        value: Payment | None = self._core.get("payment")
        return value

    @property
    def customer(self) -> Customer | None:
        """The customer that it is about."""
        value: Customer | None = self._core.get("customer")
        return value

    @property
    def subscription(self) -> Subscription | None:
        """The subscription that it is about."""
        value: Subscription | None = self._core.get("subscription")
        return value

    @classmethod
    def restore(cls, stored: str) -> Event:
        """Give it as it was when :meth:`store` gave this text."""
        value: Event = restored("ipay", "Event", stored)
        return value


class PaymentSucceeded(AnyEvent):
    """A payment was paid, says the event: ``confirm`` tells whether it is."""

    __slots__ = ()

    @property
    def type(self) -> Literal["payment.succeeded"]:
        """What happened, such as ``payment.succeeded``.

        The set is open.
        """
        return "payment.succeeded"

    @property
    def payment(self) -> Payment:
        """The payment that it is about."""
        value: Payment = self._core.get("payment")
        return value


class PaymentFailed(AnyEvent):
    """A payment was declined.

    It may have succeeded since.
    """

    __slots__ = ()

    @property
    def type(self) -> Literal["payment.failed"]:
        """What happened, such as ``payment.succeeded``.

        The set is open.
        """
        return "payment.failed"

    @property
    def payment(self) -> Payment:
        """The payment that it is about."""
        value: Payment = self._core.get("payment")
        return value


class PaymentRefunded(AnyEvent):
    """Money of a payment was given back."""

    __slots__ = ()

    @property
    def type(self) -> Literal["payment.refunded"]:
        """What happened, such as ``payment.succeeded``.

        The set is open.
        """
        return "payment.refunded"

    @property
    def payment(self) -> Payment:
        """The payment that it is about."""
        value: Payment = self._core.get("payment")
        return value


class PaymentDisputed(AnyEvent):
    """A payment is disputed: the customer's bank wants the money back."""

    __slots__ = ()

    @property
    def type(self) -> Literal["payment.disputed"]:
        """What happened, such as ``payment.succeeded``.

        The set is open.
        """
        return "payment.disputed"

    @property
    def payment(self) -> Payment:
        """The payment that it is about."""
        value: Payment = self._core.get("payment")
        return value


class CustomerCreated(AnyEvent):
    """A customer was made."""

    __slots__ = ()

    @property
    def type(self) -> Literal["customer.created"]:
        """What happened, such as ``payment.succeeded``.

        The set is open.
        """
        return "customer.created"

    @property
    def customer(self) -> Customer:
        """The customer that it is about."""
        value: Customer = self._core.get("customer")
        return value


class CustomerSubscriptionUpdated(AnyEvent):
    """A subscription has changed."""

    __slots__ = ()

    @property
    def type(self) -> Literal["customer.subscription.updated"]:
        """What happened, such as ``payment.succeeded``.

        The set is open.
        """
        return "customer.subscription.updated"

    @property
    def subscription(self) -> Subscription:
        """The subscription that it is about."""
        value: Subscription = self._core.get("subscription")
        return value


class UnknownEvent(AnyEvent):
    """An event that nobody listed, or whose object cannot be read as what it should be.

    Its data are kept as they came.
    """

    __slots__ = ()


Event = (
    PaymentSucceeded
    | PaymentFailed
    | PaymentRefunded
    | PaymentDisputed
    | CustomerCreated
    | CustomerSubscriptionUpdated
    | UnknownEvent
)
"""A webhook that the service signed.

That it is genuine does not make it the event that the shop waits for, nor a new one: an old
delivery can be sent again, and deliveries may come in any order. Let each ``key`` count once, and
let ``confirm`` read the payment itself before anything is shipped. One of these.
"""
