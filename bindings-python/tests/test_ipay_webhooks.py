"""Signed webhooks: what is believed, what it says, and what never is."""

from __future__ import annotations

import json
import pickle
import random
from decimal import Decimal
from typing import Any

import pytest

import kessai
from conftest import cases
from kessai import ipay
from scripted import NEEDS_ACTION, payment

SECRET = "whsec_of_today"
OLD = "whsec_of_yesterday"


def signed(event: Any, secret: str = SECRET) -> tuple[bytes, str]:
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    return body, ipay.sign(body, secret)


def verified(event: Any) -> ipay.Event:
    return ipay.Webhooks([SECRET]).verify(*signed(event))


CUSTOMER = {"id": "cus_1", "email": "buyer@shop.example", "metadata": {"tier": "gold"}}
SUBSCRIPTION = {
    "id": "sub_1",
    "customer": "cus_1",
    "payment_method": "pm_1",
    "amount": 500,
    "currency": "JPY",
    "interval": "month",
    "status": "active",
}


@pytest.mark.parametrize(
    ("word", "data", "kind", "about"),
    [
        ("payment.succeeded", payment(), ipay.PaymentSucceeded, "payment"),
        ("payment.failed", payment("failed"), ipay.PaymentFailed, "payment"),
        ("payment.refunded", payment(), ipay.PaymentRefunded, "payment"),
        ("payment.disputed", payment(), ipay.PaymentDisputed, "payment"),
        ("customer.created", CUSTOMER, ipay.CustomerCreated, "customer"),
        (
            "customer.subscription.updated",
            SUBSCRIPTION,
            ipay.CustomerSubscriptionUpdated,
            "subscription",
        ),
        ("payout.paid", {"id": "po_1", "amount": 1}, ipay.UnknownEvent, None),
        # What cannot be read as a payment does not pass for one.
        ("payment.succeeded", {"id": 7}, ipay.UnknownEvent, None),
        ("payment.succeeded", None, ipay.UnknownEvent, None),
    ],
)
def test_every_type_has_its_class(
    word: str, data: Any, kind: type[ipay.AnyEvent], about: str | None
) -> None:
    event = verified({"id": "evt_1", "type": word, "created": 1_763_856_000, "data": data})
    assert type(event) is kind
    assert isinstance(event, ipay.Event)
    assert (event.id, event.key, event.type, event.created) == (
        *("evt_1", "evt_1"),
        word,
        1_763_856_000,
    )
    assert event.created_at is not None
    assert event.data == data
    objects = {
        "payment": event.payment,
        "customer": event.customer,
        "subscription": event.subscription,
    }
    there = {name: found for name, found in objects.items() if found is not None}
    assert list(there) == ([] if about is None else [about])
    for found in there.values():
        assert found.id == data["id"]
    again = pickle.loads(pickle.dumps(event))  # noqa: S301 - made just now
    assert type(again) is kind
    assert again == event
    assert ipay.AnyEvent.restore(event.store()) == event


def test_the_payment_of_an_event_is_of_the_class_of_what_it_has_come_to() -> None:
    event = verified({"type": "payment.succeeded", "data": NEEDS_ACTION})
    assert isinstance(event, ipay.PaymentSucceeded)
    # The type of an event is not the state of its payment.
    assert isinstance(event.payment, ipay.NeedsAction)


def test_what_has_no_id_is_known_by_its_digest() -> None:
    first = verified({"type": "payment.failed", "data": payment("failed")})
    second = verified({"type": "payment.failed", "data": payment("failed", amount=1)})
    assert first.id is None
    assert first.key.startswith("sha256:")
    assert first.key != second.key
    assert first.key == verified({"type": "payment.failed", "data": payment("failed")}).key


def test_numbers_are_exact_and_members_unknown_to_kessai_are_kept() -> None:
    event = verified(b'{"type":"payment.failed","data":{"rate":0.10,"big":12345678901234567890}}')
    assert event.data == {"rate": Decimal("0.10"), "big": 12345678901234567890}
    assert event.raw_json().endswith('"big":12345678901234567890}}')


def test_secrets_are_rotated() -> None:
    webhooks = ipay.Webhooks([SECRET, OLD])
    event = {"type": "payment.failed", "data": {}}
    assert webhooks.verify(*signed(event)).secret_index == 0
    assert webhooks.verify(*signed(event, OLD)).secret_index == 1
    with pytest.raises(kessai.SignatureError):
        ipay.Webhooks(SECRET).verify(*signed(event, OLD))


@pytest.mark.parametrize("bad", [[], "", ["a", ""], ["a"] * 17])
def test_secrets_that_secure_nothing_are_refused(bad: Any) -> None:
    with pytest.raises(kessai.InputError) as caught:
        ipay.Webhooks(bad)
    assert caught.value.param == "secrets"


TRUE = ipay.sign(b"{}", SECRET)


@pytest.mark.parametrize(
    "signature",
    [
        *(None, "", b"", 7, [], "x" * 64, TRUE[:-1], TRUE + "0", " " + TRUE[1:], TRUE + "\n"),
        *("\ud800" * 64, "０" * 64, b"\xff" * 64, TRUE[:-1] + "é", ipay.sign(b"{} ", SECRET)),
    ],
)
def test_whatever_is_wrong_with_a_signature_it_is_one_error(signature: Any) -> None:
    with pytest.raises(kessai.SignatureError) as caught:
        ipay.Webhooks(SECRET).verify(b"{}", signature)
    error = caught.value
    assert (error.code, error.outcome) == ("ipay.bad_signature", "not_done")
    assert ipay.Webhooks.status(error) == 401


def test_signatures_of_either_case_as_text_or_bytes() -> None:
    body, signature = signed({"type": "payment.failed"})
    webhooks = ipay.Webhooks(SECRET)
    for same in (signature.upper(), signature.encode(), signature.upper().encode()):
        assert webhooks.verify(body, same).type == "payment.failed"


def test_what_is_signed_and_yet_no_event() -> None:
    for body in [b"", b"[]", b"{}", b'{"type":7}', b"\xff", b'{"type":"a","type":"b"}']:
        with pytest.raises(kessai.ProtocolError) as caught:
            ipay.Webhooks(SECRET).verify(*signed(body))
        assert caught.value.code == "ipay.bad_event"
        assert ipay.Webhooks.status(caught.value) == 400
    assert ipay.Webhooks.status(ValueError()) == 503


def test_only_bytes_are_what_was_received() -> None:
    with pytest.raises(TypeError):
        ipay.Webhooks(SECRET).verify("{}", TRUE)  # type: ignore[arg-type]


def test_a_large_body_lets_other_threads_run_and_a_huge_one_is_not_looked_at() -> None:
    large = {"type": "payment.failed", "data": {"text": "x" * 500_000}}
    assert verified(large).data == large["data"]
    with pytest.raises(kessai.SignatureError):
        verified({"type": "payment.failed", "data": {"text": "x" * (1 << 20)}})


def mutated(random: random.Random, body: bytes, signature: str) -> tuple[bytes, Any]:
    """A webhook of which something is not as it was signed."""
    changed = bytearray(body)
    place = random.randrange(len(body))
    what = random.randrange(8)
    if what == 0:
        changed[place] ^= 1 << random.randrange(8)
    elif what == 1:
        changed.insert(place, random.randrange(256))
    elif what == 2:
        del changed[place : place + random.randrange(1, 9)]
    elif what == 3:
        changed += random.randbytes(random.randrange(1, 9))
    elif what == 4:
        at = random.randrange(64)
        other = random.choice("0123456789abcdefABCDEF".replace(signature[at], "") + "gx \0é")
        if other.lower() == signature[at]:
            other = "z"
        signature = signature[:at] + other + signature[at + 1 :]
    elif what == 5:
        signature = signature[: random.randrange(64)]
    elif what == 6:
        signature += random.choice("0aF \n")
    else:
        return body, random.choice(
            [None, "", b"\xff", random.randbytes(32).hex(), 0, signature[::-1]]
        )
    if bytes(changed) == body and what < 4:
        changed += b" "
    return bytes(changed), signature


def refused(number: int) -> None:
    dice = random.Random(number)
    webhooks = ipay.Webhooks([SECRET, OLD])
    body, signature = signed({"id": "evt_1", "type": "payment.succeeded", "data": payment()})
    assert webhooks.verify(body, signature).id == "evt_1"
    for _ in range(number):
        other = mutated(dice, body, signature)
        try:
            event = webhooks.verify(*other)
        except kessai.SignatureError:
            continue
        raise AssertionError(f"{other!r} passed as {event!r}")


def test_no_mutated_webhook_is_believed() -> None:
    refused(20_000)


@pytest.mark.slow
def test_no_mutated_webhook_is_believed_in_a_long_run() -> None:
    refused(1_000_000)


STEPS = [*cases("vectors/ipay_webhooks.json"), *cases("vectors/ipay_order_keys.json")]
STEPS += cases("vectors/ipay_minor_units.json")


def played(do: str, given: dict[str, Any]) -> Any:
    body = bytes.fromhex(given["hex"]) if "hex" in given else given.get("body", "").encode()
    if do == "ipay.sign":
        return ipay.sign(body, given["secret"])
    if do == "ipay.verify":
        return ipay.Webhooks(given["secrets"]).verify(body, given.get("signature"))
    if do == "ipay.order_key":
        return ipay.order_key(given["order"], given["purpose"], given["attempt"])
    if do == "minor_units":
        return str(kessai.minor_units(given["amount"], given["currency"]))
    if do == "major_units":
        return str(kessai.major_units(given["minor"], given["currency"]))
    assert do == "currency_exponent"
    return str(kessai.currency_exponent(given["currency"]))


@pytest.mark.parametrize("case", STEPS)
def test_the_vectors_of_all_languages_hold(case: Any) -> None:
    for step in case["steps"]:
        if "fails" in step:
            with pytest.raises(kessai.KessaiError) as caught:
                played(step["do"], step["with"])
            for name, value in step["fails"].items():
                assert getattr(caught.value, name) == value, name
            continue
        gave = played(step["do"], step["with"])
        if isinstance(gave, ipay.AnyEvent):
            for name, value in step["gives"].items():
                if name == "raw":
                    assert gave.raw_json() == value
                elif name == "data":
                    assert gave.data == value
                else:
                    own = getattr(gave, name)
                    assert (own if own is None else str(own)) == (value and str(value)), name
        else:
            assert gave == step["gives"]
