"""Fixtures for pytest: whoever installs kessai has them.

::

    def test_a_paid_order_is_shipped(kessai_sandbox, zaif_client):
        shop = Shop(zaif_client)
        invoice = shop.checkout("A-1001")
        kessai_sandbox.pay(invoice.invoice_id)
        kessai_sandbox.mine("btc", 3)
        assert shop.may_ship("A-1001")

    async def test_the_same_without_blocking(kessai_sandbox, zaif_async_client):
        invoice = await zaif_async_client.create_invoice(
            currency="btc", amount=10_800, order_number="A-1001"
        )
        ...

* ``kessai_sandbox``: a fresh :class:`kessai.testing.Sandbox` for each test.
* ``kessai_sandbox_session``: one for the whole run, for what is started once, such
  as a shop's own server. What one test does in it, the next one finds.
* ``zaif_client``, ``zaif_async_client``: clients of ``kessai_sandbox``. The second is
  bound to no event loop, so any plugin for asynchronous tests will do.
* ``ipay_client``, ``ipay_async_client``, ``ipay_publishable_client``: the same for iPay.

Three more are there to be overridden, in a ``conftest.py`` or beside a test:

* ``kessai_sandbox_arguments``: the program's arguments, such as ``["--tls"]``.
* ``kessai_client_options``: options of Zaif's clients, such as ``{"settle": 1}``.
* ``kessai_ipay_client_options``: options of iPay's, such as ``{"timeout": 5}``.

The sandbox is the program ``kessai-sandbox``; :mod:`kessai.testing` says how it is
found. Where it is not, tests that ask for it fail and say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kessai import ipay, zaif
    from kessai.testing import Sandbox

# What a test run that uses no fixture of these should not wait for is imported
# where it is used.


@pytest.fixture(scope="session")
def kessai_sandbox_arguments() -> list[str]:
    """Give arguments to the program ``kessai-sandbox``: override it."""
    return []


@pytest.fixture
def kessai_client_options() -> dict[str, Any]:
    """Give options to Zaif's clients: override it."""
    return {}


@pytest.fixture
def kessai_ipay_client_options() -> dict[str, Any]:
    """Give options to iPay's clients: override it."""
    return {}


@pytest.fixture
def kessai_sandbox(kessai_sandbox_arguments: list[str]) -> Iterator[Sandbox]:
    """Run a sandbox of the test's own, which plays both services on this machine."""
    from kessai.testing import Sandbox

    with Sandbox(*kessai_sandbox_arguments) as running:
        yield running


@pytest.fixture(scope="session")
def kessai_sandbox_session(kessai_sandbox_arguments: list[str]) -> Iterator[Sandbox]:
    """Run one sandbox for all tests, shared by all who ask for it."""
    from kessai.testing import Sandbox

    with Sandbox(*kessai_sandbox_arguments) as running:
        yield running


@pytest.fixture
def zaif_client(
    kessai_sandbox: Sandbox, kessai_client_options: dict[str, Any]
) -> Iterator[zaif.Client]:
    """Give a blocking client of the test's own sandbox."""
    from kessai import zaif

    with zaif.Client(**kessai_sandbox.zaif, **kessai_client_options) as client:
        yield client


@pytest.fixture
def zaif_async_client(
    kessai_sandbox: Sandbox, kessai_client_options: dict[str, Any]
) -> zaif.AsyncClient:
    """Give an asynchronous client of the test's own sandbox, bound to no event loop."""
    from kessai import zaif

    return zaif.AsyncClient(**kessai_sandbox.zaif, **kessai_client_options)


@pytest.fixture
def ipay_client(
    kessai_sandbox: Sandbox, kessai_ipay_client_options: dict[str, Any]
) -> Iterator[ipay.Client]:
    """Give a blocking client of iPay at the test's own sandbox."""
    with kessai_sandbox.ipay.client(**kessai_ipay_client_options) as client:
        yield client


@pytest.fixture
def ipay_async_client(
    kessai_sandbox: Sandbox, kessai_ipay_client_options: dict[str, Any]
) -> ipay.AsyncClient:
    """Give an asynchronous client of iPay at the test's own sandbox."""
    return kessai_sandbox.ipay.async_client(**kessai_ipay_client_options)


@pytest.fixture
def ipay_publishable_client(
    kessai_sandbox: Sandbox, kessai_ipay_client_options: dict[str, Any]
) -> ipay.PublishableClient:
    """Give a client that makes tokens of cards at the test's own sandbox."""
    return kessai_sandbox.ipay.publishable_client(**kessai_ipay_client_options)
