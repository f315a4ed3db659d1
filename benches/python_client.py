"""Makes the same call with kessai or a peer: ``python_client.py WHICH PORT CALLS``.

Prints nanoseconds of processor and of wall for a call. Each client is used the
way its own documentation shows, with connections kept alive.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import sys
import time
import urllib.parse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

KEY, SECRET = "sandbox_key", "sandbox_secret"
DIGEST = hashlib.sha1(SECRET.encode()).hexdigest()
FORM = {"currency": "btc", "amount": "10800", "orderNumber": "A-1"}
HEADERS = {
    "key": KEY,
    "sha1secret": DIGEST,
    "Content-Type": "application/x-www-form-urlencoded",
}


def form() -> str:
    """Write one request as a shop's own client would."""
    nonce = time.time_ns() // 1000
    fields = {
        "method": "createInvoice",
        "nonce": f"{nonce // 10**6}.{nonce % 10**6:06}",
    }
    return urllib.parse.urlencode(fields | FORM | {"key": KEY, "sha1secret": DIGEST})


def kessai(port: int) -> Callable[[], Any]:
    """Ours."""
    from kessai import zaif

    client = zaif.Client(KEY, SECRET, endpoint=f"http://localhost:{port}/ecapi")
    return lambda: (
        client.create_invoice(currency="btc", amount=10_800, order_number="A-1").address
    )


def payment(port: int) -> Callable[[], Any]:
    """Ours, for a card."""
    from kessai import ipay

    client = ipay.Client(
        "test_key", "secret_key", base_url=f"http://localhost:{port}/api"
    )
    return lambda: (
        client.create_payment(
            amount=10_800, currency="JPY", metadata={"orderId": "A-1"}
        ).id
    )


def http_client(port: int) -> Callable[[], Any]:
    """Python's own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)

    def call() -> Any:
        connection.request("POST", "/ecapi", form(), HEADERS)
        return json.loads(connection.getresponse().read())["return"]["address"]

    return call


def urllib3(port: int) -> Callable[[], Any]:
    """The pool under requests."""
    import urllib3 as library

    pool = library.PoolManager()
    url = f"http://127.0.0.1:{port}/ecapi"
    return lambda: pool.request(
        "POST", url, body=form(), headers=HEADERS, timeout=15
    ).json()["return"]["address"]


def requests(port: int) -> Callable[[], Any]:
    """The one that most shops use."""
    import requests as library

    session = library.Session()
    url = f"http://127.0.0.1:{port}/ecapi"
    return lambda: session.post(url, data=form(), headers=HEADERS, timeout=15).json()[
        "return"
    ]["address"]


def stripe(port: int) -> Callable[[], Any]:
    """Another payment service's library."""
    import stripe as library

    client = library.StripeClient(
        "sk_test_sandbox", base_addresses={"api": f"http://127.0.0.1:{port}"}
    )
    parameters: Any = {
        "amount": 10_800,
        "currency": "jpy",
        "metadata": {"order": "A-1"},
    }
    return lambda: client.v1.payment_intents.create(parameters)["success"]


def ccxt(port: int) -> Callable[[], Any]:
    """The only public library that reaches Zaif Payment."""
    import ccxt as library

    exchange = library.zaif({"apiKey": KEY, "secret": SECRET, "enableRateLimit": False})
    exchange.urls["api"] = {"rest": f"http://127.0.0.1:{port}"}
    return lambda: exchange.request("createInvoice", "ecapi", "POST", dict(FORM))[
        "return"
    ]["address"]


def main() -> None:
    """Measure one client."""
    which, port, calls = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    call = globals()[which](port)
    for _ in range(calls // 10):
        call()
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    for _ in range(calls):
        call()
    print(
        (time.process_time_ns() - cpu) // calls,
        (time.perf_counter_ns() - wall) // calls,
    )


if __name__ == "__main__":
    main()
