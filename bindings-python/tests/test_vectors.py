"""The types of money in Python; what is read is in tests/vectors."""

from __future__ import annotations

from decimal import Decimal

from kessai import zaif


def test_the_types_of_money(client: zaif.Client) -> None:
    invoice = client.create_invoice(currency="btc", amount=10_800, order_number="A-1")
    assert type(invoice.amount) is int
    assert type(invoice.coin_amount) is Decimal
    assert type(invoice.rate) is Decimal
    assert (invoice.amount, str(invoice.coin_amount)) == (10_800, "0.359856")


def test_the_second_worked_example(client: zaif.Client) -> None:
    invoice = client.create_invoice(currency="mona", amount=10_000, order_number="A-1")
    assert str(invoice.coin_amount) == "500.000000"
    assert invoice.bip21 == f"monacoin:{invoice.address}?amount=500.000000"


def test_billed_in_the_coin(client: zaif.Client) -> None:
    invoice = client.create_invoice(
        currency="btc", billing_currency="btc", amount=Decimal("0.015"), order_number="A-1"
    )
    assert invoice.rate is None
    assert invoice.amount == Decimal("0.015")
