"""Cancelling a call of iPay: at once, and with what finds out what became of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import trio

from kessai import ipay
from scripted import Answer, Request, Scripted, payment, scripted
from support import becomes, told, until


class Held:
    """A service that keeps its first request waiting."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.came = 0

    def __call__(self, _: Request) -> Answer:
        self.came += 1
        if self.came == 1:
            self.go_on.wait(20)
        return 200, payment()


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def service(held: Held) -> Iterator[Scripted]:
    with scripted() as running:
        running.says(held)
        yield running
        held.go_on.set()


async def resumed(service: Scripted, carried: dict[str, Any]) -> None:
    assert carried["outcome"] == "unknown"
    assert "result" not in carried
    client = ipay.AsyncClient(**service.account())
    assert type(await client.resume_payment(carried["resume"])) is ipay.Succeeded
    first, second = service.requests
    assert first.body == second.body
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]


def create(client: ipay.AsyncClient) -> Any:
    return client.create_payment(amount=500, currency="JPY", metadata={"orderId": "A-1001"})


def test_in_asyncio(service: Scripted, held: Held) -> None:
    async def story() -> None:
        task = asyncio.ensure_future(create(ipay.AsyncClient(**service.account())))
        await becomes(lambda: held.came)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        held.go_on.set()
        await resumed(service, told(caught.value))

    asyncio.run(story())


def test_in_trio(service: Scripted, held: Held) -> None:
    carried: dict[str, Any] = {}

    async def call() -> None:
        try:
            await create(ipay.AsyncClient(**service.account()))
        except trio.Cancelled as cancelled:
            carried.update(vars(cancelled))
            raise

    async def story() -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(call)
            await trio.to_thread.run_sync(until, lambda: held.came)
            nursery.cancel_scope.cancel()
        held.go_on.set()
        known = {name: carried[name] for name in ("outcome", "resume")}
        await resumed(service, known)

    trio.run(story)
