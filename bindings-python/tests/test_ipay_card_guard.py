"""The card guard, as a shop meets it: before anything is sent."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kessai
from kessai import ipay

VECTORS = Path(__file__).parents[2] / "tests" / "vectors" / "ipay_card_guard.json"
# Nobody listens there: what the guard lets pass fails for that, and for nothing else.
CLOSED = "http://127.0.0.1:9/api"
# So many in one call, each in a place of its own.
AT_ONCE = 1_000
COUNT = 100_000


@pytest.fixture
def client() -> Iterator[ipay.Client]:
    with ipay.Client("test_k", "secret_s", base_url=CLOSED, max_retries=0) as client:
        yield client


def cards() -> list[str]:
    networks: dict[str, list[str]] = json.loads(VECTORS.read_text(encoding="utf-8"))["cards"]
    assert len(networks) >= 8
    return [number for numbers in networks.values() for number in numbers]


def article(digits: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def harmless() -> Iterator[str]:
    """Numbers of articles, of orders, and of moments: a third of each."""
    chance = random.Random(1)
    for number in range(COUNT):
        if number % 3 == 0:
            yield article(f"{chance.choice((45, 49))}{chance.randrange(10**10):010}")
        elif number % 3 == 1:
            day = f"20{chance.randrange(20, 40)}{chance.randrange(1, 13):02}"
            yield f"{day}{chance.randrange(1, 29):02}{chance.randrange(10**8):08}"
        else:
            seconds = chance.randrange(1_577_836_800, 2_130_000_000)
            yield str(seconds * chance.choice((1, 1_000, 1_000_000)))


def refusal(call: Any) -> kessai.KessaiError:
    with pytest.raises(kessai.KessaiError) as caught:
        call()
    return caught.value


def test_articles_orders_and_moments_pass(client: ipay.Client) -> None:
    began = time.monotonic()
    codes = list(harmless())
    assert len(codes) == COUNT
    for start in range(0, COUNT, AT_ONCE):
        some = codes[start : start + AT_ONCE]
        notes = {f"n{place}": code for place, code in enumerate(some)}
        for call in (
            lambda notes=notes: client.create_payment(amount=1, currency="JPY", metadata=notes),
            lambda some=some: client.request("POST", "/x", {"codes": [int(n) for n in some]}),
        ):
            error = refusal(call)
            assert type(error) is kessai.KessaiConnectionError, error
    assert time.monotonic() - began < 60


def test_every_card_of_every_network_is_refused_and_never_repeated(client: ipay.Client) -> None:
    for number in cards():
        spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
        for written in (number, spaced, spaced.replace(" ", "-")):
            calls: list[tuple[Any, str]] = [
                (
                    lambda w=written: client.create_payment(
                        amount=1, currency="JPY", description=w
                    ),
                    "description",
                ),
                (
                    lambda w=written: client.create_payment(
                        amount=1, currency="JPY", metadata={"note": w}
                    ),
                    "metadata.note",
                ),
                (
                    lambda w=written: client.create_payment(
                        amount=1, currency="JPY", metadata={w: "x"}
                    ),
                    "metadata.*",
                ),
                (lambda w=written: client.create_customer(name=w), "name"),
                (lambda w=written: client.create_refund(payment="pay_1", reason=w), "reason"),
                (
                    lambda w=written: client.request("POST", "/x", {"a": [{"b": w}]}),
                    "a[0].b",
                ),
            ]
            for call, place in calls:
                error = refusal(call)
                assert isinstance(error, kessai.InputError)
                told = (error.code, error.param, error.outcome)
                assert told == ("ipay.card_data", place, "not_done"), number
                shown = f"{error!r} {error} {vars(error)} {error.args}"
                assert written not in shown
                assert number not in shown
        error = refusal(lambda n=number: client.request("POST", "/x", {"a": int(n)}))
        assert error.code == "ipay.card_data"
        assert number not in f"{error!r} {error}"
