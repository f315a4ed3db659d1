"""A create whose answer is lost: judged by the sandbox's own books."""

from __future__ import annotations

from typing import Any

import pytest

import kessai
from conftest import cases
from kessai import zaif
from kessai.testing import Sandbox


@pytest.mark.parametrize("case", cases("scenarios/lost_create.json"))
def test_never_two_and_never_lost(case: Any, sandbox: Sandbox) -> None:
    sandbox.faults(case["rules"])
    client = zaif.Client(
        **sandbox.zaif,
        settle=case["settle"],
        timeout=case["timeout"],
        max_retries=case.get("max_retries"),
    )
    error: kessai.KessaiError | None = None
    invoice: zaif.Invoice | None = None
    try:
        invoice = client.create_invoice(currency="btc", amount=500, order_number="A-1")
    except kessai.KessaiError as raised:
        error = raised

    books = sandbox.ledger()["invoices"]
    assert len(books) == case["live"]
    if invoice is not None:
        assert ("adopted" if invoice.adopted else "made") == case["result"]
        assert invoice.invoice_id == books[0]["invoice_id"]
    if error is not None:
        assert (error.code, error.outcome) == (case["result"], case["outcome"])
        assert (error.resume is not None) == (error.outcome == "unknown")
        if error.resume is not None:
            assert isinstance(error, kessai.OutcomeUnknownError)
            assert isinstance(error.__cause__, kessai.KessaiError)
            resumed = client.resume(error.resume)
            assert resumed.outcome == case["resume"]
            if resumed.invoice is not None:
                assert resumed.invoice.invoice_id == books[0]["invoice_id"]


def test_a_handle_from_before_the_call(sandbox: Sandbox) -> None:
    client = zaif.Client(**sandbox.zaif, settle=1)
    handle = client.resume_handle(currency="btc", amount=500, order_number="A-1")
    assert client.resume(handle).outcome == "not_done"
    made = client.create_invoice(currency="btc", amount=500, order_number="A-1")
    found = client.resume(handle).invoice
    assert found is not None
    assert found.invoice_id == made.invoice_id
