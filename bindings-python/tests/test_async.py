"""The asynchronous client in asyncio: one for every loop, and in no loop's way."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

import kessai
from kessai import zaif
from kessai.testing import Sandbox
from support import calls, threads_named, until


@pytest.fixture
def client(sandbox: Sandbox) -> zaif.AsyncClient:
    return zaif.AsyncClient(**sandbox.zaif)


def test_a_payment_from_beginning_to_end(sandbox: Sandbox, client: zaif.AsyncClient) -> None:
    async def story() -> None:
        made = await client.create_invoice(currency="btc", amount=10_800, order_number="A-1")
        assert type(made) is zaif.Invoice
        handle = await client.resume_handle(currency="btc", amount=500, order_number="A-2")
        sandbox.pay(made.invoice_id)
        seen = await client.wait_for(made.invoice_id, until=zaif.Until.MONEY_SEEN, timeout=9)
        assert seen.status is zaif.Status.PAID
        sandbox.mine("btc", 3)
        hint = zaif.Hint.about(made.invoice_id)
        settled = await client.confirm(hint, order_number="A-1", amount=10_800)
        assert settled.is_settled
        assert await client.find_invoice_ids("A-1") == [made.invoice_id]
        assert await client.find_invoices("A-1") == [settled]
        other = await client.ensure_invoice(currency="mona", amount=500, order_number="A-2")
        found = await client.resume(handle)
        assert found.invoice is None or found.invoice.currency == "btc"
        canceled = await client.cancel_invoice(other.invoice_id)
        assert canceled.status is zaif.Status.CANCELED
        assert (await client.get_supported_currencies())["btc"] == "Bitcoin"
        assert type((await client.get_info())["server_time"]) is int
        answer = await client.call("getInvoice", {"invoiceId": made.invoice_id})
        assert answer["orderNumber"] == "A-1"

    client = zaif.AsyncClient(**sandbox.zaif, settle=1)
    asyncio.run(story())


def test_many_calls_at_once_share_few_threads() -> None:
    lock = threading.Lock()
    now = most = 0

    class Slow(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(0.05)
            with lock:
                now -= 1
            body = b'{"success": 1, "return": {"btc": "Bitcoin"}}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    async def crowd() -> list[dict[str, str]]:
        calls = (crowded.get_supported_currencies() for _ in range(40))
        return await asyncio.gather(*calls)

    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        endpoint = f"http://127.0.0.1:{server.server_port}/ecapi"
        crowded = zaif.AsyncClient(
            "sandbox_key", "sandbox_secret", endpoint=endpoint, threads=4, timeout=60
        )
        answers = asyncio.run(crowd())
        server.shutdown()
    assert answers == [{"btc": "Bitcoin"}] * 40
    # All of its threads were at work at once, and never one more.
    assert most == 4


def test_calls_that_overlap_all_succeed_and_share_no_nonce(
    sandbox: Sandbox, client: zaif.AsyncClient
) -> None:
    async def crowd() -> list[zaif.Invoice]:
        return await asyncio.gather(
            *(
                client.create_invoice(currency="btc", amount=1_000 + n, order_number=f"A-{n}")
                for n in range(60)
            )
        )

    invoices = asyncio.run(crowd())
    assert [invoice.amount for invoice in invoices] == [1_000 + n for n in range(60)]
    nonces = [row["nonce"] for row in sandbox.ledger()["requests"] if row["nonce"] is not None]
    assert len(set(nonces)) == len(nonces)
    assert len(sandbox.ledger()["invoices"]) == 60


def test_one_client_serves_one_loop_after_another(client: zaif.AsyncClient) -> None:
    made = asyncio.run(client.create_invoice(currency="btc", amount=500, order_number="A-1"))
    assert asyncio.run(client.find_invoice_ids("A-1")) == [made.invoice_id]


def test_one_client_serves_two_loops_in_two_threads(client: zaif.AsyncClient) -> None:
    async def many(name: str) -> list[zaif.Invoice]:
        return await asyncio.gather(
            *(
                client.create_invoice(currency="btc", amount=500, order_number=f"{name}-{n}")
                for n in range(20)
            )
        )

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda name: asyncio.run(many(name)), ["A", "B"]))
    orders = [[invoice.order_number for invoice in invoices] for invoices in both]
    assert orders == [[f"{name}-{n}" for n in range(20)] for name in ("A", "B")]


def test_the_loop_goes_on_while_calls_are_held_up(
    sandbox: Sandbox, client: zaif.AsyncClient
) -> None:
    sandbox.faults(
        [{"match": {"method": "getSupportedCurrencies"}, "fault": "latency", "ms": 1_500}]
    )

    async def longest_gap(seconds: float) -> float:
        longest, last = 0.0, time.monotonic()
        end = last + seconds
        while last < end:
            await asyncio.sleep(0.001)
            now = time.monotonic()
            longest, last = max(longest, now - last), now
        return longest

    async def measure() -> tuple[float, float]:
        idle = await longest_gap(1.2)
        work = asyncio.gather(*(client.get_supported_currencies() for _ in range(32)))
        busy = await longest_gap(1.2)
        assert not work.done(), "the calls were not under way while the loop was measured"
        await work
        return idle, busy

    idle, busy = asyncio.run(measure())
    # A loop that is held up by a single call stands still for 1.5 s.
    assert busy < 0.4 + 10 * idle


def test_exceptions_are_those_of_the_blocking_client(
    sandbox: Sandbox, client: zaif.AsyncClient
) -> None:
    blocking = zaif.Client(**sandbox.zaif)
    with pytest.raises(kessai.InvalidRequestError) as there:
        blocking.get_invoice("no-such-invoice")
    with pytest.raises(kessai.InvalidRequestError) as here:
        asyncio.run(client.get_invoice("no-such-invoice"))
    assert vars(here.value) == vars(there.value)
    with pytest.raises(kessai.InputError) as caught:
        asyncio.run(client.create_invoice(currency="btc", amount=1.5))  # type: ignore[arg-type]
    assert (caught.value.param, caught.value.outcome) == ("amount", "not_done")
    assert calls(sandbox, "createInvoice") == []


def test_a_lost_create_carries_its_handle_and_its_cause(sandbox: Sandbox) -> None:
    client = zaif.AsyncClient(**sandbox.zaif, settle=30, timeout=3)
    sandbox.faults([{"match": {"method": "createInvoice"}, "fault": "reset_before_execute"}])
    with pytest.raises(kessai.OutcomeUnknownError) as caught:
        asyncio.run(client.create_invoice(currency="btc", amount=500, order_number="A-1"))
    assert caught.value.resume is not None
    assert isinstance(caught.value.__cause__, kessai.KessaiError)


def test_a_closed_client_says_so(sandbox: Sandbox) -> None:
    async def story() -> zaif.AsyncClient:
        async with zaif.AsyncClient(**sandbox.zaif) as client:
            assert await client.find_invoice_ids("A-1") == []
        with pytest.raises(kessai.InputError, match="closed"):
            await client.find_invoice_ids("A-1")
        await client.close()
        return client

    assert "closed" in repr(asyncio.run(story()))


def test_closing_lets_what_is_under_way_end_well(
    sandbox: Sandbox, client: zaif.AsyncClient
) -> None:
    sandbox.faults([{"match": {"method": "createInvoice"}, "fault": "latency", "ms": 400}])

    async def story() -> zaif.Invoice:
        work = asyncio.ensure_future(
            client.create_invoice(currency="btc", amount=500, order_number="A-1")
        )
        # Started, and not yet answered.
        await asyncio.sleep(0)
        await client.close()
        return await work

    assert asyncio.run(story()).order_number == "A-1"


@pytest.mark.parametrize("threads", [0, 257, -1, 10**30, "4"])
def test_a_number_of_threads_beyond_the_bounds_is_refused(threads: Any, sandbox: Sandbox) -> None:
    with pytest.raises(kessai.InputError) as caught:
        zaif.AsyncClient(**sandbox.zaif, threads=threads)
    assert caught.value.param == "threads"


def test_an_asynchronous_client_from_the_environment(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZAIF_API_KEY", sandbox.zaif["key"])
    monkeypatch.setenv("ZAIF_API_SECRET", sandbox.zaif["secret"])
    monkeypatch.setenv("ZAIF_ENDPOINT", sandbox.zaif["endpoint"])
    client = zaif.AsyncClient.from_env(threads=2)
    assert type(client) is zaif.AsyncClient
    assert asyncio.run(client.find_invoice_ids("A-1")) == []


@pytest.mark.slow
def test_no_thread_is_left_after_a_while_without_work(client: zaif.AsyncClient) -> None:
    asyncio.run(client.find_invoice_ids("A-1"))
    assert threads_named("kessai call") >= 1
    until(lambda: threads_named("kessai call") == 0, 15)
    # And new ones come on demand.
    assert asyncio.run(client.find_invoice_ids("A-1")) == []
