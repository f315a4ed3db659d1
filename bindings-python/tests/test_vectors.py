"""Answers as documented or seen, read to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from conftest import cases
from kessai import zaif


@pytest.mark.parametrize("case", cases("vectors/invoices.json"))
def test_every_language_reads_the_same(case: Any, answering: Callable[[str], str]) -> None:
    client = zaif.Client("sandbox_key", "sandbox_secret", endpoint=answering(case["answer"]))
    invoice = client.get_invoice("d7dd735c-1650-11e5-b412-4437e6999eec")
    for name, expected in case["expect"].items():
        value = getattr(invoice, name)
        if isinstance(value, Decimal) or name == "amount":
            value = str(value)
        assert value == expected, name
        assert not isinstance(value, float)
    assert case.get("raw_contains", "") in invoice.raw_json()


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
