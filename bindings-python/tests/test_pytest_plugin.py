"""The fixtures that installing kessai brings, in a test run of a shop's own."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest

SHOP = """
import asyncio


def test_paying(kessai_sandbox, zaif_client):
    made = zaif_client.create_invoice(currency="btc", amount=500, order_number="A-1")
    kessai_sandbox.pay(made.invoice_id)
    kessai_sandbox.mine("btc", 3)
    assert zaif_client.get_invoice(made.invoice_id).is_settled


def test_that_nothing_is_left_of_the_test_before(kessai_sandbox, zaif_client):
    assert zaif_client.find_invoice_ids("A-1") == []
    assert kessai_sandbox.ledger()["invoices"] == []


def test_without_blocking(zaif_async_client):
    assert asyncio.run(zaif_async_client.find_invoice_ids("A-1")) == []


def test_two_clients_of_one_sandbox(zaif_client, zaif_async_client):
    made = zaif_client.create_invoice(currency="btc", amount=500, order_number="A-1")
    assert asyncio.run(zaif_async_client.find_invoice_ids("A-1")) == [made.invoice_id]


def test_cards(kessai_sandbox, ipay_client, ipay_async_client, ipay_publishable_client):
    token = ipay_publishable_client.create_token(
        number="4242424242424242", exp_month=12, exp_year=2099, cvc="123"
    )
    method = ipay_client.create_payment_method(type="card", token=token.id)
    paid = asyncio.run(
        ipay_async_client.create_payment(
            amount=500, currency="JPY", payment_method=method.id, confirm=True
        )
    )
    assert paid.result == "succeeded"
    assert kessai_sandbox.ipay.dispute(paid.id)["id"] == paid.id


def test_the_shared_one(kessai_sandbox_session):
    from kessai import zaif
    client = zaif.Client(**kessai_sandbox_session.zaif)
    client.create_invoice(currency="btc", amount=500, order_number="A-1")


def test_the_shared_one_again(kessai_sandbox_session, kessai_sandbox):
    assert len(kessai_sandbox_session.ledger()["invoices"]) == 1
    assert kessai_sandbox_session.url != kessai_sandbox.url
"""

OVERRIDDEN = """
import asyncio
import pytest

events = []


@pytest.fixture(scope="session")
def kessai_sandbox_arguments():
    return ["--tls"]


@pytest.fixture
def kessai_client_options():
    return {"on_event": events.append}


def test_both_are_heeded(kessai_sandbox, zaif_client, zaif_async_client):
    assert kessai_sandbox.url.startswith("https://")
    assert zaif_client.find_invoice_ids("A-1") == []
    assert asyncio.run(zaif_async_client.find_invoice_ids("A-1")) == []
    assert [event["name"] for event in events] == ["request", "call"] * 2
"""


@pytest.fixture
def shop(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makepyprojecttoml('[tool.pytest.ini_options]\nfilterwarnings = ["error"]\n')
    return pytester


def test_they_are_announced_to_pytest() -> None:
    (entry,) = entry_points(group="pytest11", name="kessai")
    assert entry.value == "kessai.pytest_plugin"


def test_a_shop_tests_with_them_without_importing_anything(shop: pytest.Pytester) -> None:
    shop.makepyfile(SHOP)
    shop.runpytest_subprocess("--strict-markers").assert_outcomes(passed=7)


def test_arguments_and_options_can_be_overridden(shop: pytest.Pytester) -> None:
    shop.makepyfile(OVERRIDDEN)
    shop.runpytest_subprocess().assert_outcomes(passed=1)


def test_each_is_documented_where_pytest_lists_fixtures(shop: pytest.Pytester) -> None:
    shown = shop.runpytest_subprocess("--fixtures").stdout.str()
    for name in ("kessai_sandbox", "kessai_sandbox_session", "zaif_client", "zaif_async_client"):
        assert f"\n{name}" in shown
    assert "no docstring available" not in shown.split("kessai.pytest_plugin")[-1].split("---")[0]


def test_where_the_sandbox_is_missing_it_says_so_and_nothing_is_skipped(
    shop: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KESSAI_SANDBOX", raising=False)
    monkeypatch.setenv("PATH", "")
    shop.makepyfile("def test_paying(zaif_client): pass")
    result = shop.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*pip install kessai*sandbox*"])


def test_a_run_that_asks_for_none_of_them_imports_nothing_of_kessai(
    shop: pytest.Pytester,
) -> None:
    shop.makepyfile(
        """
        import sys

        def test_nothing():
            assert "kessai.testing" not in sys.modules
            assert "kessai._zaif_async" not in sys.modules
        """
    )
    shop.runpytest_subprocess().assert_outcomes(passed=1)
