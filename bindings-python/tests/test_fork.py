"""After a fork no child hears another's answer."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Callable
from typing import NoReturn

import pytest

from kessai import zaif
from kessai.testing import Sandbox

CHILDREN = 8
CALLS = 1_000


def fork() -> int:
    with warnings.catch_warnings():
        # Later Pythons warn of forking with threads: that is what is tested.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def children_end_well(work: Callable[[], object]) -> NoReturn:
    """Do the work of a child and end it, without what pytest does at its end."""
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


@pytest.mark.slow
def test_no_answer_is_crossed(sandbox: Sandbox) -> None:
    client = zaif.Client(**sandbox.zaif, timeout=60)
    invoices = [
        client.create_invoice(currency="btc", amount=1_000 + n, order_number=f"A-{n}")
        for n in range(CHILDREN)
    ]

    def read(invoice: zaif.Invoice) -> None:
        for _ in range(CALLS):
            read = client.get_invoice(invoice.invoice_id)
            assert (read.invoice_id, read.amount) == (invoice.invoice_id, invoice.amount)

    children = []
    for invoice in invoices:
        child = fork()
        if child == 0:
            children_end_well(lambda invoice=invoice: read(invoice))  # type: ignore[misc]
        children.append(child)
    statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert statuses == [0] * CHILDREN
    # The parent's own connection still answers the parent.
    assert client.get_invoice(invoices[0].invoice_id).amount == 1_000

    requests = sandbox.ledger()["requests"]
    executed = [r for r in requests if r["executed"] and r["nonce"] is not None]
    nonces = [r["nonce"] for r in executed]
    assert len(executed) == CHILDREN + CHILDREN * CALLS + 1
    assert len(set(nonces)) == len(nonces)
