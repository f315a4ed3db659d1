"""Every message of the service, from the sandbox to a Python exception."""

from __future__ import annotations

from typing import Any

import pytest

import kessai
from conftest import cases
from kessai import zaif
from kessai.testing import Sandbox, ZaifAccount


def account(sandbox: Sandbox, key: Any) -> ZaifAccount:
    own = sandbox.zaif
    if key == "own":
        return own
    if key == "unknown":
        return {**own, "key": "00000000-0000-0000-0000-000000000000"}
    if key == "wrong_secret":
        return {**own, "secret": "not_the_secret"}
    issued = sandbox.control("zaif/keys", key)
    return {**own, "key": issued["key"], "secret": issued["secret"]}


@pytest.mark.parametrize("case", cases("scenarios/messages.json"))
def test_each_becomes_its_exception(case: Any, sandbox: Sandbox) -> None:
    for path, body in case.get("arrange", []):
        sandbox.control(path, body)
    client = zaif.Client(**account(sandbox, case["key"]), **case.get("options", {}))
    method, arguments = case["call"]
    if method in ("get_invoice", "find_invoice_ids", "call"):
        positional = [arguments.pop(next(iter(arguments)))]
    else:
        positional = []
    with pytest.raises(kessai.KessaiError) as caught:
        getattr(client, method)(*positional, **arguments)
    error = caught.value
    expect = case["expect"]
    assert error.code == expect["code"]
    assert error.kind == expect["kind"]
    assert error.outcome == expect["outcome"]
    assert error.retryable == expect["retryable"]
    assert error.param == expect.get("param")
    assert type(error) is not kessai.KessaiError
