"""The webhook of the guide and of the README, as it stands there, sent by the sandbox."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import path

import kessai
from kessai import ipay
from kessai.testing import Sandbox

ROOT = Path(__file__).resolve().parents[2]
CLIENT = 'ipay.Client("live_your_key", "secret_your_secret")'
SECRET = "whsec_your_secret"
AMOUNT = 10_800


def example(path: str, starts: str) -> str:
    """The Python of a document that holds this text."""
    text = (ROOT / path).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    (found,) = (block for block in blocks if starts in block)
    return str(found)


def run(text: str, folder: Path, client: ipay.Client) -> dict[str, Any]:
    """The names that an example defines, with the sandbox's client in its place."""
    assert CLIENT in text
    file = folder / "example.py"
    file.write_text(text.replace(CLIENT, "sandbox_client"), encoding="utf-8")
    return runpy.run_path(str(file), {"sandbox_client": client}, "example")


def event_of(payment: Any, type_: str = "payment.succeeded") -> tuple[bytes, str]:
    body = f'{{"id": "evt_{payment.id}_{type_}", "type": "{type_}", "data": {payment.raw_json()}}}'
    return body.encode(), ipay.sign(body.encode(), SECRET)


@pytest.fixture
def paid(kessai_sandbox: Sandbox, ipay_client: ipay.Client) -> Any:
    return ipay_client.create_payment(
        amount=AMOUNT,
        currency="JPY",
        payment_method=kessai_sandbox.ipay.payment_method().id,
        confirm=True,
        metadata={"orderId": "A-1001"},
    )


def test_the_readme_answers_a_mismatch_for_good(
    ipay_client: ipay.Client, paid: Any, tmp_path: Path
) -> None:
    text = example("bindings-python/README.md", "webhooks.verify(body, signature)")
    webhook = run(text, tmp_path, ipay_client)["webhook"]
    prices = {"A-1001": AMOUNT}.get
    other = {"A-1001": 1}.get
    alarms: list[Any] = []

    def alarm(number: str, error: kessai.KessaiError) -> None:
        alarms.append((number, error.code, error.param))

    status, stored = webhook(*event_of(paid), prices, alarm)
    assert (status, stored.id, alarms) == (200, paid.id, [])
    assert webhook(*event_of(paid), other, alarm) == (200, None)
    ipay_client.create_refund(payment=paid.id)
    assert webhook(*event_of(paid), prices, alarm) == (200, None)
    wrong = ("A-1001", "ipay.mismatch")
    assert alarms == [(*wrong, "amount"), (*wrong, "amount_refunded")]
    status, event = webhook(*event_of(paid, "payment.refunded"), prices, alarm)
    assert (status, type(event)) == (200, ipay.PaymentRefunded)
    assert webhook(event_of(paid)[0], "0" * 64, prices, alarm) == (401, None)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_webhook_of_the_guide_in_django(
    language: str, ipay_client: ipay.Client, paid: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)  # where the example's database goes
    guide = f"docs/{language}/webhooks.md"
    text = example(guide, CLIENT) + example(guide, "def ipay_webhook")
    names = run(text, tmp_path, ipay_client)
    books = names["books"]
    books.execute("insert into orders (number, yen) values ('A-1001', ?)", (AMOUNT,))

    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["testserver"], MIDDLEWARE=MIDDLEWARE, ROOT_URLCONF=())
        django.setup()
    monkeypatch.setattr(settings, "ROOT_URLCONF", (path("hook", names["ipay_webhook"]),))
    browser = Browser(enforce_csrf_checks=True)

    def send(body: bytes, signature: str) -> int:
        answer = browser.post(
            "/hook", body, content_type="application/json", headers={"ipay-signature": signature}
        )
        return int(answer.status_code)

    assert send(event_of(paid)[0], "0" * 64) == 401
    assert browser.get("/hook").status_code == 405
    assert [send(*event_of(paid)) for _ in range(2)] == [200, 200]
    assert books.execute("select paid_by from orders").fetchall() == [(paid.id,)]
    ipay_client.create_refund(payment=paid.id)
    assert send(*event_of(paid, "payment.refunded")) == 200
    assert send(*event_of(paid)) == 200  # an old delivery, after all was given back
    told = [text for _, text in books.execute("select number, text from alarms")]
    assert len(told) == 2
    assert "payment.refunded" in told[0]
    assert "amount_refunded" in told[1]


MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
