"""Payment links and QR codes as Python has them; what they say is in tests/vectors."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any

import pytest

import kessai
from kessai import zaif


def test_a_link_is_the_same_however_it_travels() -> None:
    link = zaif.PaymentUri.parse("bitcoin:1abc?amount=0.50&label=a%20b&x=1&x=2")
    assert type(link.amount) is Decimal
    assert link.parameters == [("x", "1"), ("x", "2")]
    assert pickle.loads(pickle.dumps(link)) == link  # noqa: S301 - made just now
    assert copy.deepcopy(link) == link


@pytest.mark.parametrize("parameters", [{"x": "1", "y": "2"}, [("x", "1"), ("y", "2")]])
def test_parameters_are_a_dict_or_pairs(parameters: Any) -> None:
    link = zaif.PaymentUri("btc", "1abc", parameters=parameters)
    assert str(link) == "bitcoin:1abc?x=1&y=2"


@pytest.mark.parametrize("parameters", ["x=1", ["x"], [("x", 1)], {"x": 1}, 7])
def test_what_is_no_list_of_parameters_is_refused(parameters: Any) -> None:
    with pytest.raises(kessai.InputError):
        zaif.PaymentUri("btc", "1abc", parameters=parameters)


@pytest.mark.parametrize("amount", [Decimal("0.5"), "0.5"])
def test_an_amount_is_exact_however_it_is_given(amount: Any) -> None:
    link = zaif.PaymentUri("btc", "1abc", amount=amount)
    assert (str(link), link.amount) == ("bitcoin:1abc?amount=0.5", Decimal("0.5"))


def test_whole_coins_and_tiny_ones_are_written_plainly() -> None:
    assert str(zaif.PaymentUri("btc", "1abc", amount=3)) == "bitcoin:1abc?amount=3"
    tiny = zaif.PaymentUri("btc", "1abc", amount=Decimal("1E-8"))
    assert str(tiny) == "bitcoin:1abc?amount=0.00000001"


@pytest.mark.parametrize("amount", [0.5, True, Decimal("NaN"), "1e3", -1, [1]])
def test_what_is_no_exact_amount_is_refused_by_name(amount: Any) -> None:
    with pytest.raises(kessai.InputError) as caught:
        zaif.PaymentUri("btc", "1abc", amount=amount)
    assert caught.value.param == "amount"


def test_links_differ_in_anything_they_say() -> None:
    link = zaif.PaymentUri("btc", "1abc", amount=1)
    assert link != zaif.PaymentUri("btc", "1abc", amount=2)
    assert link != zaif.PaymentUri("btc", "1abd", amount=1)
    assert link != "bitcoin:1abc?amount=1"
    assert eval(repr(link), {"PaymentUri": zaif.PaymentUri}) == link  # noqa: S307 - its own repr


def test_an_invoice_s_own_link_is_read_to_the_last_digit(client: zaif.Client) -> None:
    invoice = client.create_invoice(currency="btc", amount=10_800, order_number="A-1")
    assert invoice.bip21 is not None
    link = zaif.PaymentUri.parse(invoice.bip21)
    assert (link.address, link.amount) == (invoice.address, invoice.coin_amount)
    assert link.currency == invoice.currency


def test_a_qr_code_is_drawn_for_pages_and_terminals() -> None:
    code = kessai.Qr("お支払い")
    assert code.to_svg().startswith("<svg ")
    labelled = code.to_svg('pay "here" <now>')
    assert "<now>" not in labelled
    assert "&lt;now&gt;" in labelled
    assert code.to_terminal().count("\n") >= code.size // 2
    assert "お支払い" not in repr(code)


def test_a_qr_code_survives_pickling() -> None:
    code = kessai.Qr("bitcoin:1abc")
    for same in (pickle.loads(pickle.dumps(code)), copy.deepcopy(code)):  # noqa: S301
        assert type(same) is kessai.Qr
        assert same.modules() == code.modules()
