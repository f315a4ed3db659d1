"""Lists: page by page, in front of and behind an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import trio

import kessai
from kessai import ipay
from scripted import Answer, Request, Scripted, page_of, payment, scripted

NAMES = [f"pay_{number}" for number in range(5)]


@pytest.fixture
def service() -> Iterator[Scripted]:
    with scripted() as running:
        running.says(lambda request: page_of(request, len(NAMES)))
        yield running


def asked(service: Scripted) -> list[str | None]:
    return [request.query.get("starting_after") for request in service.requests]


def test_a_list_is_fetched_as_it_is_walked_through(service: Scripted) -> None:
    client = ipay.Client(**service.account())
    payments = client.list_payments(limit=2)
    assert service.requests == []
    assert iter(payments) is payments
    first = next(payments)
    assert type(first) is ipay.Succeeded
    assert next(payments).id == "pay_1"
    assert asked(service) == [None]
    assert [payment.id for payment in payments] == NAMES[2:]
    assert asked(service) == [None, "pay_1", "pay_3"]
    assert list(payments) == []
    assert len(service.requests) == 3
    assert {request.query["limit"] for request in service.requests} == {"2"}


def test_whole_pages(service: Scripted) -> None:
    client = ipay.Client(**service.account())
    pages = list(client.list_payments(limit=2).pages())
    assert [[p.id for p in page.items] for page in pages] == [NAMES[:2], NAMES[2:4], NAMES[4:]]
    assert [page.next for page in pages] == ["pay_1", "pay_3", None]
    assert "pay_4" in repr(pages[-1])
    later = client.list_payments(limit=2, starting_after="pay_2")
    assert [payment.id for payment in later] == NAMES[3:]


def test_filters_go_with_every_page(service: Scripted) -> None:
    refund = {"id": "re_1", "status": "succeeded", "amount": 1, "payment": "pay_1"}
    service.says(
        (200, {"data": [refund], "has_more": True}),
        (200, {"data": [{**refund, "id": "re_2"}], "has_more": False}),
    )
    client = ipay.Client(**service.account())
    assert [r.id for r in client.list_refunds(payment="pay_1")] == ["re_1", "re_2"]
    assert [request.query.get("payment") for request in service.requests] == ["pay_1", "pay_1"]


def failing_once(number: int) -> Any:
    """A service whose request of this number fails."""
    seen: list[Request] = []

    def says(request: Request) -> Answer:
        seen.append(request)
        if len(seen) == number:
            return 403, {"message": "not now"}
        return page_of(request, len(NAMES))

    return says


def test_an_error_rises_where_its_page_was_needed_and_the_walk_can_go_on(
    service: Scripted,
) -> None:
    service.says(failing_once(2))
    client = ipay.Client(**service.account())
    payments = client.list_payments(limit=2)
    got = [next(payments).id, next(payments).id]
    with pytest.raises(kessai.KessaiPermissionError):
        next(payments)
    got += [payment.id for payment in payments]
    assert got == NAMES


def test_only_one_page_is_held(service: Scripted) -> None:
    import tracemalloc

    def endless(request: Request) -> Answer:
        start = int(request.query.get("starting_after", "pay_0").removeprefix("pay_"))
        items = [payment(id=f"pay_{start + n + 1}", description="x" * 500) for n in range(100)]
        return 200, {"data": items, "has_more": start < 3_000}

    service.says(endless)
    client = ipay.Client(**service.account())
    payments = client.list_payments(limit=100)
    for _ in range(200):
        next(payments)
    service.requests.clear()
    tracemalloc.start()
    try:
        count = 0
        for _ in payments:
            count += 1
            if count % 100 == 0:
                service.requests.clear()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count > 2_500
    assert peak < 2_000_000


async def walk(service: Scripted) -> None:
    client = ipay.AsyncClient(**service.account())
    payments = client.list_payments(limit=2)
    assert service.requests == []
    assert (await payments.__anext__()).id == "pay_0"
    assert [payment.id async for payment in payments] == NAMES[1:]
    pages = [page async for page in client.list_payments(limit=2).pages()]
    assert [page.next for page in pages] == ["pay_1", "pay_3", None]
    assert asked(service) == [None, "pay_1", "pay_3"] * 2
    service.says(failing_once(2))
    payments = client.list_payments(limit=2)
    got = [(await payments.__anext__()).id for _ in range(2)]
    with pytest.raises(kessai.KessaiPermissionError):
        await payments.__anext__()
    got += [payment.id async for payment in payments]
    assert got == NAMES


def test_the_same_in_asyncio(service: Scripted) -> None:
    asyncio.run(walk(service))


def test_the_same_in_trio(service: Scripted) -> None:
    trio.run(walk, service)


async def create(service: Scripted) -> None:
    client = ipay.AsyncClient(**service.account())
    service.says((200, payment()))
    made = await client.create_payment(amount=500, currency="JPY")
    assert type(made) is ipay.Succeeded
    page = ipay.AsyncPublishableClient("pk_test_k", base_url=service.base_url)
    service.says((200, {"id": "tok_1"}))
    token = await page.create_token(number="4242424242424242", exp_month=1, exp_year=2030, cvc="1")
    assert token.id == "tok_1"


def test_calls_in_both_event_loops(service: Scripted) -> None:
    asyncio.run(create(service))
    trio.run(create, service)
