"""Plays a case, step by step."""

from __future__ import annotations

import asyncio
import inspect
import time
from typing import Any

import kessai
import told
from calls import Calls
from stage import LIVE, Stage
from told import Different, compare

# What a step of each kind may say.
KEYS = {
    "do": {"do", "with", "of", "as", "gives", "contains", "fails", "within"},
    "sandbox": {"sandbox", "body"},
    "books": {"books", "ids", "live", "as"},
    "calls": {"calls"},
    "events": {"events"},
}
CASE = {"name", "key", "options", "in", "steps"}


class Player:
    """Plays one case."""

    def __init__(self, stage: Stage, client: str) -> None:
        self._stage = stage
        self._client = client
        self._names: dict[str, Any] = {}
        self._loop = asyncio.new_event_loop()

    def play(self, case: Any) -> None:
        """Play it to the end, or to the first difference."""
        if unknown := case.keys() - CASE:
            raise Different(f"a case with {unknown}")
        account = self._stage.account(case.get("key", {}))
        calls = Calls(self._client, {**account, **case.get("options", {})})
        for number, step in enumerate(case["steps"], 1):
            kind = next((kind for kind in KEYS if kind in step), None)
            if kind is None or step.keys() - KEYS[kind]:
                raise Different(f"step {number} is of no known kind: {step}")
            try:
                if kind == "do":
                    self._do(calls, step)
                elif kind == "events":
                    compare(step["events"], [told.event(event) for event in calls.events])
                else:
                    getattr(self, f"_{kind}")(step)
            except Different as difference:
                raise Different(f"step {number}: {difference}") from None

    def _do(self, calls: Calls, step: Any) -> None:
        given = self._filled(step.get("with", {}))
        of = self._names[step["of"]] if "of" in step else None
        began = time.monotonic()
        result: Any
        try:
            result = calls.make(step["do"], of, given)
            if inspect.isawaitable(result):
                result = self._loop.run_until_complete(result)
        except kessai.KessaiError as error:
            if "fails" not in step:
                raise Different(f"it failed: {told.failure(error)}") from None
            compare(self._filled(step["fails"]), told.failure(error))
            result = error
        else:
            if "fails" in step:
                raise Different(f"it did not fail, but gave {told.told(result)}")
        took = time.monotonic() - began
        if "gives" in step:
            compare(self._filled(step["gives"]), told.told(result))
        if "contains" in step and self._filled(step["contains"]) not in told.told(result):
            raise Different(f"{step['contains']!r} is not in {told.told(result)!r}")
        if took > step.get("within", took):
            raise Different(f"it took {took:.1f} s")
        if "as" in step:
            self._names[step["as"]] = result

    def _sandbox(self, step: Any) -> None:
        self._stage.act(self._filled(step["sandbox"]), self._filled(step["body"]))

    def _books(self, step: Any) -> None:
        invoices = self._stage.books(step["books"])
        ids = [invoice["invoice_id"] for invoice in invoices]
        if "ids" in step:
            compare(self._filled(step["ids"]), ids)
        if "live" in step:
            compare(step["live"], sum(invoice["status"] in LIVE for invoice in invoices))
        if "as" in step:
            (self._names[step["as"]],) = ids

    def _calls(self, step: Any) -> None:
        compare(step["calls"], self._stage.calls())

    def _filled(self, value: Any) -> Any:
        """Put what is known by now in the place of ``$a``."""
        if isinstance(value, dict):
            return {name: self._filled(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(inner) for inner in value]
        if isinstance(value, str):
            for name, result in self._names.items():
                if f"${name}" in value:
                    value = value.replace(f"${name}", told.name(result))
        return value
