"""iPay: payments, refunds, customers, cards and signed webhooks.

::

    from kessai import ipay

    client = ipay.Client("live_your_key", "secret_your_secret")
    payment = client.create_payment(
        amount=10_800,
        currency="JPY",
        payment_method="pm_...",
        confirm=True,
        confirmation_token=True,
        metadata={"orderId": "A-1001"},
        idempotency_key=ipay.order_key("A-1001", "payment", 1),
    )
    if isinstance(payment, ipay.Succeeded):
        ...  # ship, once
    elif isinstance(payment, ipay.NeedsAction):
        ...  # hand payment.client_secret and payment.next_action to the page

    # In the handler of the webhook, with the raw body:
    event = webhooks.verify(body, headers.get("ipay-signature"))
    payment = client.confirm(event, order_id="A-1001", amount=10_800, currency="JPY")

:class:`AsyncClient` has the same methods to be awaited. Amounts are whole numbers
of the currency's smallest unit, which :func:`kessai.minor_units` makes.
"""

from __future__ import annotations

from kessai._ipay import Client, PublishableClient
from kessai._ipay_models import (
    Account,
    AnyEvent,
    AnyPayment,
    Canceled,
    CaptureMethod,
    Card,
    Customer,
    CustomerCreated,
    CustomerSubscriptionUpdated,
    Event,
    Failed,
    NeedsAction,
    Payment,
    PaymentDisputed,
    PaymentFailed,
    PaymentMethod,
    PaymentMethodType,
    PaymentRefunded,
    PaymentStatus,
    PaymentSucceeded,
    Pending,
    Refund,
    RefundReason,
    RefundStatus,
    ResultKind,
    Subscription,
    Succeeded,
    Token,
    Transaction,
    UnknownEvent,
)
from kessai._ipay_webhooks import Webhooks
from kessai._kessai import order_key, sign

# What only type checkers, asynchronous programs and lists need is not imported:
# it would take most of the time that `import kessai` takes.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from kessai._event import HookEvent
    from kessai._ipay_async import AsyncClient, AsyncPublishableClient
    from kessai._pages import AsyncPages, Page, Pages

__all__ = [
    "Account",
    "AnyEvent",
    "AnyPayment",
    "AsyncClient",
    "AsyncPages",
    "AsyncPublishableClient",
    "Canceled",
    "CaptureMethod",
    "Card",
    "Client",
    "Customer",
    "CustomerCreated",
    "CustomerSubscriptionUpdated",
    "Event",
    "Failed",
    "HookEvent",
    "NeedsAction",
    "Page",
    "Pages",
    "Payment",
    "PaymentDisputed",
    "PaymentFailed",
    "PaymentMethod",
    "PaymentMethodType",
    "PaymentRefunded",
    "PaymentStatus",
    "PaymentSucceeded",
    "Pending",
    "PublishableClient",
    "Refund",
    "RefundReason",
    "RefundStatus",
    "ResultKind",
    "Subscription",
    "Succeeded",
    "Token",
    "Transaction",
    "UnknownEvent",
    "Webhooks",
    "order_key",
    "sign",
]

_LATER = {
    "AsyncClient": "_ipay_async",
    "AsyncPages": "_pages",
    "AsyncPublishableClient": "_ipay_async",
    "HookEvent": "_event",
    "Page": "_pages",
    "Pages": "_pages",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f"kessai.{_LATER[name]}"), name)
    globals()[name] = found
    return found
