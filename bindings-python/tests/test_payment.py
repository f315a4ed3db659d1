"""A payment as Python shows it; what happens on the way is in tests/scenarios."""

from __future__ import annotations

from datetime import timedelta, timezone

from kessai import zaif
from kessai.testing import Sandbox


def test_times_are_there_as_seconds_and_as_aware_datetimes(
    sandbox: Sandbox, client: zaif.Client
) -> None:
    made = client.create_invoice(currency="btc", amount=10_800, order_number="A-1")
    assert made.settled_at is None
    assert made.created_at.timestamp() == made.created
    assert made.expired_at - made.created_at == timedelta(minutes=10)
    sandbox.pay(made.invoice_id)
    sandbox.mine("btc", 3)
    invoice = client.get_invoice(made.invoice_id)
    assert invoice.settled_at is not None
    assert invoice.settled_at.timestamp() == invoice.settled
    assert invoice.settled_at.tzinfo is timezone.utc


def test_a_hint_has_no_way_to_say_paid() -> None:
    hint = zaif.Hint.parse(b'{"invoiceId":"a-1","status":"complete"}')
    assert (hint.invoice_id, hint.order_number) == ("a-1", None)
    assert not hasattr(hint, "status")
