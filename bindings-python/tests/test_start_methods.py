"""Processes however they are started, and threads, that share one client."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kessai import zaif
from kessai.testing import Sandbox, ZaifAccount
from test_fork import children_end_well, fork

CALLS = 50


def in_a_child(account: ZaifAccount, invoice: zaif.Invoice, hint: zaif.Hint, answers: Any) -> None:
    """What a worker does: it gets what can be pickled and makes its own client."""
    client = zaif.Client(**account, timeout=60)
    read = client.confirm(hint, order_number="A-1", amount=500)
    assert read.invoice_id == invoice.invoice_id
    again = asyncio.run(zaif.AsyncClient(**account, timeout=60).get_invoice(invoice.invoice_id))
    answers.put((os.getpid(), again))


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_processes_work_and_send_invoices_home(method: str, sandbox: Sandbox) -> None:
    client = zaif.Client(**sandbox.zaif)
    # The parent has used both kinds of client before its children begin.
    invoice = client.create_invoice(currency="btc", amount=500, order_number="A-1")
    asyncio.run(zaif.AsyncClient(**sandbox.zaif).get_invoice(invoice.invoice_id))
    context: Any = multiprocessing.get_context(method)
    answers = context.Queue()
    hint = zaif.Hint.about(invoice.invoice_id)
    workers = [
        context.Process(target=in_a_child, args=(sandbox.zaif, invoice, hint, answers))
        for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    told = [answers.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len({pid for pid, _ in told} | {os.getpid()}) == 4
    assert all(read == client.get_invoice(invoice.invoice_id) for _, read in told)
    assert all(type(read) is zaif.Invoice for _, read in told)


def test_an_asynchronous_client_used_before_a_fork_serves_the_children(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, timeout=60, threads=4)

    async def make() -> list[zaif.Invoice]:
        return await asyncio.gather(
            *(
                client.create_invoice(currency="btc", amount=1_000 + n, order_number=f"A-{n}")
                for n in range(4)
            )
        )

    # Its threads are there, idle, and are the parent's alone.
    invoices = asyncio.run(make())

    async def read(invoice: zaif.Invoice) -> None:
        reads = (client.get_invoice(invoice.invoice_id) for _ in range(CALLS))
        assert {read.amount for read in await asyncio.gather(*reads)} == {invoice.amount}

    children = []
    for invoice in invoices:
        child = fork()
        if child == 0:
            children_end_well(lambda invoice=invoice: asyncio.run(read(invoice)))  # type: ignore[misc]
        children.append(child)
    asyncio.run(read(invoices[0]))
    statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert statuses == [0] * len(children)
    # Without a file for their nonces two processes may pick the same one at the
    # same microsecond: one of the two is then rejected, and repeated.
    rows = [row for row in sandbox.ledger()["requests"] if row["nonce"] and row["executed"]]
    assert len({row["nonce"] for row in rows}) == len(rows)
    assert sum(row["method"] == "getInvoice" for row in rows) == 5 * CALLS


def test_a_fork_within_a_running_loop_leaves_the_parent_s_calls_alone(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, timeout=60)
    sandbox.faults([{"match": {"method": "getInvoice"}, "fault": "latency", "ms": 200}])

    async def story() -> tuple[zaif.Invoice, int]:
        made = await client.create_invoice(currency="btc", amount=500, order_number="A-1")
        under_way = asyncio.ensure_future(client.get_invoice(made.invoice_id))
        await asyncio.sleep(0)
        child = fork()
        if child == 0:
            # The child has the client but none of its threads, and a loop of its own.
            def ask() -> None:
                blocking = zaif.Client(**sandbox.zaif, timeout=60)
                assert blocking.find_invoice_ids("A-1") == [made.invoice_id]

            children_end_well(ask)
        return await under_way, child

    read, child = asyncio.run(story())
    assert read.order_number == "A-1"
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_threads_share_one_client_and_each_gets_its_own_answer(sandbox: Sandbox) -> None:
    client = zaif.Client(**sandbox.zaif, timeout=60)
    start = threading.Barrier(8)

    def one(number: int) -> list[Any]:
        start.wait()
        made = client.create_invoice(
            currency="btc", amount=1_000 + number, order_number=f"A-{number}"
        )
        return [client.get_invoice(made.invoice_id).amount for _ in range(CALLS)]

    with ThreadPoolExecutor(8) as pool:
        amounts = list(pool.map(one, range(8)))
    assert amounts == [[1_000 + number] * CALLS for number in range(8)]
    nonces = [row["nonce"] for row in sandbox.ledger()["requests"] if row["nonce"] is not None]
    assert len(set(nonces)) == len(nonces)
