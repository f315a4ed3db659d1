"""The sandbox in which a case plays: its own account, controls and books."""

from __future__ import annotations

import json
import os
import urllib.request
from typing import Any

LIVE = ("new", "paid", "confirmed", "complete")


class Stage:
    """A sandbox as it is at the start, with keys that no case had before."""

    def __init__(self, number: int) -> None:
        self._url = os.environ["KESSAI_TEST_URL"]
        self.act("reset", {"seed": number})

    def account(self, key: Any) -> dict[str, str]:
        """Give the account of a case: who calls, and where."""
        if key == "unknown":
            account = {"key": "00000000-0000-0000-0000-000000000000", "secret": "no_secret"}
        else:
            account = self.act("zaif/keys", {} if key == "wrong_secret" else key)
        if key == "wrong_secret":
            account["secret"] = "not_the_secret"
        endpoint = os.environ["KESSAI_TEST_ENDPOINT"]
        return {"key": account["key"], "secret": account["secret"], "endpoint": endpoint}

    def act(self, path: str, body: Any) -> Any:
        """Act through the control API."""
        return self._control(path, json.dumps(body).encode())

    def books(self, order: str) -> list[Any]:
        """Give an order's invoices as the sandbox's books have them."""
        invoices = self._control("ledger")["invoices"]
        return [invoice for invoice in invoices if invoice["order_number"] == order]

    def calls(self) -> list[str]:
        """Give the methods that were called, but for the question for the time."""
        rows = self._control("ledger")["requests"]
        return [row["method"] for row in rows if row["method"] != "getSupportedCurrencies"]

    def _control(self, path: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(f"{self._url}/_sandbox/{path}", body)
        # No proxy of the environment stands between a machine and itself.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return json.loads(answer.read())
