"""The sandbox in which a case plays: its own account, controls and books."""

from __future__ import annotations

import base64
import json
import os
import time
import urllib.request
from typing import Any

from kessai import ipay as of_ipay

LIVE = ("new", "paid", "confirmed", "complete")


class Stage:
    """A sandbox as it is at the start, with keys that no case had before."""

    def __init__(self, number: int) -> None:
        self._url = os.environ["KESSAI_TEST_URL"]
        self._ipay = self.act("reset", {"seed": number})["ipay"]

    def account(self, client: str, key: Any) -> dict[str, Any]:
        """Give the account of a case: who calls, and where."""
        if client == "zaif":
            return self._zaif({} if key is None else key)
        ipay = self._ipay
        known: dict[str | None, dict[str, Any]] = {
            None: {"key": ipay["key"], "secret": ipay["secret"]},
            "unknown": {"key": "test_unknown", "secret": "secret_unknown"},
            "wrong_secret": {"key": ipay["key"], "secret": "secret_wrong"},
            "client_credentials": {
                "client_id": ipay["client_id"],
                "client_secret": ipay["client_secret"],
            },
            "jwt": {"token": self._jwt()},
            "token_source": {"token_source": self._jwt},
        }
        named = key if isinstance(key, dict) else known[key]
        if client == "ipay.publishable":
            named = {"publishable_key": ipay["publishable_key"]}
        return {**named, "base_url": ipay["base_url"]}

    def _jwt(self) -> str:
        """Sign a token with the API secret; a bare HMAC is what a webhook's signature is."""
        claims = {"iss": self._ipay["key"], "exp": int(time.time()) + 60}
        parts = [{"alg": "HS256", "typ": "JWT"}, claims]
        signed = ".".join(_base64(json.dumps(part).encode()) for part in parts)
        signature = bytes.fromhex(of_ipay.sign(signed.encode(), self._ipay["secret"]))
        return f"{signed}.{_base64(signature)}"

    def _zaif(self, key: Any) -> dict[str, str]:
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

    def wire(self, call: str) -> dict[str, Any]:
        """Tell of the requests of a call of iPay: which came, with which keys."""
        rows = [row for row in self._control("ledger")["requests"] if row["method"] == call]
        keys = [row["idempotency_key"] for row in rows]
        return {
            "tries": len(rows),
            "executed": sum(row["executed"] for row in rows),
            "replayed": sum(row["replayed"] for row in rows),
            "keys": [key for at, key in enumerate(keys) if at == 0 or key != keys[at - 1]],
        }

    def made(self, kind: str) -> list[Any]:
        """Give every object of iPay of this kind, in the order in which they were made."""
        made: list[Any] = self._control("ledger")["ipay"][kind]
        return made

    def delivered(self, event: str) -> tuple[str, str, str] | None:
        """Give the last delivery of an event: body, signature, and the secret for it."""
        for delivery in reversed(self._control("deliveries")["deliveries"]):
            signature = dict(delivery["headers"]).get("ipay-signature")
            if signature and json.loads(delivery["body"])["type"] == event:
                return delivery["body"], signature, self._ipay["webhook_secret"]
        return None

    def _control(self, path: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(f"{self._url}/_sandbox/{path}", body)
        # No proxy of the environment stands between a machine and itself.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return json.loads(answer.read())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
