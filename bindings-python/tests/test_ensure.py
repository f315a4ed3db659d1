"""The page of an order, loaded by many processes at once: one invoice, the same for all."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kessai
from kessai import zaif
from kessai.testing import Sandbox, ZaifAccount
from support import calls, live, told

PROCESSES = 8

# What befalls the creates of a round, and what the shop's patience is made of:
# commits lag behind by less than `settle`, which is what the promise asks for.
SETTLE = 2
ROUNDS: dict[str, list[dict[str, Any]]] = {
    "nothing goes wrong": [],
    "nothing goes wrong again": [],
    "the first answer is lost": [{"fault": "reset_after_execute", "times": 1}],
    "the first request is lost": [{"fault": "reset_before_execute", "times": 1}],
    "commits are slow": [{"fault": "commit_lag", "seconds": 1}],
    "commits are slow and the first answer is lost": [
        {"fault": "commit_lag", "seconds": 1},
        {"fault": "reset_after_execute", "times": 1},
    ],
    "answers are slow": [{"fault": "latency", "ms": 200}],
}


def page(account: ZaifAccount, path: str, orders: Any, told: Any) -> None:
    """A worker of the shop: loads the page of every order that it is told of."""
    client = zaif.Client(**account, nonces=f"file:{path}", settle=SETTLE, timeout=90)
    while (order := orders.get()) is not None:
        try:
            invoice = client.ensure_invoice(currency="btc", amount=500, order_number=order)
            told.put(invoice.invoice_id)
        except kessai.KessaiError as error:
            told.put(f"{error!r}")


class Shop:
    """Workers that load one page at the same moment."""

    def __init__(self, account: ZaifAccount, path: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._told = context.Queue()
        # One queue each: every worker must load every page.
        self._orders = [context.Queue() for _ in range(PROCESSES)]
        self._workers = [
            context.Process(target=page, args=(account, str(path), orders, self._told))
            for orders in self._orders
        ]
        for worker in self._workers:
            worker.start()

    def load(self, order: str) -> list[str]:
        for orders in self._orders:
            orders.put(order)
        return [self._told.get(timeout=120) for _ in self._workers]

    def close(self) -> None:
        for orders in self._orders:
            orders.put(None)
        for worker in self._workers:
            worker.join(30)
            assert worker.exitcode == 0


@pytest.fixture
def shop(sandbox: Sandbox, tmp_path: Path) -> Iterator[Shop]:
    running = Shop(sandbox.zaif, tmp_path / "nonces")
    yield running
    running.close()


@pytest.mark.slow
def test_every_process_gets_the_one_invoice_whatever_happens(sandbox: Sandbox, shop: Shop) -> None:
    # All of them are there before the first race.
    shop.load("A-first")
    for number, (name, faults) in enumerate(ROUNDS.items()):
        sandbox.faults([{"match": {"method": "createInvoice"}, **fault} for fault in faults])
        order = f"A-{number}"
        told = shop.load(order)
        used = sandbox.control("faults")["faults"]
        sandbox.clear_faults()
        assert all(rule["used"] for rule in used), name
        (one,) = live(sandbox, order)
        assert told == [one] * PROCESSES, name
        made = [row for row in sandbox.ledger()["invoices"] if row["order_number"] == order]
        # Not even for a moment were there two that a customer could have paid.
        assert len(made) == 1, name


def test_many_threads_and_tasks_get_the_one_invoice(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, timeout=60)

    async def loads() -> list[zaif.Invoice]:
        return await asyncio.gather(
            *(
                client.ensure_invoice(currency="btc", amount=500, order_number="A-1")
                for _ in range(20)
            )
        )

    invoices = asyncio.run(loads())
    (one,) = live(sandbox, "A-1")
    assert {invoice.invoice_id for invoice in invoices} == {one}
    assert sum(not invoice.adopted for invoice in invoices) == 1
    assert len(calls(sandbox, "createInvoice")) == 1


def test_a_create_whose_answer_is_lost_makes_no_second_one(sandbox: Sandbox) -> None:
    client = zaif.Client(**sandbox.zaif, settle=1, timeout=60)
    for order, fault in [("A-1", "reset_after_execute"), ("A-2", "cut_answer")]:
        sandbox.faults([{"match": {"method": "createInvoice"}, "fault": fault, "times": 1}])
        found = client.ensure_invoice(currency="btc", amount=500, order_number=order)
        assert [found.invoice_id] == live(sandbox, order)
        assert found.adopted


def test_a_page_without_patience_may_simply_be_loaded_again(sandbox: Sandbox) -> None:
    client = zaif.Client(**sandbox.zaif, settle=2, timeout=1)
    patient = zaif.Client(**sandbox.zaif, settle=2, timeout=60)
    sandbox.faults(
        [
            {"match": {"method": "createInvoice"}, "fault": "commit_lag", "seconds": 1},
            {"match": {"method": "createInvoice"}, "fault": "reset_after_execute", "times": 1},
        ]
    )
    with pytest.raises(kessai.OutcomeUnknownError) as caught:
        client.ensure_invoice(currency="btc", amount=500, order_number="A-1")
    assert caught.value.resume is not None
    found = patient.ensure_invoice(currency="btc", amount=500, order_number="A-1")
    assert [found.invoice_id] == live(sandbox, "A-1")
    assert len(sandbox.ledger()["invoices"]) == 1


def test_a_changed_basket_cancels_the_old_invoice_and_makes_one(
    sandbox: Sandbox, client: zaif.Client
) -> None:
    first = client.ensure_invoice(currency="btc", amount=500, order_number="A-1")
    for change in ({"currency": "btc", "amount": 700}, {"currency": "mona", "amount": 700}):
        other = client.ensure_invoice(order_number="A-1", **change)  # type: ignore[arg-type]
        assert (other.currency, other.amount) == (change["currency"], change["amount"])
        assert live(sandbox, "A-1") == [other.invoice_id]
        assert other.invoice_id != first.invoice_id
        assert client.get_invoice(first.invoice_id).status is zaif.Status.CANCELED
        first = other
    # And what was asked for before is a new wish, not an old invoice.
    again = client.ensure_invoice(currency="btc", amount=500, order_number="A-1")
    assert not again.adopted
    assert live(sandbox, "A-1") == [again.invoice_id]


def test_one_that_soon_runs_out_is_left_to_whoever_is_paying_it(
    sandbox: Sandbox, client: zaif.Client
) -> None:
    first = client.ensure_invoice(currency="btc", amount=500, order_number="A-1")
    sandbox.advance(500)
    same = client.ensure_invoice(currency="btc", amount=500, order_number="A-1", min_left=60)
    assert same.invoice_id == first.invoice_id
    other = client.ensure_invoice(currency="btc", amount=500, order_number="A-1")
    assert other.invoice_id != first.invoice_id
    assert client.get_invoice(first.invoice_id).status is zaif.Status.NEW
    sandbox.advance(200)
    assert client.get_invoice(first.invoice_id).status is zaif.Status.EXPIRED
    assert live(sandbox, "A-1") == [other.invoice_id]


def test_money_decides_and_is_flagged_where_it_differs(
    sandbox: Sandbox, client: zaif.Client
) -> None:
    first = client.ensure_invoice(currency="btc", amount=500, order_number="A-1")
    assert first.differs is False
    sandbox.pay(first.invoice_id)
    for wish, differs in [
        ({"currency": "btc", "amount": 700}, True),
        ({"currency": "mona", "amount": 500}, True),
        ({"currency": "btc", "amount": 500}, False),
    ]:
        found = client.ensure_invoice(order_number="A-1", **wish)  # type: ignore[arg-type]
        assert (found.invoice_id, found.differs) == (first.invoice_id, differs)
        assert found.is_money_seen
    assert len(sandbox.ledger()["invoices"]) == 1


@pytest.mark.parametrize("min_left", [-1, "soon", float("nan")])
def test_a_time_that_is_none_is_refused_by_name(min_left: Any, client: zaif.Client) -> None:
    with pytest.raises(kessai.InputError) as caught:
        client.ensure_invoice(currency="btc", amount=500, order_number="A-1", min_left=min_left)
    assert caught.value.param == "min_left"


def test_an_order_without_a_number_cannot_be_ensured(client: zaif.Client) -> None:
    with pytest.raises(kessai.InputError) as caught:
        client.ensure_invoice(currency="btc", amount=500)
    assert caught.value.param == "order_number"


def test_a_cancelled_load_of_a_page_leaves_the_order_free(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, timeout=60, settle=1)
    order: dict[str, Any] = {"currency": "btc", "amount": 500, "order_number": "A-1"}
    sandbox.faults(
        [{"match": {"method": "getInvoiceIdsByOrderNumber"}, "fault": "timeout_before_execute"}]
    )

    async def story() -> zaif.Invoice:
        under_way = asyncio.ensure_future(client.ensure_invoice(**order))
        waiting = asyncio.ensure_future(client.ensure_invoice(**order))
        await asyncio.sleep(0.2)
        began = time.monotonic()
        for task in (waiting, under_way):
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            assert told(caught.value)["outcome"] == "not_done"
        assert time.monotonic() - began < 2
        sandbox.clear_faults()
        return await client.ensure_invoice(**order)

    made = asyncio.run(story())
    assert live(sandbox, "A-1") == [made.invoice_id]
