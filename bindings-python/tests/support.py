"""What several tests need: patience with a limit, and a look into the books."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kessai.testing import Sandbox

T = TypeVar("T")

PATIENCE = 20.0


def until(condition: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Ask until the answer is yes, and give it; fail when it does not come."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < end, "what was waited for did not come"
        time.sleep(0.01)
    return answer


async def becomes(condition: Callable[[], T], seconds: float = PATIENCE) -> T:
    """The same beside an event loop of asyncio."""
    return await asyncio.get_running_loop().run_in_executor(None, until, condition, seconds)


def calls(sandbox: Sandbox, method: str) -> list[Any]:
    """Every call of a method that arrived."""
    return [row for row in sandbox.ledger()["requests"] if row["method"] == method]


def live(sandbox: Sandbox, order_number: str) -> list[str]:
    """The ids of the invoices that a customer could pay or has paid."""
    return [
        invoice["invoice_id"]
        for invoice in sandbox.ledger()["invoices"]
        if invoice["order_number"] == order_number
        and invoice["status"] in ("new", "paid", "confirmed", "complete")
    ]


def told(cancelled: BaseException | None) -> dict[str, Any]:
    """What a cancellation carries besides itself.

    Where a task ends, Python 3.10 makes a new one whose context is the old one.
    """
    assert cancelled is not None
    if sys.version_info < (3, 11) and cancelled.__context__ and not vars(cancelled):
        return told(cancelled.__context__)
    return vars(cancelled)


def threads_named(name: str) -> int:
    """How many threads of this process bear a name that begins so."""
    found = 0
    for task in Path("/proc/self/task").iterdir():
        try:
            found += (task / "comm").read_text().startswith(name)
        except OSError:
            # It ended while we looked.
            continue
    return found
