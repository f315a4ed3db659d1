"""iPay at the sandbox, from a card to a refund."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import trio

import kessai
from kessai import ipay
from kessai.testing import Sandbox
from support import until

ASKS = "4000002500003155"
POOR = "4000000000009995"

ORDER: dict[str, Any] = {"amount": 10_800, "currency": "JPY", "metadata": {"orderId": "A-1001"}}


@pytest.fixture
def client(sandbox: Sandbox) -> ipay.Client:
    return sandbox.ipay.client()


def pay(sandbox: Sandbox, card: str | None = None, **more: Any) -> ipay.Payment:
    method = sandbox.ipay.payment_method(card).id if card else sandbox.ipay.payment_method().id
    order = {**ORDER, "payment_method": method, "confirm": True, **more}
    return sandbox.ipay.client().create_payment(**order)


def test_a_card_is_charged_and_the_money_given_back(sandbox: Sandbox, client: ipay.Client) -> None:
    paid = pay(sandbox)
    assert type(paid) is ipay.Succeeded
    assert client.get_payment(paid.id) == paid
    part = client.create_refund(payment=paid.id, amount=800, reason="partial_ship")
    rest = client.create_refund(payment=paid.id)
    assert (part.amount, rest.amount) == (800, 10_000)
    with pytest.raises(kessai.KessaiError) as caught:
        client.create_refund(payment=paid.id, amount=1)
    assert caught.value.outcome == "not_done"
    assert {refund.id for refund in client.list_refunds(payment=paid.id)} == {part.id, rest.id}


def test_a_bank_transfer_ends_well_or_not(sandbox: Sandbox) -> None:
    with sandbox.ipay.client(
        client_id=sandbox.ipay.client_id, client_secret=sandbox.ipay.client_secret
    ) as client:
        method = client.create_payment_method(type="bank_transfer").id
        for ok, ends in ((True, ipay.Succeeded), (False, ipay.Failed)):
            order = {**ORDER, "payment_method": method, "confirm": True}
            under_way = client.create_payment(**order)
            assert type(under_way) is ipay.Pending
            sandbox.ipay.settle(under_way.id, ok=ok)
            assert type(client.get_payment(under_way.id)) is ends


def test_what_is_reserved_is_captured_or_let_go(sandbox: Sandbox, client: ipay.Client) -> None:
    held = pay(sandbox, capture_method="manual")
    assert held.status == ipay.PaymentStatus.REQUIRES_CAPTURE
    assert type(held) is ipay.Pending
    taken = client.capture_payment(held.id, amount=800)
    assert type(taken) is ipay.Succeeded
    assert taken.amount_captured == 800
    other = pay(sandbox, capture_method="manual")
    assert type(client.cancel_payment(other.id)) is ipay.Canceled


def test_a_bank_that_asks(sandbox: Sandbox, client: ipay.Client) -> None:
    for ok, kind in [(True, ipay.Succeeded), (False, ipay.Failed)]:
        asked = pay(sandbox, ASKS, confirmation_token=True)
        assert isinstance(asked, ipay.NeedsAction)
        assert asked.client_secret
        assert asked.redirect_url is not None
        assert asked.redirect_url.startswith(sandbox.url)
        assert asked.client_secret not in repr(asked)
        sandbox.ipay.authenticate(asked.id, ok=ok)
        assert type(client.get_payment(asked.id)) is kind


def test_a_decline_and_another_card(sandbox: Sandbox) -> None:
    key = [ipay.order_key("A-1001", "payment", attempt) for attempt in (1, 2)]
    with pytest.raises(kessai.CardError) as caught:
        pay(sandbox, POOR, idempotency_key=key[0])
    assert caught.value.decline_code == "insufficient_funds"
    assert caught.value.payment_id is not None
    failed = sandbox.ipay.client().get_payment(caught.value.payment_id)
    assert type(failed) is ipay.Failed
    assert type(pay(sandbox, idempotency_key=key[1])) is ipay.Succeeded


def test_one_key_is_one_payment(sandbox: Sandbox, client: ipay.Client) -> None:
    order = {**ORDER, "payment_method": sandbox.ipay.payment_method().id, "confirm": True}
    key = ipay.order_key("A-1001", "payment", 1)
    with ThreadPoolExecutor(8) as pool:
        calls = [
            pool.submit(client.create_payment, **order, idempotency_key=key) for _ in range(32)
        ]
    made = [call.result() for call in calls]
    assert len({payment.id for payment in made}) == 1
    assert sorted({payment.replayed for payment in made}) == [False, True]
    with pytest.raises(kessai.IdempotencyError):
        client.create_payment(**{**order, "amount": 1}, idempotency_key=key)


def test_a_lost_answer_is_one_payment(sandbox: Sandbox, client: ipay.Client) -> None:
    sandbox.faults(
        [
            {
                "match": {"service": "ipay", "route": "POST /payments"},
                "fault": "reset_after_execute",
                "times": 2,
            }
        ]
    )
    assert type(pay(sandbox)) is ipay.Succeeded
    assert len(list(client.list_payments())) == 1


def test_lists_of_both_clients(sandbox: Sandbox, client: ipay.Client) -> None:
    made = [client.create_payment(**ORDER).id for _ in range(7)]
    newest = made[::-1]
    assert [payment.id for payment in client.list_payments(limit=3)] == newest

    async def walk() -> list[str]:
        asynchronous = sandbox.ipay.async_client()
        return [payment.id async for payment in asynchronous.list_payments(limit=3)]

    assert asyncio.run(walk()) == newest
    assert trio.run(walk) == newest


def test_customers_and_what_they_pay_with(sandbox: Sandbox, client: ipay.Client) -> None:
    made = client.create_customer(email="buyer@shop.example", metadata={"internalId": "7"})
    card = sandbox.ipay.payment_method().id
    assert client.attach_payment_method(card, customer=made.id).customer == made.id
    (method,) = client.list_payment_methods(made.id)
    assert method.card is not None
    assert (method.id, method.card.last4) == (card, "4242")
    assert client.update_customer(made.id, name="Buyer").email == made.email
    assert client.detach_payment_method(card).customer is None
    client.delete_customer(made.id)
    with pytest.raises(kessai.NotFoundError):
        client.get_payment("pay_of_nobody")


def test_tokens_are_fetched_and_fetched_anew(sandbox: Sandbox) -> None:
    account = sandbox.ipay
    client = ipay.Client(
        client_id=account.client_id, client_secret=account.client_secret, base_url=account.base_url
    )
    name = client.get_account().business_name
    account.revoke_tokens()
    assert client.get_account().business_name == name


@pytest.fixture
def shop() -> Iterator[tuple[str, list[tuple[bytes, str | None]]]]:
    """A shop's own address, and what came to it."""
    came: list[tuple[bytes, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append((body, self.headers["ipay-signature"]))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hooks/ipay", came
    server.shutdown()
    server.server_close()


def test_webhooks_come_signed_and_are_confirmed(
    sandbox: Sandbox, client: ipay.Client, shop: tuple[str, list[tuple[bytes, str | None]]]
) -> None:
    url, came = shop
    sandbox.ipay.register_webhook(url, ["payment.succeeded", "payment.disputed"])
    paid = pay(sandbox)
    sandbox.ipay.dispute(paid.id)
    until(lambda: len(came) >= 2)
    webhooks = sandbox.ipay.webhooks()
    events = [webhooks.verify(*delivery) for delivery in came]
    assert {type(event) for event in events} == {ipay.PaymentSucceeded, ipay.PaymentDisputed}
    expected: dict[str, Any] = {"order_id": "A-1001", "amount": 10_800, "currency": "JPY"}
    for event in events:
        assert event.payment is not None
        assert client.confirm(event, **expected).id == paid.id
    assert url in json.dumps(sandbox.deliveries(), default=str)


def test_whatever_text_a_visitor_sends_is_an_error_of_ours(client: ipay.Client) -> None:
    half = "\ud83d"
    for call in (
        lambda: client.create_payment(amount=1, currency="JPY", description=half),
        lambda: client.create_payment(amount=1, currency="JPY", metadata={"note": half}),
        lambda: client.create_payment(amount=1, currency="JPY", metadata={half: "note"}),
        lambda: client.create_payment(amount=1, currency="JPY", metadata={1: "note"}),  # type: ignore[dict-item]
        lambda: client.request("POST", "/x", {"deep": [{half: half}]}),
        lambda: ipay.order_key(half, "payment", 1),
        lambda: ipay.order_key("A-1", "payment", True),
    ):
        with pytest.raises(kessai.InputError) as caught:
            call()
        assert caught.value.outcome == "not_done"


def test_what_was_unknown_stays_so_whatever_the_arguments_are(client: ipay.Client) -> None:
    for given in (
        {"handle": "h", "timeout": 0},
        {"handle": "h", "timeout": -1.0},
        {"handle": "h", "timeout": float("nan")},
        {"handle": "h", "timeout": "5"},
        {"handle": 5},
        {"handle": "\ud83d"},
        {"handle": None},
    ):
        with pytest.raises(kessai.InputError) as caught:
            client.resume_payment(**given)
        assert caught.value.outcome == "unknown", given
