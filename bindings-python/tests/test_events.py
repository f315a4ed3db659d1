"""The hook for logs and metrics: what it is told, when, and by whom."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
import time
import weakref
from typing import Any

import pytest

import kessai
from kessai import zaif
from kessai.testing import Sandbox
from support import becomes, calls, told

ALWAYS = {"name": str, "method": str, "attempt": int, "outcome": str, "duration": float}
SOMETIMES = {
    "code": str,
    "http_status": int,
    "request_id": str,
    "resume": str,
    "local_time": int,
    "server_time": int,
}


class Journal(list[zaif.Event]):
    """Keeps what it is told, and checks that it is what the type promises."""

    def __call__(self, event: zaif.Event) -> None:
        assert type(event) is dict
        assert ALWAYS.keys() <= event.keys() <= ALWAYS.keys() | SOMETIMES.keys()
        for name, value in event.items():
            assert type(value) is {**ALWAYS, **SOMETIMES}[name], name
        self.append(event)

    def lines(self) -> list[tuple[Any, ...]]:
        return [
            (
                *(event["name"], event["method"], event["attempt"], event["outcome"]),
                event.get("code"),
            )
            for event in self
        ]


@pytest.fixture
def journal() -> Journal:
    return Journal()


def test_the_types_are_those_that_the_dict_is_declared_with() -> None:
    from kessai._event import HookEvent

    assert HookEvent.__required_keys__ == ALWAYS.keys()
    assert HookEvent.__optional_keys__ == SOMETIMES.keys()
    assert zaif.Event is HookEvent


def test_a_call_that_ends_well_is_a_request_and_a_call(sandbox: Sandbox, journal: Journal) -> None:
    client = zaif.Client(**sandbox.zaif, on_event=journal)
    client.create_invoice(currency="btc", amount=500, order_number="A-1")
    assert journal.lines() == [
        ("request", "createInvoice", 1, "done", None),
        ("call", "create_invoice", 1, "done", None),
    ]
    request, call = journal
    assert request["http_status"] == 200
    assert 0 < request["duration"] <= call["duration"] < 15


def test_a_refusal_is_told_with_its_code(sandbox: Sandbox, journal: Journal) -> None:
    client = zaif.Client(**sandbox.zaif, on_event=journal)
    with pytest.raises(kessai.InvalidRequestError) as caught:
        client.get_invoice("no-such-invoice")
    assert journal.lines() == [
        ("request", "getInvoice", 1, caught.value.outcome, caught.value.code),
        ("call", "get_invoice", 1, caught.value.outcome, caught.value.code),
    ]


def test_every_try_is_told_and_then_the_call(sandbox: Sandbox, journal: Journal) -> None:
    client = zaif.Client(**sandbox.zaif, on_event=journal)
    sandbox.faults(
        [
            {
                "match": {"method": "getInvoiceIdsByOrderNumber"},
                "fault": "status",
                "status": 503,
                "headers": {"X-Request-Id": "req-7"},
                "times": 2,
            }
        ]
    )
    assert client.find_invoice_ids("A-1") == []
    assert [event["attempt"] for event in journal] == [1, 2, 3, 3]
    assert [event.get("http_status") for event in journal[:3]] == [503, 503, 200]
    assert [event.get("request_id") for event in journal[:3]] == ["req-7", "req-7", None]
    assert journal[-1]["name"] == "call"
    assert journal[-1]["outcome"] == "done"


def test_an_unknown_outcome_is_told_with_its_handle_before_it_is_raised(
    sandbox: Sandbox, journal: Journal
) -> None:
    client = zaif.Client(**sandbox.zaif, timeout=3, settle=30, on_event=journal)
    sandbox.faults([{"match": {"method": "createInvoice"}, "fault": "reset_before_execute"}])
    with pytest.raises(kessai.OutcomeUnknownError) as caught:
        client.create_invoice(currency="btc", amount=500, order_number="A-1")
    # It stood in the journal when the exception arrived here.
    last = journal[-1]
    assert (last["name"], last["outcome"]) == ("call", "unknown")
    assert last["resume"] == caught.value.resume


def test_what_never_leaves_is_told_as_not_done(sandbox: Sandbox, journal: Journal) -> None:
    account: dict[str, Any] = {**sandbox.zaif, "endpoint": "http://127.0.0.1:9/ecapi"}
    client = zaif.Client(**account, max_retries=0, on_event=journal)
    with pytest.raises(kessai.KessaiConnectionError):
        client.create_invoice(currency="btc", amount=500, order_number="A-1")
    assert {event["outcome"] for event in journal} == {"not_done"}
    assert journal[-1]["name"] == "call"


def test_a_clock_that_is_wrong_is_told_once_with_both_times(
    sandbox: Sandbox, journal: Journal
) -> None:
    sandbox.advance(3_600)
    client = zaif.Client(**sandbox.zaif, on_event=journal)
    client.find_invoice_ids("A-1")
    client.find_invoice_ids("A-1")
    (skew,) = [event for event in journal if event["name"] == "clock_skew"]
    assert abs(skew["local_time"] - time.time()) < 60
    assert 3_500 < skew["server_time"] - skew["local_time"] < 3_700
    nonces = [row["nonce"] for row in calls(sandbox, "getInvoiceIdsByOrderNumber")]
    assert len(nonces) == 2


def test_a_clock_that_is_right_is_not_told(sandbox: Sandbox, journal: Journal) -> None:
    zaif.Client(**sandbox.zaif, on_event=journal).find_invoice_ids("A-1")
    assert [event["name"] for event in journal] == ["request", "call"]


def test_a_cancellation_is_told_before_it_arrives(sandbox: Sandbox, journal: Journal) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, on_event=journal, timeout=60)
    sandbox.faults([{"match": {"method": "createInvoice"}, "fault": "timeout_after_execute"}])

    async def story() -> dict[str, Any]:
        task = asyncio.ensure_future(
            client.create_invoice(currency="btc", amount=500, order_number="A-1")
        )
        await becomes(lambda: calls(sandbox, "createInvoice"))
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        last = journal[-1]
        assert (last["name"], last["outcome"]) == ("call", "unknown")
        carried = told(caught.value)
        assert last["resume"] == carried["resume"]
        return carried

    assert asyncio.run(story())["outcome"] == "unknown"


def test_a_call_that_never_got_a_thread_is_told_as_not_done(
    sandbox: Sandbox, journal: Journal
) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, on_event=journal, timeout=60, threads=1)
    sandbox.faults([{"match": {"method": "getInvoice"}, "fault": "timeout_before_execute"}])

    async def story() -> None:
        first = asyncio.ensure_future(client.get_invoice("some-invoice"))
        await becomes(lambda: calls(sandbox, "getInvoice"))
        canceled = asyncio.ensure_future(client.find_invoice_ids("A-1"))
        await asyncio.sleep(0)
        canceled.cancel()
        with pytest.raises(kessai.KessaiTimeoutError):
            await client.find_invoices("A-1", timeout=0.2)
        first.cancel()
        await asyncio.wait([first, canceled])

    asyncio.run(story())
    told_of = {event["method"]: event["outcome"] for event in journal if event["name"] == "call"}
    assert told_of["find_invoice_ids"] == told_of["find_invoices"] == "not_done"


def test_an_asynchronous_client_tells_from_its_own_threads(sandbox: Sandbox) -> None:
    told: set[int] = set()
    client = zaif.AsyncClient(
        **sandbox.zaif, on_event=lambda _: told.add(threading.get_native_id())
    )
    asyncio.run(client.find_invoice_ids("A-1"))
    assert told
    # A slow hook must not hold up the loop.
    assert threading.get_native_id() not in told


@pytest.mark.parametrize("raises", [ValueError("of the hook"), kessai.KessaiError("of another")])
def test_what_a_hook_raises_changes_nothing_and_is_reported(
    raises: Exception, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", reported.append)

    def broken(_: zaif.Event) -> None:
        raise raises

    client = zaif.Client(**sandbox.zaif, on_event=broken)
    made = client.create_invoice(currency="btc", amount=500, order_number="A-1")
    with pytest.raises(kessai.InvalidRequestError):
        client.get_invoice("no-such-invoice")
    asynchronous = zaif.AsyncClient(**sandbox.zaif, on_event=broken)
    assert asyncio.run(asynchronous.find_invoice_ids("A-1")) == [made.invoice_id]
    assert [report.exc_value for report in reported] == [raises] * len(reported)
    assert [report.object for report in reported] == [broken] * len(reported)
    assert len(reported) == 6


def test_a_hook_may_make_calls_of_its_own(sandbox: Sandbox) -> None:
    seen: list[str] = []
    other = zaif.Client(**sandbox.zaif)

    def curious(event: zaif.Event) -> None:
        if event["name"] == "call":
            seen.extend(other.find_invoice_ids("A-1"))

    client = zaif.Client(**sandbox.zaif, on_event=curious)
    made = client.create_invoice(currency="btc", amount=500, order_number="A-1")
    assert seen == [made.invoice_id]


@pytest.mark.parametrize("hook", ["log.txt", 7, {}])
def test_what_cannot_be_called_is_no_hook(hook: Any, sandbox: Sandbox) -> None:
    for kind in (zaif.Client, zaif.AsyncClient):
        with pytest.raises(kessai.InputError) as caught:
            kind(**sandbox.zaif, on_event=hook)
        assert caught.value.param == "on_event"


def test_a_hook_goes_when_its_client_goes(sandbox: Sandbox) -> None:
    class Listener:
        def __call__(self, event: zaif.Event) -> None:
            pass

    listener = Listener()
    gone = weakref.ref(listener)
    client = zaif.Client(**sandbox.zaif, on_event=listener)
    client.find_invoice_ids("A-1")
    del listener, client
    gc.collect()
    assert gone() is None
