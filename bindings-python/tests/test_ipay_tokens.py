"""A function of the shop that gives a token for each call."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import kessai
from kessai import ipay
from scripted import Scripted, payment, scripted

ACCOUNT = {"business_name": "A shop"}


@pytest.fixture
def service() -> Iterator[Scripted]:
    with scripted() as running:
        running.says((200, ACCOUNT))
        yield running


def bearers(service: Scripted) -> list[str]:
    return [request.headers["authorization"] for request in service.requests]


def test_it_is_called_for_each_call_on_the_call_s_thread(service: Scripted) -> None:
    threads: list[threading.Thread] = []

    def token() -> str:
        threads.append(threading.current_thread())
        return f"token-{len(threads)}"

    client = ipay.Client(token_source=token, base_url=service.base_url)
    client.get_account()
    client.get_account()
    assert bearers(service) == ["Bearer token-1", "Bearer token-2"]
    assert threads == [threading.main_thread()] * 2


def test_it_is_called_once_more_after_a_401(service: Scripted) -> None:
    tokens = iter(["old", "new"])
    service.says((401, {"message": "the token has ended"}), (200, ACCOUNT))
    client = ipay.Client(token_source=lambda: next(tokens), base_url=service.base_url)
    assert client.get_account().business_name == "A shop"
    assert bearers(service) == ["Bearer old", "Bearer new"]


def broken() -> str:
    raise LookupError("the vault is shut")


def no_text() -> Any:
    return 7


@pytest.mark.parametrize(
    ("source", "cause"), [(broken, LookupError), (no_text, TypeError)], ids=["raises", "no text"]
)
def test_what_it_raises_is_the_cause(
    source: Any, cause: type[Exception], service: Scripted
) -> None:
    client = ipay.Client(token_source=source, base_url=service.base_url)
    with pytest.raises(kessai.AuthenticationError) as caught:
        client.create_payment(amount=500, currency="JPY")
    assert (caught.value.code, caught.value.outcome) == ("ipay.no_token", "not_done")
    assert type(caught.value.__cause__) is cause

    other = ipay.AsyncClient(token_source=source, base_url=service.base_url)
    with pytest.raises(kessai.AuthenticationError) as caught:
        asyncio.run(other.create_payment(amount=500, currency="JPY"))
    assert (caught.value.code, caught.value.outcome) == ("ipay.no_token", "not_done")
    assert type(caught.value.__cause__) is cause
    assert service.requests == []


def test_the_cause_of_one_call_is_none_of_the_next(service: Scripted) -> None:
    tokens: list[Any] = [7, "good"]
    client = ipay.Client(token_source=lambda: tokens.pop(0), base_url=service.base_url)
    with pytest.raises(kessai.AuthenticationError):
        client.get_account()
    service.says((404, {"message": "no such payment"}))
    with pytest.raises(kessai.NotFoundError) as caught:
        client.get_payment("pay_1")
    assert caught.value.__cause__ is None


def test_ctrl_c_in_it_is_ctrl_c(service: Scripted) -> None:
    def pressed() -> str:
        raise KeyboardInterrupt

    client = ipay.Client(token_source=pressed, base_url=service.base_url)
    with pytest.raises(KeyboardInterrupt) as caught:
        client.create_payment(amount=500, currency="JPY")
    assert caught.value.outcome == "not_done"  # type: ignore[attr-defined]
    assert service.requests == []


def test_it_may_make_calls_of_its_own(service: Scripted) -> None:
    inner = ipay.Client(**service.account())

    def token() -> str:
        return inner.get_account().business_name.replace(" ", "-")

    client = ipay.Client(token_source=token, base_url=service.base_url)
    service.says((200, ACCOUNT), (200, payment()))
    client.create_payment(amount=500, currency="JPY")
    assert bearers(service)[1] == "Bearer A-shop"


def test_one_token_is_fetched_however_many_threads_ask(service: Scripted) -> None:
    fetches: list[Any] = []

    def says(request: Any) -> Any:
        if request.path == "/oauth/token":
            fetches.append(request)
            return 200, {"access_token": "fetched", "token_type": "Bearer", "expires_in": 3600}
        assert request.headers["authorization"] == "Bearer fetched"
        return 200, ACCOUNT

    service.says(says)
    client = ipay.Client(client_id="c", client_secret="s", base_url=service.base_url)
    threads = [threading.Thread(target=client.get_account) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fetches) == 1
    assert len(service.requests) == 17
