"""The way to the service: through which proxy, and under whose certificates."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kessai
from kessai import zaif
from kessai.testing import Sandbox
from proxy import proxy
from support import calls

USER, PASSWORD = "sandbox_user", "sandbox_canary_password"
WHO = f"{USER}:{PASSWORD}"


@pytest.fixture
def secure() -> Iterator[Sandbox]:
    with Sandbox("--tls") as running:
        yield running


def refused(client: zaif.Client) -> kessai.KessaiError:
    with pytest.raises(kessai.KessaiError) as caught:
        client.create_invoice(currency="btc", amount=500, order_number="A-1")
    assert caught.value.outcome == "not_done"
    return caught.value


def test_a_sandbox_that_speaks_https_hands_its_certificates_to_the_client(
    secure: Sandbox,
) -> None:
    assert secure.zaif["endpoint"].startswith("https://")
    assert Path(secure.zaif["ca_file"]).is_file()
    client = zaif.Client(**secure.zaif)
    made = client.create_invoice(currency="btc", amount=500, order_number="A-1")
    assert asyncio.run(zaif.AsyncClient(**secure.zaif).find_invoice_ids("A-1")) == [made.invoice_id]


def test_a_sandbox_that_speaks_https_is_steered_under_them(secure: Sandbox) -> None:
    made = zaif.Client(**secure.zaif).create_invoice(currency="btc", amount=500, order_number="A-1")
    secure.pay(made.invoice_id)
    assert len(calls(secure, "createInvoice")) == 1


def test_only_a_certificate_that_is_trusted_is_spoken_to(secure: Sandbox) -> None:
    account: dict[str, Any] = dict(secure.zaif)
    bundled = {name: value for name, value in account.items() if name != "ca_file"}
    with Sandbox("--tls") as other:
        for client in (
            zaif.Client(**bundled, max_retries=0),
            zaif.Client(**{**account, "ca_file": other.zaif["ca_file"]}, max_retries=0),
        ):
            error = refused(client)
            assert error.code == "transport.tls"
            assert isinstance(error, kessai.KessaiConnectionError)
    # The sandbox's own books say the same.
    assert zaif.Client(**account).find_invoice_ids("A-1") == []


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_file_without_certificates_is_refused_by_name(
    content: str | None, tmp_path: Path, sandbox: Sandbox
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    account: dict[str, Any] = {**sandbox.zaif, "ca_file": str(path)}
    with pytest.raises(kessai.InputError) as caught:
        zaif.Client(**account)
    assert caught.value.param == "ca_file"


def test_a_proxy_sees_a_tunnel_and_never_the_credentials(secure: Sandbox) -> None:
    with proxy() as between:
        client = zaif.Client(**secure.zaif, proxy=between.url(WHO))
        made = client.create_invoice(currency="btc", amount=500, order_number="A-1")
        assert client.get_invoice(made.invoice_id).order_number == "A-1"
        heads, passed = between.heads, bytes(between.passed)
    assert heads
    login = base64.b64encode(WHO.encode()).decode()
    for head in heads:
        assert head.startswith("CONNECT 127.0.0.1:")
        assert f"basic {login}".lower() in head.lower()
    # Much passed through it, and none of it can be read.
    assert len(passed) > 1_000
    secret = secure.zaif["secret"].encode()
    for absent in (
        secure.zaif["key"].encode(),
        secret,
        hashlib.sha1(secret).hexdigest().encode(),  # noqa: S324 - what the service defines
        b"createInvoice",
        b"nonce=",
        b"A-1",
        made.invoice_id.encode(),
    ):
        assert absent not in passed
        assert absent.decode() not in "".join(heads)


def test_an_asynchronous_client_goes_through_it_too(secure: Sandbox) -> None:
    with proxy() as between:
        client = zaif.AsyncClient(**secure.zaif, proxy=between.url())
        assert asyncio.run(client.find_invoice_ids("A-1")) == []
        assert [head for head in between.heads if "authorization" in head.lower()] == []
        assert between.heads


def test_the_environment_s_proxy_is_not_used(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with proxy() as between:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, between.url())
            monkeypatch.setenv(name.upper(), between.url())
        assert zaif.Client(**sandbox.zaif).find_invoice_ids("A-1") == []
        assert between.heads == []


@pytest.mark.parametrize("answer", ["407 Proxy Authentication Required", "502 Bad Gateway"])
def test_what_a_proxy_refuses_was_never_sent(answer: str, sandbox: Sandbox) -> None:
    with proxy(answer) as between:
        client = zaif.Client(**sandbox.zaif, proxy=between.url(WHO), max_retries=0)
        error = refused(client)
        assert between.heads
    assert error.code == "transport.connect"
    assert sandbox.ledger()["requests"] == []


def test_a_proxy_that_is_not_there_is_not_done(sandbox: Sandbox) -> None:
    with proxy() as between:
        gone = between.url(WHO)
    error = refused(zaif.Client(**sandbox.zaif, proxy=gone, max_retries=0))
    assert error.code == "transport.connect"


def test_a_proxy_s_password_is_never_shown(sandbox: Sandbox) -> None:
    events: list[Any] = []
    shown = []
    with proxy("407 Proxy Authentication Required") as between:
        client = zaif.Client(
            **sandbox.zaif, proxy=between.url(WHO), max_retries=1, on_event=events.append
        )
        error = refused(client)
        shown += [repr(client), repr(client._core), repr(events), repr(vars(error))]
        shown.append("".join(traceback.format_exception(error)))
    for bad in (f"ftp://{WHO}@proxy.example", f"http://{WHO}@", f"http://{WHO}@proxy.example/a"):
        with pytest.raises(kessai.InputError) as caught:
            zaif.Client(**sandbox.zaif, proxy=bad)
        assert caught.value.param == "proxy"
        shown.append(f"{caught.value!r} {vars(caught.value)}")
    login = base64.b64encode(WHO.encode()).decode()
    assert events
    assert not [text for text in shown if PASSWORD in text or login in text]
