"""A process ends when its program does, whatever is under way."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time

import pytest

from kessai.testing import Sandbox

ROUNDS = 3

PREAMBLE = """
import asyncio, os, signal, sys, threading, time
from kessai import zaif
account = dict(key=sys.argv[1], secret=sys.argv[2], endpoint=sys.argv[3])
heard = []
def told(event):
    heard.append(event["name"])
"""

PROGRAMS = {
    "the program's own loop ends with calls under way": """
        client = zaif.AsyncClient(**account, timeout=60, on_event=told)
        async def main():
            for _ in range(8):
                asyncio.ensure_future(client.get_invoice("some-invoice"))
            await asyncio.sleep(0.3)
        asyncio.run(main())
    """,
    "a loop in another thread is left behind with calls under way": """
        client = zaif.AsyncClient(**account, timeout=60, on_event=told)
        async def main():
            await asyncio.gather(*(client.get_invoice("some-invoice") for _ in range(8)))
        threading.Thread(target=lambda: asyncio.run(main()), daemon=True).start()
        time.sleep(0.3)
    """,
    "calls end at the very moment the interpreter does": """
        client = zaif.AsyncClient(**account, timeout=60, on_event=told)
        async def main():
            while True:
                await asyncio.gather(*(client.get_supported_currencies() for _ in range(8)))
        threading.Thread(target=lambda: asyncio.run(main()), daemon=True).start()
        time.sleep(0.3)
        assert heard
    """,
    "blocking calls in other threads are left behind": """
        client = zaif.Client(**account, timeout=60, on_event=told)
        for _ in range(4):
            threading.Thread(
                target=client.get_invoice, args=["some-invoice"], daemon=True
            ).start()
        time.sleep(0.3)
    """,
    "blocking calls end at the very moment the interpreter does": """
        client = zaif.Client(**account, timeout=60, on_event=told)
        def main():
            while True:
                client.get_supported_currencies()
        for _ in range(4):
            threading.Thread(target=main, daemon=True).start()
        time.sleep(0.3)
        assert heard
    """,
    "the loop was closed while a call was under way": """
        client = zaif.AsyncClient(**account, timeout=60)
        loop = asyncio.new_event_loop()
        call = client.get_supported_currencies()
        task = loop.create_task(call)
        loop.call_later(0.05, loop.stop)
        loop.run_forever()
        task._log_destroy_pending = False
        loop.close()
        time.sleep(0.5)
    """,
}


def run(program: str, sandbox: Sandbox, timeout: float) -> subprocess.CompletedProcess[str]:
    account = sandbox.zaif
    return subprocess.run(
        [
            *(sys.executable, "-c", PREAMBLE + textwrap.dedent(program)),
            *(account["key"], account["secret"], account["endpoint"]),
        ],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_interpreter_ends_cleanly_when(name: str, sandbox: Sandbox) -> None:
    sandbox.faults(
        [
            {"match": {"method": "getInvoice"}, "fault": "timeout_before_execute"},
            {"match": {"method": "getSupportedCurrencies"}, "fault": "latency", "ms": 1},
        ]
    )
    for _ in range(ROUNDS):
        began = time.monotonic()
        ended = run(PROGRAMS[name], sandbox, timeout=30)
        assert (ended.returncode, ended.stderr) == (0, "")
        # The calls themselves would have gone on for a minute.
        assert time.monotonic() - began < 10


def test_ctrl_c_ends_a_program_with_calls_under_way(sandbox: Sandbox) -> None:
    sandbox.faults([{"match": {"method": "createInvoice"}, "fault": "timeout_after_execute"}])
    ended = run(
        """
        client = zaif.AsyncClient(**account, timeout=60)
        async def main():
            threading.Timer(0.4, os.kill, [os.getpid(), signal.SIGINT]).start()
            try:
                await client.create_invoice(currency="btc", amount=500, order_number="A-1")
            except asyncio.CancelledError as cancelled:
                print(cancelled.outcome, cancelled.resume is not None)
                raise
        try:
            asyncio.run(main())
        except KeyboardInterrupt:
            print("interrupted")
        """,
        sandbox,
        timeout=20,
    )
    assert ended.stdout.split("\n")[:2] == ["unknown True", "interrupted"], ended.stderr


def test_ctrl_c_in_trio_carries_what_is_known(sandbox: Sandbox) -> None:
    sandbox.faults([{"match": {"method": "createInvoice"}, "fault": "timeout_after_execute"}])
    ended = run(
        """
        import trio
        client = zaif.AsyncClient(**account, timeout=60)
        async def main():
            threading.Timer(0.4, os.kill, [os.getpid(), signal.SIGINT]).start()
            try:
                await client.create_invoice(currency="btc", amount=500, order_number="A-1")
            except (KeyboardInterrupt, trio.Cancelled) as ended:
                print(ended.outcome, ended.resume is not None)
                raise
        try:
            trio.run(main)
        except KeyboardInterrupt:
            print("interrupted")
        """,
        sandbox,
        timeout=20,
    )
    assert ended.stdout.split("\n")[:2] == ["unknown True", "interrupted"], ended.stderr


def test_no_thread_outlives_the_calls_that_queued(sandbox: Sandbox) -> None:
    ended = run(
        """
        client = zaif.AsyncClient(**account, timeout=60, threads=1)
        async def main():
            await asyncio.gather(*(client.get_supported_currencies() for _ in range(4)))
        asyncio.run(main())
        del client
        end = time.monotonic() + 8
        while len(os.listdir("/proc/self/task")) > 1 and time.monotonic() < end:
            time.sleep(0.05)
        print(len(os.listdir("/proc/self/task")))
        """,
        sandbox,
        timeout=30,
    )
    assert ended.stdout == "1\n", ended.stderr
