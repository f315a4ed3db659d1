"""Checks a signed webhook of 2 KB with kessai or a peer: ``python_webhook.py WHICH CALLS``.

Prints nanoseconds of processor for one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "whsec_sandbox"
PAYMENT = {
    "id": "pay_3c1d0000000000000001",
    "object": "payment",
    "amount": 10800,
    "currency": "JPY",
    "status": "succeeded",
    "customer": "cus_3c1d0000000000000001",
    "payment_method": "pm_3c1d0000000000000001",
    "metadata": {"orderId": "A-1", "customerId": "C-17"},
    "capture_method": "automatic",
    "next_action": None,
    "amount_captured": 10800,
    "amount_refunded": 0,
    "created": 1732291200,
}
BYTES = 2_048


def body() -> bytes:
    """Write a payment that succeeded, with a description that fills it up."""
    event = {
        "id": "evt_1",
        "object": "event",
        "type": "payment.succeeded",
        "created": 1732291200,
    }
    empty = json.dumps(event | {"data": PAYMENT | {"description": ""}})
    text = "x" * (BYTES - len(empty))
    return json.dumps(event | {"data": PAYMENT | {"description": text}}).encode()


BODY = body()
SIGNATURE = hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()


def kessai() -> Callable[[], Any]:
    """Ours, down to the payment as Python's own objects."""
    from kessai import ipay

    webhooks = ipay.Webhooks([SECRET])

    def call() -> Any:
        event = webhooks.verify(BODY, SIGNATURE)
        return event.data["metadata"]["orderId"]

    return call


def lazy() -> Callable[[], Any]:
    """Ours, asked for what a shop needs."""
    from kessai import ipay

    webhooks = ipay.Webhooks([SECRET])

    def call() -> Any:
        event = webhooks.verify(BODY, SIGNATURE)
        assert isinstance(event, ipay.PaymentSucceeded)
        return event.payment.order_id

    return call


def verify() -> Callable[[], Any]:
    """Ours, asked for nothing."""
    from kessai import ipay

    webhooks = ipay.Webhooks([SECRET])
    return lambda: webhooks.verify(BODY, SIGNATURE)


def by_hand() -> Callable[[], Any]:
    """What a careful shop writes itself."""
    key = SECRET.encode()

    def call() -> Any:
        expected = hmac.new(key, BODY, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(expected, SIGNATURE)
        return json.loads(BODY)["data"]["metadata"]["orderId"]

    return call


def stripe() -> Callable[[], Any]:
    """Another payment service's library, with its own scheme."""
    import stripe as library

    now = int(time.time())
    signed = f"{now}.".encode() + BODY
    digest = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    header = f"t={now},v1={digest}"

    def call() -> Any:
        event = library.Webhook.construct_event(BODY, header, SECRET)
        return event["data"]["metadata"]["orderId"]

    return call


def main() -> None:
    """Measure one."""
    which, calls = sys.argv[1], int(sys.argv[2])
    call = globals()[which]()
    for _ in range(calls // 10):
        call()
    cpu = time.process_time_ns()
    for _ in range(calls):
        call()
    print((time.process_time_ns() - cpu) // calls)


if __name__ == "__main__":
    main()
