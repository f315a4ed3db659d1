"""The package as its users meet it: names, input, threads, secrets, pickles."""

from __future__ import annotations

import copy
import inspect
import os
import pickle
import sysconfig
import threading
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import kessai
from kessai import errors, zaif
from kessai.testing import Sandbox, SandboxError


def test_every_exception_is_exported_and_documented() -> None:
    for name in errors.__all__:
        cls = getattr(errors, name)
        assert issubclass(cls, kessai.KessaiError)
        assert getattr(kessai, name) is cls
        assert name in kessai.__all__
        assert inspect.getdoc(cls)
    kinds = [getattr(errors, name).kind for name in errors.__all__ if name != "KessaiError"]
    assert len(set(kinds)) == len(kinds)


def test_an_exception_survives_pickling(client: zaif.Client) -> None:
    with pytest.raises(kessai.InvalidRequestError) as caught:
        client.get_invoice("no-such-invoice")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - made just now
    assert type(again) is kessai.InvalidRequestError
    assert vars(again) == vars(caught.value)
    assert str(again) == str(caught.value)


def test_an_invoice_survives_pickling_and_copying(client: zaif.Client) -> None:
    invoice = client.create_invoice(currency="btc", amount=500, order_number="A-1")
    for same in (pickle.loads(pickle.dumps(invoice)), copy.deepcopy(invoice)):  # noqa: S301
        assert type(same) is zaif.Invoice
        assert same == invoice
        assert hash(same) == hash(invoice)
        assert same.to_dict() == invoice.to_dict()
        assert same.raw_json() == invoice.raw_json()


def test_a_client_from_the_environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZAIF_API_KEY", raising=False)
    with pytest.raises(kessai.InputError) as caught:
        zaif.Client.from_env()
    assert caught.value.param == "ZAIF_API_KEY"
    monkeypatch.setenv("ZAIF_API_KEY", sandbox.zaif["key"])
    monkeypatch.setenv("ZAIF_API_SECRET", sandbox.zaif["secret"])
    monkeypatch.setenv("ZAIF_ENDPOINT", sandbox.zaif["endpoint"])
    client = zaif.Client.from_env(window=2)
    assert type(client) is zaif.Client
    assert client.find_invoice_ids("A-1") == []


@pytest.mark.parametrize(
    ("param", "value"),
    [
        ("amount", 1.5),
        ("amount", True),
        ("amount", 0),
        ("amount", -1),
        ("amount", 10**40),
        ("amount", Decimal("10.5")),
        ("amount", Decimal("NaN")),
        ("amount", "1,000"),
        ("amount", None),
        ("currency", "BTC"),
        ("currency", 7),
        ("billing_currency", "mona"),
        ("order_number", ""),
        ("order_number", "注文"),
        ("webhook_url", "shop.example/hook"),
        ("item_name", "a\0b"),
        ("tax", 0.1),
        ("timeout", 0),
        ("timeout", "soon"),
    ],
)
def test_bad_input_is_named_before_anything_is_sent(
    param: str, value: Any, sandbox: Sandbox
) -> None:
    client = zaif.Client(**sandbox.zaif)
    arguments: dict[str, Any] = {"currency": "btc", "amount": 500, param: value}
    with pytest.raises(kessai.InputError) as caught:
        client.create_invoice(**arguments)
    assert caught.value.param == param
    assert caught.value.outcome == "not_done"
    assert sandbox.ledger()["requests"] == []


def test_whole_decimals_are_yen(client: zaif.Client) -> None:
    assert client.create_invoice(currency="btc", amount=Decimal("1E+3")).amount == 1_000


@pytest.mark.parametrize("option", [{"window": 0}, {"nonces": "dice"}, {"timeout": -1}])
def test_bad_options_are_named(option: dict[str, Any]) -> None:
    with pytest.raises(kessai.InputError) as caught:
        zaif.Client("sandbox_key", "sandbox_secret", **option)
    assert caught.value.param == next(iter(option))


def test_credentials_may_not_go_anywhere() -> None:
    with pytest.raises(kessai.InputError, match="https"):
        zaif.Client("sandbox_key", "sandbox_secret", endpoint="http://api.zaif.jp/ecapi")


def test_other_threads_run_while_a_call_waits(sandbox: Sandbox) -> None:
    client = zaif.Client(**sandbox.zaif)
    sandbox.faults([{"match": {"method": "getSupportedCurrencies"}, "fault": "latency", "ms": 500}])
    steps = 0
    call = threading.Thread(target=client.call, args=["getSupportedCurrencies"])
    call.start()
    while call.is_alive():
        steps += 1
        time.sleep(0.001)
    assert steps > 50


def test_no_secret_shows(sandbox: Sandbox) -> None:
    key, secret = "sandbox_canary_key", "sandbox_canary_secret"
    client = zaif.Client(key, secret, endpoint=sandbox.zaif["endpoint"])
    with pytest.raises(kessai.AuthenticationError) as caught:
        client.find_invoice_ids("A-1")
    error = caught.value
    for text in (
        repr(client),
        repr(vars(error)),
        repr(error),
        str(error),
        str(pickle.dumps(error)),
    ):
        assert key not in text
        assert secret not in text


def test_the_sandbox_says_what_it_refuses(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="no_such_fault"):
        sandbox.faults([{"fault": "no_such_fault"}])


def test_a_missing_sandbox_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KESSAI_SANDBOX")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sysconfig, "get_path", lambda *_: str(tmp_path))
    with pytest.raises(SandboxError, match=r"pip install kessai\[sandbox\]"):
        Sandbox().start()


def test_an_installed_sandbox_needs_no_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "kessai-sandbox").symlink_to(os.environ["KESSAI_SANDBOX"])
    monkeypatch.delenv("KESSAI_SANDBOX")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sysconfig, "get_path", lambda *_: str(tmp_path))
    with Sandbox() as sandbox:
        assert sandbox.ledger()["invoices"] == []


def test_a_sandbox_that_runs_already_is_steered_with_a_key_of_its_own(sandbox: Sandbox) -> None:
    attached = Sandbox.attach(sandbox.url + "/")
    assert attached.zaif["key"] != sandbox.zaif["key"]
    client = zaif.Client(**attached.zaif)
    invoice = client.create_invoice(currency="btc", amount=500, order_number="A-1")
    attached.pay(invoice.invoice_id)
    assert client.get_invoice(invoice.invoice_id).status == "paid"
    assert attached.ipay.key == sandbox.ipay.key
    method = attached.ipay.payment_method("4000000000009995")
    with pytest.raises(kessai.CardError):
        attached.ipay.client().create_payment(
            amount=500, currency="JPY", payment_method=method.id, confirm=True
        )
    attached.stop()
    assert sandbox.ledger()["invoices"]
