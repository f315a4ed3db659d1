"""Cancelling: it ends at once, and tells what is known of the call."""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from typing import Any

import pytest

import kessai
from kessai import zaif
from kessai.testing import Sandbox
from support import becomes, calls, live, told, until

SILENCE = "timeout_before_execute"


def hold(sandbox: Sandbox, method: str, fault: str = SILENCE) -> None:
    """From now on these calls get no answer."""
    sandbox.faults([{"match": {"method": method}, "fault": fault}])


async def cancelled(task: asyncio.Task[Any]) -> asyncio.CancelledError:
    """Cancel a task, and give what it ended with."""
    task.cancel()
    with pytest.raises(asyncio.CancelledError) as caught:
        await task
    return caught.value


def create(client: zaif.AsyncClient, order_number: str = "A-1") -> asyncio.Task[zaif.Invoice]:
    return asyncio.ensure_future(
        client.create_invoice(currency="btc", amount=500, order_number=order_number)
    )


def test_a_held_read_ends_at_once_and_has_done_nothing(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, timeout=60)
    hold(sandbox, "getInvoice")

    async def one(number: int) -> float:
        task = asyncio.ensure_future(client.get_invoice("some-invoice"))
        await becomes(lambda: len(calls(sandbox, "getInvoice")) > number)
        began = time.monotonic()
        carried = told(await cancelled(task))
        assert carried == {"outcome": "not_done", "resume": None}
        return time.monotonic() - began

    async def several() -> list[float]:
        return [await one(number) for number in range(5)]

    # One of them may be held up by whatever else this machine does.
    assert statistics.median(asyncio.run(several())) < 0.3


def test_a_cancelled_create_is_resumed_with_what_it_carried(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, settle=1, timeout=60)
    hold(sandbox, "createInvoice", "timeout_after_execute")

    async def story() -> zaif.Resumed:
        task = create(client)
        await becomes(lambda: calls(sandbox, "createInvoice"))
        carried = told(await cancelled(task))
        assert carried["outcome"] == "unknown"
        assert "result" not in carried
        sandbox.clear_faults()
        return await client.resume(carried["resume"])

    resumed = asyncio.run(story())
    assert resumed.outcome == "done"
    assert resumed.invoice is not None
    assert [resumed.invoice.invoice_id] == live(sandbox, "A-1")


def test_a_cancelled_create_that_never_began_is_settled_as_not_done(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, settle=1, timeout=60)
    hold(sandbox, "createInvoice")

    async def story() -> zaif.Resumed:
        task = create(client)
        await becomes(lambda: calls(sandbox, "createInvoice"))
        carried = told(await cancelled(task))
        assert carried["outcome"] == "unknown"
        sandbox.clear_faults()
        return await client.resume(carried["resume"])

    assert asyncio.run(story()).outcome == "not_done"
    assert sandbox.ledger()["invoices"] == []


def test_a_cancelled_settling_ends_at_once(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, settle=60, timeout=200)
    sandbox.faults(
        [{"match": {"method": "createInvoice"}, "fault": "reset_before_execute", "times": 1}]
    )

    async def story() -> float:
        task = create(client)
        # The look that comes before the wait.
        await becomes(lambda: calls(sandbox, "getInvoiceIdsByOrderNumber"))
        began = time.monotonic()
        carried = told(await cancelled(task))
        assert carried["outcome"] == "unknown"
        assert carried["resume"]
        return time.monotonic() - began

    assert asyncio.run(story()) < 2


def test_a_queued_call_that_is_cancelled_sends_nothing(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, threads=1, timeout=60)
    hold(sandbox, "getInvoice")

    async def story() -> None:
        first = asyncio.ensure_future(client.get_invoice("some-invoice"))
        await becomes(lambda: calls(sandbox, "getInvoice"))
        queued = create(client)
        # It has its place in the queue, and the only thread is taken.
        await asyncio.sleep(0)
        began = time.monotonic()
        carried = told(await cancelled(queued))
        assert time.monotonic() - began < 0.3
        assert carried == {"outcome": "not_done", "resume": None}
        await cancelled(first)
        sandbox.clear_faults()
        # What comes after it is served; what was cancelled is gone.
        assert await client.find_invoice_ids("A-1") == []

    asyncio.run(story())
    assert calls(sandbox, "createInvoice") == []


def test_a_queued_call_ends_by_its_own_deadline(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, threads=1, timeout=60)
    hold(sandbox, "getInvoice")

    async def story() -> None:
        first = asyncio.ensure_future(client.get_invoice("some-invoice"))
        await becomes(lambda: calls(sandbox, "getInvoice"))
        began = time.monotonic()
        with pytest.raises(kessai.KessaiTimeoutError) as caught:
            await client.create_invoice(currency="btc", amount=500, order_number="A-1", timeout=0.5)
        assert 0.5 <= time.monotonic() - began < 1.5
        assert caught.value.outcome == "not_done"
        await cancelled(first)

    asyncio.run(story())
    assert calls(sandbox, "createInvoice") == []


def test_a_queued_wait_has_the_patience_of_a_wait(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, threads=1, timeout=1)

    async def story() -> zaif.Invoice:
        made = await client.create_invoice(currency="btc", amount=500, order_number="A-1")
        sandbox.pay(made.invoice_id)
        hold(sandbox, "getInvoiceIdsByOrderNumber")
        first = asyncio.ensure_future(client.find_invoice_ids("A-1", timeout=3))
        await becomes(lambda: calls(sandbox, "getInvoiceIdsByOrderNumber"))
        waiting = asyncio.ensure_future(
            client.wait_for(made.invoice_id, until=zaif.Until.MONEY_SEEN)
        )
        with pytest.raises(kessai.KessaiTimeoutError):
            await first
        return await waiting

    assert asyncio.run(story()).is_money_seen


def test_a_call_that_was_done_all_the_same_says_so_and_brings_its_result(
    sandbox: Sandbox,
) -> None:
    over: list[str] = []
    client = zaif.AsyncClient(**sandbox.zaif, on_event=lambda event: over.append(event["name"]))

    async def late(task: asyncio.Task[Any]) -> dict[str, Any]:
        # The loop stands still until the call is over, so that it is cancelled
        # between its end and the moment its result is taken.
        over.clear()
        await asyncio.sleep(0)
        until(lambda: "call" in over)
        time.sleep(0.1)
        return told(await cancelled(task))

    async def story() -> None:
        handle = await client.resume_handle(currency="btc", amount=500, order_number="A-1")
        carried = await late(create(client))
        assert (carried["outcome"], carried["resume"]) == ("done", None)
        made = carried["result"]
        assert type(made) is zaif.Invoice
        assert [made.invoice_id] == live(sandbox, "A-1")
        carried = await late(asyncio.ensure_future(client.find_invoices("A-1")))
        assert [invoice.invoice_id for invoice in carried["result"]] == [made.invoice_id]
        carried = await late(asyncio.ensure_future(client.get_info()))
        assert type(carried["result"]["server_time"]) is int
        carried = await late(asyncio.ensure_future(client.resume(handle, timeout=60)))
        assert carried["result"].outcome == "done"
        carried = await late(asyncio.ensure_future(client.get_supported_currencies()))
        assert carried["result"]["btc"] == "Bitcoin"

    asyncio.run(story())


def test_a_second_cancel_does_not_lose_what_the_first_learns(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, settle=1, timeout=60)
    hold(sandbox, "createInvoice", "timeout_after_execute")

    async def story() -> dict[str, Any]:
        task = create(client)
        await becomes(lambda: calls(sandbox, "createInvoice"))
        task.cancel()
        await asyncio.sleep(0)
        return told(await cancelled(task))

    carried = asyncio.run(story())
    assert carried["outcome"] == "unknown"
    assert carried["resume"]


def test_wait_for_ends_the_call_and_keeps_the_cancellation_as_its_cause(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, settle=1, timeout=60)
    hold(sandbox, "createInvoice", "timeout_after_execute")

    async def story() -> BaseException | None:
        with pytest.raises(asyncio.TimeoutError) as caught:
            await asyncio.wait_for(create(client), 0.5)
        return caught.value.__cause__

    cause = asyncio.run(story())
    assert isinstance(cause, asyncio.CancelledError)
    assert told(cause)["outcome"] == "unknown"


# Before 3.11 there is no asyncio.timeout; wait_for is tested above.
if sys.version_info >= (3, 11):

    def test_a_timeout_ends_the_call_and_the_task_goes_on(sandbox: Sandbox) -> None:
        client = zaif.AsyncClient(**sandbox.zaif, settle=1, timeout=60)
        hold(sandbox, "createInvoice", "timeout_after_execute")

        async def story() -> float:
            began = time.monotonic()
            with pytest.raises(TimeoutError) as caught:
                async with asyncio.timeout(0.5):
                    await client.create_invoice(currency="btc", amount=500, order_number="A-1")
            took = time.monotonic() - began
            cause = caught.value.__cause__
            sandbox.clear_faults()
            resumed = await client.resume(told(cause)["resume"])
            assert resumed.outcome == "done"
            return took

        assert 0.5 <= asyncio.run(story()) < 1.5
