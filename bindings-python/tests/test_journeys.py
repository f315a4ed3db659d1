"""Whole stories, from the first call to the sandbox's books."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest

import kessai
from conftest import cases
from kessai import zaif
from kessai.testing import Sandbox

Names = dict[str, str]


def filled(value: Any, names: Names) -> Any:
    """Put what is known by now in the place of ``$name``."""
    if isinstance(value, dict):
        return {name: filled(inner, names) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, names) for inner in value]
    if isinstance(value, str):
        for name, text in names.items():
            value = value.replace(f"${name}", text)
    return value


def told(value: Any) -> Any:
    """Money as text, as the stories tell it."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return str(value)
    return value


def check(result: Any, expect: Any) -> str | None:
    """Compare, and give what the step's name stands for from now on."""
    if isinstance(result, zaif.Invoice):
        fields = {name: told(value) for name, value in result.to_dict().items()}
        assert {name: fields[name] for name in expect} == expect
        return result.invoice_id
    if isinstance(result, zaif.Resumed):
        if result.invoice is None:
            assert expect == {"outcome": "not_done"}
        else:
            invoice_id, others = result.invoice.invoice_id, result.others
            assert expect == {"outcome": "done", "invoice_id": invoice_id, "others": others}
        return None
    if isinstance(result, str):
        return result
    if result and isinstance(result[0] if isinstance(result, list) else None, zaif.Invoice):
        result = [invoice.invoice_id for invoice in result]
    assert result == expect
    return None


def prepared(method: str, given: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Give what a call is about first, and hints as what they are."""
    if "hint" in given:
        given["hint"] = zaif.Hint(given["hint"])
    for first in ("handle", "invoice_id", "order_number", "hint", "method"):
        if first in given and method not in ("create_invoice", "ensure_invoice", "resume_handle"):
            if first == "order_number" and method == "confirm":
                continue
            return [given.pop(first)], given
    return [], given


class Blocking:
    """Plays a story with the blocking client."""

    def __init__(self, sandbox: Sandbox, options: dict[str, Any]) -> None:
        self.client = zaif.Client(**sandbox.zaif, **options)

    def call(self, method: str, given: dict[str, Any]) -> Any:
        positional, named = prepared(method, given)
        return getattr(self.client, method)(*positional, **named)


class Asynchronous(Blocking):
    """Plays a story with the asynchronous client, each call in a loop of its own."""

    def __init__(self, sandbox: Sandbox, options: dict[str, Any]) -> None:
        self.client = zaif.AsyncClient(**sandbox.zaif, **options)  # type: ignore[assignment]

    def call(self, method: str, given: dict[str, Any]) -> Any:
        async def call() -> Any:
            positional, named = prepared(method, given)
            return await getattr(self.client, method)(*positional, **named)

        return asyncio.run(call())


@pytest.mark.parametrize("player", [Blocking, Asynchronous])
@pytest.mark.parametrize("case", cases("scenarios/journeys.json"))
def test_every_story_ends_as_told(case: Any, player: type[Blocking], sandbox: Sandbox) -> None:
    play = player(sandbox, case.get("options", {}))
    names: Names = {}
    for step in case["steps"]:
        if "sandbox" in step:
            sandbox.control(filled(step["sandbox"], names), step["body"])
            continue
        given = filled(step["with"], names)
        if "fails" in step:
            with pytest.raises(kessai.KessaiError) as caught:
                play.call(step["do"], given)
            expect = filled(step["fails"], names)
            facts = {name: getattr(caught.value, name) for name in expect}
            assert facts == expect, step
            continue
        named = check(play.call(step["do"], given), filled(step.get("gives", {}), names))
        if "as" in step and named is not None:
            names[step["as"]] = named
    for order, count in case.get("live", {}).items():
        live = [
            invoice
            for invoice in sandbox.ledger()["invoices"]
            if invoice["order_number"] == order
            and invoice["status"] in ("new", "paid", "confirmed", "complete")
        ]
        assert len(live) == count
