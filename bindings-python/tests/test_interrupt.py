"""Ctrl-C ends a call at once, and says what is known of it."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from kessai import zaif
from kessai.testing import Sandbox


def press_soon() -> None:
    threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGINT]).start()


def test_a_read_ends_at_once(sandbox: Sandbox, client: zaif.Client) -> None:
    assert client.find_invoice_ids("A-1") == []
    sandbox.faults([{"match": {}, "fault": "timeout_before_execute"}])
    press_soon()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt) as caught:
        client.find_invoice_ids("A-1")
    assert time.monotonic() - began < 1.5
    assert vars(caught.value) == {"outcome": "not_done", "resume": None}


def test_an_interrupted_create_can_be_resumed(sandbox: Sandbox) -> None:
    client = zaif.Client(**sandbox.zaif, settle=1)
    sandbox.faults([{"match": {"method": "createInvoice"}, "fault": "timeout_after_execute"}])
    press_soon()
    with pytest.raises(KeyboardInterrupt) as caught:
        client.create_invoice(currency="btc", amount=500, order_number="A-1")
    told = vars(caught.value)
    assert told["outcome"] == "unknown"
    sandbox.clear_faults()
    found = client.resume(told["resume"]).invoice
    assert found is not None
    assert found.order_number == "A-1"


def test_settling_ends_at_once(sandbox: Sandbox) -> None:
    client = zaif.Client(**sandbox.zaif, settle=60, timeout=200)
    sandbox.faults(
        [{"match": {"method": "createInvoice"}, "fault": "reset_before_execute", "times": 1}]
    )
    press_soon()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt) as caught:
        client.create_invoice(currency="btc", amount=500, order_number="A-1")
    assert time.monotonic() - began < 1.5
    assert vars(caught.value)["outcome"] == "unknown"
