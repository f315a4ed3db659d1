"""Payment links and QR codes, read and made as in every other language."""

from __future__ import annotations

import copy
import json
import pickle
from decimal import Decimal
from typing import Any

import pytest

import kessai
from conftest import DATA
from kessai import zaif

VECTORS = json.loads((DATA / "vectors/payment_uris.json").read_text(encoding="utf-8"))


def cases(kind: str) -> list[Any]:
    assert VECTORS[kind]
    return [pytest.param(case, id=case["name"]) for case in VECTORS[kind]]


def shown(link: zaif.PaymentUri) -> dict[str, Any]:
    return {
        "scheme": link.scheme,
        "coin": link.currency,
        "address": link.address,
        "amount": None if link.amount is None else format(link.amount, "f"),
        "label": link.label,
        "message": link.message,
        "parameters": [list(pair) for pair in link.parameters],
    }


def refused(error: kessai.InputError, case: Any) -> None:
    assert (error.code, error.outcome) == ("input.invalid", "not_done")
    assert error.param == case["param"]


@pytest.mark.parametrize("case", cases("read"))
def test_every_language_reads_the_same(case: Any) -> None:
    link = zaif.PaymentUri.parse(case["uri"])
    expect = case["expect"]
    for field, value in shown(link).items():
        absent: Any = [] if field == "parameters" else None
        assert value == expect.get(field, absent), field
    assert link.amount is None or type(link.amount) is Decimal
    assert str(link) == case.get("again", case["uri"])
    again = zaif.PaymentUri.parse(str(link))
    assert again == link
    assert pickle.loads(pickle.dumps(link)) == link  # noqa: S301 - made just now
    assert copy.deepcopy(link) == link


@pytest.mark.parametrize("case", cases("refuse"))
def test_every_language_refuses_the_same(case: Any) -> None:
    with pytest.raises(kessai.InputError) as caught:
        zaif.PaymentUri.parse(case["uri"])
    refused(caught.value, case)


def can_be_a_dict(pairs: list[list[str]]) -> bool:
    return len(dict(pairs)) == len(pairs)


MADE = [case for case in cases("make") if can_be_a_dict(case.values[0].get("parameters", []))]


@pytest.mark.parametrize("case", MADE)
def test_every_language_makes_the_same(case: Any) -> None:
    parameters = dict(case.get("parameters", []))

    def make() -> zaif.PaymentUri:
        return zaif.PaymentUri(
            case["coin"],
            case["address"],
            amount=case.get("amount"),
            label=case.get("label"),
            message=case.get("message"),
            parameters=parameters,
        )

    if "uri" in case:
        assert str(make()) == case["uri"]
        return
    with pytest.raises(kessai.InputError) as caught:
        make()
    refused(caught.value, case)


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


def test_a_qr_code_is_square_and_its_finders_are_where_scanners_look() -> None:
    code = kessai.Qr("bitcoin:19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb?amount=0.359856")
    rows = code.modules()
    assert code.size == len(rows) == 33
    assert {len(row) for row in rows} == {33}
    finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
    drawn = ["".join("#" if dark else "." for dark in row) for row in rows]
    assert [row[:7] for row in drawn[:7]] == finder
    assert [row[-7:] for row in drawn[:7]] == finder
    assert [row[:7] for row in drawn[-7:]] == finder


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


@pytest.mark.parametrize("text", ["", "x" * 5_000])
def test_what_fits_no_qr_code_is_refused(text: str) -> None:
    with pytest.raises(kessai.InputError) as caught:
        kessai.Qr(text)
    assert caught.value.param == "text"
