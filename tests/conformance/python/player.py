"""Plays a case, step by step."""

from __future__ import annotations

import asyncio
import inspect
import time
from typing import Any

import kessai
import told
from calls import Calls, Delivered, Walk
from stage import LIVE, Stage
from told import Different, compare

# What a step of each kind may say.
KEYS = {
    "do": {
        "do",
        "client",
        "with",
        "of",
        "each",
        "take",
        "as",
        "gives",
        "contains",
        "fails",
        "within",
    },
    "sandbox": {"sandbox", "body"},
    "books": {"books", "ids", "live", "as"},
    "calls": {"calls"},
    "events": {"events"},
    "wire": {"wire", "tries", "executed", "replayed", "keys"},
    "made": {"made", "rows", "count"},
    "delivered": {"delivered", "as"},
}
CASE = {"name", "client", "key", "options", "in", "steps"}


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
        options = case.get("options", {})
        calls = self._calls(case.get("client", "zaif"), case.get("key"), options)
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
                    getattr(self, "_called" if kind == "calls" else f"_{kind}")(step)
            except Different as difference:
                raise Different(f"step {number}: {difference}") from None

    def _calls(self, client: str, key: Any, options: Any) -> Calls:
        account = self._stage.account(client, key)
        place = {
            "zaif": f"zaif.{self._client}",
            "ipay": f"ipay.{self._client}",
            "ipay.publishable": f"ipay.{self._client.replace('Client', 'PublishableClient')}",
        }[client]
        account.update({name: options[name] for name in options if name in account})
        return Calls(place, account, {n: v for n, v in options.items() if n not in account})

    def _do(self, calls: Calls, step: Any) -> None:
        given = self._filled(step.get("with", {}))
        of = self._names[step["of"]] if "of" in step else None
        began = time.monotonic()
        result: Any
        try:
            if "client" in step:
                calls = self._calls(step["client"], None, {})
            result = calls.make(step["do"], of, given, Walk(step))
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

    def _called(self, step: Any) -> None:
        compare(step["calls"], self._stage.calls())

    def _wire(self, step: Any) -> None:
        wire = self._stage.wire(step["wire"])
        for name in step.keys() - {"wire"}:
            expected, told_of = self._filled(step[name]), wire[name]
            if name == "keys" and not isinstance(expected, list):
                told_of = len(told_of)
            compare({name: expected}, {name: told_of})

    def _made(self, step: Any) -> None:
        made = self._stage.made(step["made"])
        if "rows" in step:
            compare(self._filled(step["rows"]), made)
        if "count" in step:
            compare(step["count"], len(made))

    def _delivered(self, step: Any) -> None:
        found = self._stage.delivered(step["delivered"])
        if found is None:
            raise Different(f"{step['delivered']} was not delivered")
        self._names[step["as"]] = Delivered(*found)

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
