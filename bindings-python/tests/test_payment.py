"""A payment from the invoice to the settlement, as a shop lives it."""

from __future__ import annotations

import pytest

import kessai
from kessai import zaif
from kessai.testing import Sandbox


def test_from_new_to_complete(sandbox: Sandbox, client: zaif.Client) -> None:
    made = client.create_invoice(currency="btc", amount=10_800, order_number="A-1")
    assert made.status is None
    assert made.is_settled is None
    seen = []
    for step in (lambda: None, lambda: sandbox.pay(made.invoice_id), lambda: sandbox.mine("btc")):
        step()
        invoice = client.get_invoice(made.invoice_id)
        seen.append((invoice.status, invoice.is_money_seen, invoice.is_settled))
    assert seen == [
        ("new", False, False),
        ("paid", True, False),
        ("confirmed", True, False),
    ]
    sandbox.mine("btc", 2)
    invoice = client.get_invoice(made.invoice_id)
    assert (invoice.status, invoice.is_settled, invoice.is_final) == ("complete", True, True)
    assert invoice.settled_at is not None
    assert invoice.settled_at.timestamp() == invoice.settled
    assert client.find_invoice_ids("A-1") == [made.invoice_id]


def test_a_hint_is_never_believed(client: zaif.Client) -> None:
    made = client.create_invoice(currency="btc", amount=10_800, order_number="A-1")
    forged = b'{"invoiceId":"%s","status":"complete"}' % made.invoice_id.encode()
    hint = zaif.Hint.parse(forged)
    assert not hasattr(hint, "status")
    invoice = client.confirm(hint, order_number="A-1", amount=10_800)
    assert invoice.status == "new"
    assert invoice.is_settled is False

    for param, expected in [
        ("order_number", {"order_number": "A-2", "amount": 10_800}),
        ("amount", {"order_number": "A-1", "amount": 1}),
        ("currency", {"order_number": "A-1", "amount": 10_800, "currency": "mona"}),
        ("amount", {"order_number": "A-1", "amount": "0.359856", "billing_currency": "btc"}),
    ]:
        with pytest.raises(kessai.MismatchError) as caught:
            client.confirm(hint, **expected)  # type: ignore[arg-type]
        assert caught.value.param == param


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff", b"[1]", b'{"invoiceId":3}', b"a=b"])
def test_what_is_no_notification_is_one_error(body: bytes) -> None:
    with pytest.raises(kessai.ProtocolError) as caught:
        zaif.Hint.parse(body)
    assert caught.value.code == "zaif.bad_notification"


def test_cancel(sandbox: Sandbox, client: zaif.Client) -> None:
    made = client.create_invoice(currency="mona", amount=500, order_number="A-1")
    assert client.cancel_invoice(made.invoice_id).status == "canceled"
    assert client.cancel_invoice(made.invoice_id).status == "canceled"
    paid = client.create_invoice(currency="mona", amount=500, order_number="A-2")
    sandbox.pay(paid.invoice_id)
    with pytest.raises(kessai.InvalidRequestError) as caught:
        client.cancel_invoice(paid.invoice_id)
    assert caught.value.code == "zaif.money_seen"
    assert client.cancel_invoice(paid.invoice_id, even_if_money_seen=True).status == "canceled"


def test_any_method_can_be_called(client: zaif.Client) -> None:
    assert client.call("getSupportedCurrencies") == {"btc": "Bitcoin", "mona": "Monacoin"}
    made = client.create_invoice(currency="btc", amount=500, order_number="A-1")
    answer = client.call("getInvoice", {"invoiceId": made.invoice_id})
    assert answer["orderNumber"] == "A-1"
    with pytest.raises(kessai.InputError):
        client.call("getInvoice", {"nonce": 1})
