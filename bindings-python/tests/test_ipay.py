"""iPay: what is sent, what comes back, and what of it is paid."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

import kessai
from kessai import ipay
from scripted import DECLINED, NEEDS_ACTION, Scripted, payment, scripted


@pytest.fixture
def service() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def client(service: Scripted) -> ipay.Client:
    return ipay.Client(**service.account())


ORDER: dict[str, Any] = {"amount": 10_800, "currency": "JPY", "payment_method": "pm_1"}


@pytest.mark.parametrize(
    ("answer", "kind", "result"),
    [
        (payment("succeeded"), ipay.Succeeded, "succeeded"),
        (NEEDS_ACTION, ipay.NeedsAction, "needs_action"),
        (payment("failed", failure_code="card_declined"), ipay.Failed, "failed"),
        (payment("canceled"), ipay.Canceled, "canceled"),
        (payment("processing"), ipay.Pending, "pending"),
        (payment("requires_capture"), ipay.Pending, "pending"),
        # Nobody listed it: so it is not paid.
        (payment("settled"), ipay.Pending, "pending"),
        # Whoever cannot act on it is not told to.
        (payment("requires_action"), ipay.Pending, "pending"),
    ],
)
def test_a_payment_is_of_the_class_of_what_it_has_come_to(
    answer: Any, kind: type[ipay.AnyPayment], result: str, service: Scripted, client: ipay.Client
) -> None:
    service.says((200, answer))
    made = client.create_payment(**ORDER, confirm=True, metadata={"orderId": "A-1001"})
    assert type(made) is kind
    assert isinstance(made, ipay.AnyPayment)
    assert isinstance(made, ipay.Payment)
    assert isinstance(made.result, ipay.ResultKind)
    assert made.result == result
    assert made.status == answer["status"]
    assert (made.amount, made.currency, made.order_id) == (10_800, "JPY", "A-1001")
    assert made.metadata == {"orderId": "A-1001"}
    (request,) = service.requests
    assert (request.method, request.path) == ("POST", "/payments")
    assert request.json == {**ORDER, "confirm": True, "metadata": {"orderId": "A-1001"}}


def test_what_needs_action_has_what_the_page_needs(service: Scripted, client: ipay.Client) -> None:
    service.says((200, NEEDS_ACTION))
    made = client.create_payment(**ORDER, confirm=True, confirmation_token=True)
    assert isinstance(made, ipay.NeedsAction)
    assert made.client_secret == NEEDS_ACTION["client_secret"]
    assert made.next_action == NEEDS_ACTION["next_action"]
    assert made.redirect_url == NEEDS_ACTION["next_action"]["redirect_to_url"]["url"]


def test_a_decline_tells_why_and_is_never_repeated(service: Scripted, client: ipay.Client) -> None:
    service.says((402, DECLINED))
    with pytest.raises(kessai.CardError) as caught:
        client.create_payment(**ORDER, confirm=True, idempotency_key="order-1")
    error = caught.value
    assert (error.code, error.outcome) == ("ipay.card_declined", "not_done")
    assert error.decline_code == "insufficient_funds"
    assert error.payment_id == "pay_1"
    assert error.service_code == "card_declined"
    assert error.request_id == "req_1"
    assert error.http_status == 402
    assert error.idempotency_key == "order-1"
    assert len(service.requests) == 1
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made just now
    assert vars(again) == vars(error)


def test_every_fact_of_the_core_is_an_attribute_of_the_exception() -> None:
    with pytest.raises(kessai.InputError) as caught:
        ipay.Client("test_k")
    facts = set(vars(caught.value))
    declared = set(kessai.KessaiError.__annotations__) - {"kind"}
    assert facts == declared


def test_a_repeat_is_the_same_request(service: Scripted, client: ipay.Client) -> None:
    service.says((503, {"message": "later"}), (200, payment()))
    client.create_payment(**ORDER)
    first, second = service.requests
    assert first.body == second.body
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    client.create_payment(**ORDER)
    assert service.requests[2].headers["idempotency-key"] != first.headers["idempotency-key"]


def test_a_key_of_the_order_s_own_is_used(service: Scripted, client: ipay.Client) -> None:
    key = ipay.order_key("A-1001", "payment", 1)
    assert key == ipay.order_key("A-1001", "payment", 1)
    assert key != ipay.order_key("A-1001", "payment", 2)
    service.says((200, payment(), {"Idempotent-Replayed": "true"}))
    assert client.create_payment(**ORDER, idempotency_key=key).replayed
    assert service.requests[0].headers["idempotency-key"] == key
    for bad in [0, -1, 2**32, "1", 1.0, None]:
        with pytest.raises(kessai.InputError) as caught:
            ipay.order_key("A-1001", "payment", bad)  # type: ignore[arg-type]
        assert caught.value.param == "attempt"


def test_the_other_calls_of_a_payment(service: Scripted, client: ipay.Client) -> None:
    service.says((200, payment()))
    client.get_payment("pay_1")
    client.confirm_payment("pay_1", payment_method="pm_2")
    client.capture_payment("pay_1", amount=500)
    client.cancel_payment("pay_1")
    sent = [(r.method, r.path, r.body and r.json) for r in service.requests]
    assert sent == [
        ("GET", "/payments/pay_1", b""),
        ("POST", "/payments/pay_1/confirm", {"payment_method": "pm_2"}),
        ("POST", "/payments/pay_1/capture", {"amount": 500}),
        ("POST", "/payments/pay_1/cancel", service.requests[3].body and {}),
    ]


def test_a_refund(service: Scripted, client: ipay.Client) -> None:
    service.says((200, {"id": "re_1", "status": "succeeded", "amount": 500, "payment": "pay_1"}))
    made = client.create_refund(payment="pay_1", amount=500, reason="partial_ship")
    assert (made.id, made.status, made.amount) == ("re_1", ipay.RefundStatus.SUCCEEDED, 500)
    assert service.requests[0].json == {
        "payment": "pay_1",
        "amount": 500,
        "reason": "partial_ship",
    }


def test_a_model_within_a_model(service: Scripted, client: ipay.Client) -> None:
    card = {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2030}
    service.says((200, {"id": "pm_1", "type": "card", "card": card}))
    method = client.create_payment_method(type="card", token="tok_1")
    assert type(method.card) is ipay.Card
    assert (method.type, method.card.brand, method.card.last4) == ("card", "visa", "4242")
    assert method.to_dict()["card"] == card
    assert method.created_at is None


@pytest.mark.parametrize("answer", [payment(), NEEDS_ACTION, payment("processing")])
def test_a_payment_survives_pickling_copying_and_storing(
    answer: Any, service: Scripted, client: ipay.Client
) -> None:
    service.says((200, answer, {"Idempotent-Replayed": "true"}))
    made = client.create_payment(**ORDER)
    for same in (
        pickle.loads(pickle.dumps(made)),  # noqa: S301 - made just now
        copy.deepcopy(made),
        copy.copy(made),
        ipay.AnyPayment.restore(made.store()),
    ):
        assert type(same) is type(made)
        assert same == made
        assert hash(same) == hash(made)
        assert same.to_dict() == made.to_dict()
        assert same.raw_json() == made.raw_json()
        assert same.replayed
    for bad in ["", "{}", made.raw_json()]:
        with pytest.raises(kessai.InputError):
            ipay.AnyPayment.restore(bad)


def test_any_endpoint_with_exact_json(service: Scripted, client: ipay.Client) -> None:
    service.says((200, b'{"rate":0.10,"whole":12345678901234567890,"none":null}'))
    body = {
        "amount": Decimal("0.10"),
        "large": 2**100,
        "texts": ["注文", 'a"\\\n\x01', ""],
        "deep": {"yes": True, "no": False, "none": None, "pair": (1, 2)},
    }
    answer = client.request("POST", "/payouts", body)
    assert answer == {"rate": Decimal("0.10"), "whole": 12345678901234567890, "none": None}
    assert json.loads(service.requests[0].body, parse_float=Decimal) == {
        **body,
        "deep": {**body["deep"], "pair": [1, 2]},  # type: ignore[dict-item]
    }


def looped() -> list[Any]:
    loop: list[Any] = []
    loop.append(loop)
    return loop


@pytest.mark.parametrize(
    "body",
    [
        {"amount": 0.1},
        [float("nan")],
        {"a": {"b": [1.0]}},
        {1: "a"},
        {"when": object()},
        {"raw": b"bytes"},
        {"amount": Decimal("NaN")},
        {"amount": Decimal("1E+999999")},
        {"amount": 10**400},
        looped(),
    ],
)
def test_what_json_cannot_hold_exactly_is_refused(
    body: Any, service: Scripted, client: ipay.Client
) -> None:
    with pytest.raises(kessai.InputError) as caught:
        client.request("POST", "/payouts", body)
    assert caught.value.param == "body"
    assert service.requests == []


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({}, "key"),
        ({"key": "test_k"}, "secret"),
        ({"secret": "s"}, "key"),
        ({"client_id": "c"}, "client_secret"),
        ({"key": "test_k", "secret": "s", "token": "t"}, "key"),
        ({"key": "live_k", "secret": "s"}, "key"),
        ({"key": "pk_test_k", "secret": "s"}, "key"),
        ({"token_source": "jwt"}, "token_source"),
        ({"key": "test_k", "secret": "s", "on_event": 7}, "on_event"),
    ],
)
def test_credentials_that_do_not_fit_are_named(
    given: dict[str, Any], param: str, service: Scripted
) -> None:
    for kind in (ipay.Client, ipay.AsyncClient):
        with pytest.raises(kessai.InputError) as caught:
            kind(**given, base_url=service.base_url)
        assert caught.value.param == param


def test_a_client_from_the_environment(service: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPAY_API_KEY", "test_k")
    monkeypatch.setenv("IPAY_API_SECRET", "secret_s")
    monkeypatch.setenv("IPAY_BASE_URL", service.base_url)
    service.says((200, {"business_name": "A shop"}))
    client = ipay.Client.from_env(timeout=5)
    assert client.get_account().business_name == "A shop"
    assert "test_k" not in repr(client)
    client.close()
    with pytest.raises(kessai.InputError):
        client.get_account()


def test_cards_go_out_with_the_publishable_key_alone(service: Scripted) -> None:
    service.says((200, {"id": "tok_1"}))
    page = ipay.PublishableClient("pk_test_k", base_url=service.base_url)
    token = page.create_token(number="4242424242424242", exp_month=12, exp_year=2030, cvc="123")
    assert token.id == "tok_1"
    (request,) = service.requests
    assert request.headers["authorization"] == "Bearer pk_test_k"
    assert request.json["card"]["number"] == "4242424242424242"
    assert not hasattr(page, "create_payment")
    assert not hasattr(ipay.Client, "create_token")


def test_what_looks_like_a_card_never_leaves(service: Scripted, client: ipay.Client) -> None:
    with pytest.raises(kessai.InputError) as caught:
        client.create_payment(**ORDER, metadata={"note": "4242 4242 4242 4242"})
    assert caught.value.code == "ipay.card_data"
    assert caught.value.param == "metadata.note"
    assert "4242" not in f"{caught.value!r} {vars(caught.value)}"
    assert service.requests == []


def test_an_event_is_confirmed_with_the_payment_itself(
    service: Scripted, client: ipay.Client
) -> None:
    webhooks = ipay.Webhooks("whsec_s")
    body = json.dumps({"type": "payment.failed", "data": payment("failed")}).encode()
    event = webhooks.verify(body, ipay.sign(body, "whsec_s"))
    service.says((200, payment()))
    expected: dict[str, Any] = {"order_id": "A-1001", "amount": 10_800, "currency": "JPY"}
    assert type(client.confirm(event, **expected)) is ipay.Succeeded
    with pytest.raises(kessai.MismatchError) as caught:
        client.confirm(event, **{**expected, "amount": 1})
    assert caught.value.param == "amount"
    for wrong in [body, "evt_1", payment(), client.get_payment("pay_1"), None]:
        with pytest.raises(kessai.InputError) as refused:
            client.confirm(wrong, **expected)  # type: ignore[arg-type]
        assert refused.value.param == "event"


def test_an_unknown_outcome_is_resumed(service: Scripted) -> None:
    service.says((503, {"message": "later"}))
    client = ipay.Client(**service.account(max_retries=0))
    with pytest.raises(kessai.KessaiError) as caught:
        client.create_payment(**ORDER, metadata={"orderId": "A-1001"})
    assert caught.value.outcome == "unknown"
    assert caught.value.resume is not None
    service.says((200, payment()))
    other = ipay.Client(**service.account())
    assert type(other.resume_payment(caught.value.resume)) is ipay.Succeeded
    keys = {request.headers["idempotency-key"] for request in service.requests}
    assert keys == {caught.value.idempotency_key}
