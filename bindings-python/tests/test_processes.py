"""Processes that share one API key through a file."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

import kessai
from kessai import zaif
from kessai.testing import Sandbox, ZaifAccount

PROCESSES = 16
CALLS = 100


def worker(account: ZaifAccount, path: str, invoice_id: str) -> None:
    client = zaif.Client(**account, nonces=f"file:{path}", timeout=120)
    for _ in range(CALLS):
        assert client.get_invoice(invoice_id).invoice_id == invoice_id


@pytest.mark.slow
def test_none_is_lost_and_no_nonce_is_used_twice(sandbox: Sandbox, tmp_path: Path) -> None:
    path = str(tmp_path / "nonce")
    client = zaif.Client(**sandbox.zaif, nonces=f"file:{path}")
    invoice = client.create_invoice(currency="btc", amount=500, order_number="A-1")
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=worker, args=(sandbox.zaif, path, invoice.invoice_id))
        for _ in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    requests = [r for r in sandbox.ledger()["requests"] if r["nonce"] is not None]
    nonces = [request["nonce"] for request in requests]
    assert len(set(nonces)) == len(nonces)
    assert sum(request["executed"] for request in requests) == 1 + PROCESSES * CALLS


def test_a_file_that_cannot_be_used_is_explained(sandbox: Sandbox, tmp_path: Path) -> None:
    client = zaif.Client(**sandbox.zaif, nonces=f"file:{tmp_path}/no/such/folder/nonce")
    with pytest.raises(kessai.NonceError) as caught:
        client.find_invoice_ids("A-1")
    assert (caught.value.code, caught.value.outcome) == ("zaif.nonce_store", "not_done")
