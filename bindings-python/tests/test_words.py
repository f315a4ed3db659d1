"""Words of open sets: known ones are members, unknown ones stay as they came."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from enum import Enum
from typing import Any

import pytest

import kessai
from kessai import zaif

SETS: list[Any] = [zaif.Status, zaif.Coin, zaif.Reason, zaif.Until]

Answering = Callable[[str], str]


def invoice(answering: Answering, status: str, currency: str = "btc") -> zaif.Invoice:
    """Read an invoice from a service that uses these words."""
    answer = {
        "invoiceId": "d7dd735c-1650-11e5-b412-4437e6999eec",
        "created": 1434696690,
        "expired": 1434698490,
        "status": status,
        "amount": 10_800,
        "currency": currency,
        "rate": "30012",
        currency: "0.359856",
        "address": "19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb",
        "novelty": {"deep": [1]},
    }
    body = json.dumps({"success": 1, "return": answer})
    client = zaif.Client("sandbox_key", "sandbox_secret", endpoint=answering(body))
    return client.get_invoice("d7dd735c-1650-11e5-b412-4437e6999eec")


@pytest.mark.parametrize("words", SETS)
def test_a_known_word_is_its_member_however_it_travels(words: Any) -> None:
    for word in words:
        assert issubclass(words, str)
        assert issubclass(words, Enum)
        assert words(word.value) is word
        assert word == word.value
        assert f"{word}" == str(word) == word.value
        assert f"{word:>20}" == f"{word.value:>20}"
        assert json.dumps(word) == json.dumps(word.value)
        assert pickle.loads(pickle.dumps(word)) is word  # noqa: S301 - made just now
        assert copy.deepcopy(word) is word
        assert {word: 1}[word.value] == 1


@pytest.mark.parametrize("words", [zaif.Status, zaif.Coin])
def test_an_unknown_word_stays_as_it_came_however_it_travels(words: Any) -> None:
    word: Any = words("refunding")
    assert type(word) is words
    assert word == "refunding"
    assert word == words("refunding")
    assert hash(word) == hash("refunding")
    assert word != words("refunded")
    assert (word.name, word.value) == ("refunding", "refunding")
    assert f"{word}" == str(word) == "refunding"
    assert "refunding" in repr(word)
    assert json.dumps({"status": word}) == '{"status": "refunding"}'
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(word, protocol))  # noqa: S301 - made just now
        assert type(again) is words
        assert again == word
    assert copy.copy(word) == copy.deepcopy(word) == word


@pytest.mark.parametrize("words", [zaif.Status, zaif.Coin])
def test_unknown_words_never_become_members(words: Any) -> None:
    before = list(words)
    for number in range(100):
        words(f"word-{number}")
    assert list(words) == before
    assert "word-1" not in words.__members__


@pytest.mark.parametrize("words", [zaif.Reason, zaif.Until])
def test_a_closed_set_has_no_other_words(words: Any) -> None:
    with pytest.raises(ValueError, match="refunding"):
        words("refunding")


@pytest.mark.parametrize("words", SETS)
@pytest.mark.parametrize("value", [None, 7, b"new", 1.5])
def test_what_is_no_word_is_refused(words: Any, value: Any) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        words(value)


def test_an_unknown_status_answers_dont_know_to_everything(answering: Answering) -> None:
    read = invoice(answering, "refunding")
    assert type(read.status) is zaif.Status
    assert read.status == "refunding"
    assert read.is_settled is None
    assert read.is_money_seen is None
    assert read.is_final is None
    assert read.may_still_receive_money is None
    assert read.reasons(["new"]) == []
    assert read.follows("new") is None
    assert read.to_dict()["status"] == "refunding"


def test_an_invoice_with_unknown_words_survives_a_round_trip(answering: Answering) -> None:
    read = invoice(answering, "refunding", "xym")
    for same in (pickle.loads(pickle.dumps(read)), copy.deepcopy(read)):  # noqa: S301
        assert same == read
        assert same.status == "refunding"
        assert (type(same.currency), same.currency) == (zaif.Coin, "xym")
        assert str(same.coin_amount) == "0.359856"
        assert json.loads(same.raw_json())["novelty"] == {"deep": [1]}
        assert same.event_key == read.event_key


def test_members_and_plain_words_are_taken_alike(client: zaif.Client) -> None:
    made = client.create_invoice(currency=zaif.Coin.MONA, amount=500, order_number="A-1")
    assert made.currency is zaif.Coin.MONA
    with pytest.raises(kessai.KessaiTimeoutError) as caught:
        client.wait_for(made.invoice_id, until=zaif.Until.MONEY_SEEN, timeout=0.2)
    assert caught.value.code == "zaif.still_waiting"
    read = client.get_invoice(made.invoice_id)
    assert read.follows(zaif.Status.NEW) is read.follows("new") is False
