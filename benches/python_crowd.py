"""Many callers at once through one client: ``python_crowd.py WHICH PORT THREADS CALLS``.

Prints calls a second and nanoseconds of processor for a call.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import python_client

if TYPE_CHECKING:
    from collections.abc import Callable


def kessai(port: int, threads: int) -> Callable[[], Any]:
    """Ours, with as many requests under way as there are callers."""
    from kessai import zaif

    client = zaif.Client(
        python_client.KEY,
        python_client.SECRET,
        endpoint=f"http://localhost:{port}/ecapi",
        window=threads,
    )
    return lambda: (
        client.create_invoice(currency="btc", amount=10_800, order_number="A-1").address
    )


def urllib3(port: int, threads: int) -> Callable[[], Any]:
    """The pool under requests, with room for every caller."""
    import urllib3 as library

    pool = library.PoolManager(maxsize=threads)
    url = f"http://127.0.0.1:{port}/ecapi"
    return lambda: pool.request(
        "POST",
        url,
        body=python_client.form(),
        headers=python_client.HEADERS,
        timeout=15,
    ).json()["return"]["address"]


def requests(port: int, threads: int) -> Callable[[], Any]:
    """The one that most shops use, with room for every caller."""
    import requests as library
    from requests.adapters import HTTPAdapter

    session = library.Session()
    session.mount("http://", HTTPAdapter(pool_maxsize=threads))
    url = f"http://127.0.0.1:{port}/ecapi"
    return lambda: session.post(
        url, data=python_client.form(), headers=python_client.HEADERS, timeout=15
    ).json()["return"]["address"]


def main() -> None:
    """Measure one client."""
    which, port, threads, calls = sys.argv[1], *map(int, sys.argv[2:5])
    call: Callable[[], Any] = globals()[which](port, threads)
    with ThreadPoolExecutor(threads) as crowd:

        def run(count: int) -> None:
            list(crowd.map(lambda _: call(), range(count)))

        run(threads)
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        run(calls)
        spent, passed = time.process_time_ns() - cpu, time.perf_counter_ns() - wall
    print(calls * 10**9 // passed, spent // calls)


if __name__ == "__main__":
    main()
