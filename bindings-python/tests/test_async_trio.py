"""The asynchronous client in trio."""

from __future__ import annotations

import time
from typing import Any

import pytest
import trio

import kessai
from kessai import zaif
from kessai.testing import Sandbox
from support import calls, live, until


def test_many_calls_at_once_each_get_their_own_answer(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, threads=4, timeout=60)
    amounts: dict[int, Any] = {}

    async def one(number: int) -> None:
        made = await client.create_invoice(
            currency="btc", amount=1_000 + number, order_number=f"A-{number}"
        )
        amounts[number] = (await client.get_invoice(made.invoice_id)).amount

    async def story() -> None:
        async with client, trio.open_nursery() as nursery:
            for number in range(30):
                nursery.start_soon(one, number)

    trio.run(story)
    assert amounts == {number: 1_000 + number for number in range(30)}


def test_the_loop_goes_on_while_a_call_is_held_up(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif)
    sandbox.faults(
        [{"match": {"method": "getSupportedCurrencies"}, "fault": "latency", "ms": 1_000}]
    )
    steps = 0

    async def story() -> None:
        nonlocal steps
        async with trio.open_nursery() as nursery:
            nursery.start_soon(client.get_supported_currencies)
            with trio.move_on_after(0.8):
                while True:
                    await trio.sleep(0.001)
                    steps += 1

    trio.run(story)
    assert steps > 50


def test_exceptions_are_those_of_the_blocking_client(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif)
    with pytest.raises(kessai.InvalidRequestError) as caught:
        trio.run(client.get_invoice, "no-such-invoice")
    assert caught.value.param == "invoice_id"


def test_a_cancelled_create_is_resumed_with_what_it_carried(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, settle=1, timeout=60)
    sandbox.faults([{"match": {"method": "createInvoice"}, "fault": "timeout_after_execute"}])
    carried: dict[str, Any] = {}
    took = 0.0

    async def call() -> None:
        try:
            await client.create_invoice(currency="btc", amount=500, order_number="A-1")
        except trio.Cancelled as cancelled:
            carried.update(outcome=cancelled.outcome, resume=cancelled.resume)  # type: ignore[attr-defined]
            raise

    async def story() -> zaif.Resumed:
        nonlocal took
        async with trio.open_nursery() as nursery:
            nursery.start_soon(call)
            await trio.to_thread.run_sync(until, lambda: calls(sandbox, "createInvoice"))
            nursery.cancel_scope.cancel()
            began = time.monotonic()
        took = time.monotonic() - began
        sandbox.clear_faults()
        return await client.resume(carried["resume"])

    resumed = trio.run(story)
    assert took < 1
    assert carried["outcome"] == "unknown"
    assert resumed.invoice is not None
    assert [resumed.invoice.invoice_id] == live(sandbox, "A-1")


def test_a_cancelled_read_has_done_nothing(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, timeout=60)
    sandbox.faults([{"match": {"method": "getInvoice"}, "fault": "timeout_before_execute"}])
    outcomes = []

    async def story() -> None:
        with trio.move_on_after(0.3) as scope:
            try:
                await client.get_invoice("some-invoice")
            except trio.Cancelled as cancelled:
                outcomes.append(cancelled.outcome)  # type: ignore[attr-defined]
                raise
        assert scope.cancelled_caught

    trio.run(story)
    assert outcomes == ["not_done"]


def test_one_client_serves_trio_and_asyncio_in_turn(sandbox: Sandbox) -> None:
    import asyncio

    client = zaif.AsyncClient(**sandbox.zaif)
    assert trio.run(client.find_invoice_ids, "A-1") == []
    assert asyncio.run(client.find_invoice_ids("A-1")) == []
    assert trio.run(client.find_invoice_ids, "A-1") == []
