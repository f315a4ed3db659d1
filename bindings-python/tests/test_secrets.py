"""Neither the key nor the secret nor its digests show anywhere."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import kessai
from kessai import zaif
from kessai.testing import Sandbox

KEY = "0c0ffee0-cafe-4bad-8ace-canary00key0"
SECRET = "sandbox_canary_secret_7f3a"
HOOK_SECRET = "sandbox_canary_of_webhooks_9d"

HIDDEN = [
    KEY,
    SECRET,
    HOOK_SECRET,
    hashlib.sha1(SECRET.encode()).hexdigest(),  # noqa: S324 - what the service defines
    hashlib.md5(SECRET.encode()).hexdigest(),  # noqa: S324 - what the service defines
]


def views(thing: object) -> Iterator[str]:
    """Every way in which a program shows a thing, meaning to or not."""
    yield repr(thing)
    yield str(thing)
    yield f"{thing}"
    yield "%s %r" % (thing, thing)  # noqa: UP031 - as loggers do
    yield repr(getattr(thing, "__dict__", ""))
    for name in dir(thing):
        if not name.startswith("__"):
            try:
                yield repr(getattr(thing, name))
            except Exception as error:
                yield repr(error)
    try:
        yield repr(pickle.dumps(thing))
    except (TypeError, AttributeError) as error:
        yield repr(error)
    if isinstance(thing, BaseException):
        yield "".join(traceback.format_exception(thing))
        # As error trackers do, which send every local variable along.
        frames = traceback.TracebackException.from_exception(thing, capture_locals=True)
        yield "".join(frames.format())


def shows_nothing(thing: object) -> None:
    for view in views(thing):
        for hidden in HIDDEN:
            assert hidden not in view, type(thing)


def account(sandbox: Sandbox) -> dict[str, Any]:
    """The canaries as an account that the service knows."""
    state = sandbox.control("snapshot")
    text = json.dumps(state, default=str)
    own = sandbox.zaif
    text = text.replace(own["key"], KEY).replace(own["secret"], SECRET)
    sandbox.control("restore", json.loads(text))
    return {"key": KEY, "secret": SECRET, "endpoint": own["endpoint"]}


@pytest.fixture
def known(sandbox: Sandbox) -> dict[str, Any]:
    return account(sandbox)


def raised(call: Callable[[], object]) -> kessai.KessaiError:
    try:
        call()
    except kessai.KessaiError as error:
        return error
    raise AssertionError("it should have failed")


def test_no_public_object_shows_them(known: dict[str, Any]) -> None:
    client = zaif.Client(**known, settle=1)
    asynchronous = zaif.AsyncClient(**known)
    webhooks = zaif.Webhooks("https://shop.example/hooks", [HOOK_SECRET])
    made = client.create_invoice(
        currency="btc",
        amount=500,
        order_number="A-1",
        webhook_url=webhooks.address("A-1"),
    )
    handle = client.resume_handle(currency="btc", amount=500, order_number="A-2")
    path = webhooks.address("A-1")
    assert made.bip21 is not None
    things: list[object] = [
        client,
        asynchronous,
        webhooks,
        made,
        made.to_dict(),
        made.raw_json(),
        client.get_invoice(made.invoice_id),
        handle,
        client.resume(handle),
        webhooks.receive(path, b""),
        zaif.Hint.about(made.invoice_id),
        zaif.PaymentUri.parse(made.bip21),
        kessai.Qr(made.bip21),
        client._core,
        asynchronous._core,
        webhooks._core,
        asyncio.run(asynchronous.find_invoices("A-1")),
    ]
    for thing in things:
        shows_nothing(thing)
    token = path.rsplit("/", 1)[1]
    assert token not in zaif.Webhooks.mask(path)


@pytest.mark.parametrize("kind", ["Client", "AsyncClient", "Webhooks"])
def test_what_holds_a_secret_cannot_be_pickled(kind: str, known: dict[str, Any]) -> None:
    made: dict[str, Callable[[], object]] = {
        "Client": lambda: zaif.Client(**known),
        "AsyncClient": lambda: zaif.AsyncClient(**known),
        "Webhooks": lambda: zaif.Webhooks("https://shop.example", [HOOK_SECRET]),
    }
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(made[kind]())


FAULTS: list[dict[str, Any]] = [
    {"fault": "reset_before_execute"},
    {"fault": "garbage"},
    {"fault": "status", "status": 503, "body": f"{KEY} {HIDDEN[3]} {HIDDEN[4]}"},
    {"fault": "message", "message": f"no luck with {KEY} and {HIDDEN[3]}"},
    {"fault": "message", "message": "nonce out of range"},
    {
        "fault": "status",
        "status": 302,
        "headers": {"Location": "http://127.0.0.1:9/ecapi"},
    },
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["fault"])
def test_no_error_event_or_log_shows_them(
    fault: dict[str, Any],
    sandbox: Sandbox,
    known: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    sandbox.faults([{"match": {}, **fault}])
    log = logging.getLogger("shop")
    caplog.set_level(logging.DEBUG)
    events: list[Any] = []

    def on_event(event: Any) -> None:
        events.append(event)
        log.info("kessai: %s", event)

    options: dict[str, Any] = {"timeout": 2, "max_retries": 1, "on_event": on_event}
    client = zaif.Client(**known, **options)
    asynchronous = zaif.AsyncClient(**known, **options)
    order: dict[str, Any] = {"currency": "btc", "amount": 500, "order_number": "A-1"}
    errors = [
        raised(lambda: client.find_invoice_ids("A-1")),
        raised(lambda: client.create_invoice(**order)),
        raised(lambda: asyncio.run(asynchronous.create_invoice(**order))),
    ]
    for error in errors:
        shows_nothing(error)
        try:
            raise error
        except kessai.KessaiError:
            log.exception("it did not work")
    assert events
    for text in (caplog.text, repr(events), json.dumps(events), "".join(capfd.readouterr())):
        for hidden in HIDDEN:
            assert hidden not in text


def test_bad_credentials_are_named_but_never_shown(sandbox: Sandbox) -> None:
    for key, secret in [(KEY + "\n", SECRET), (KEY, ""), ("", SECRET), (KEY, SECRET + "\0")]:
        error = raised(
            lambda key=key, secret=secret: zaif.Client(  # type: ignore[misc]
                key, secret, endpoint=sandbox.zaif["endpoint"]
            )
        )
        assert KEY not in f"{error!r} {vars(error)}"
        assert SECRET not in f"{error!r} {vars(error)}"
    for bad in ["short", ""]:
        error = raised(lambda bad=bad: zaif.Webhooks("https://shop.example", [bad]))  # type: ignore[misc]
        assert error.param == "secrets"
        assert bad == "" or bad not in str(error)


def test_the_sandbox_s_books_never_hold_them(sandbox: Sandbox, known: dict[str, Any]) -> None:
    client = zaif.Client(**known)
    client.create_invoice(currency="btc", amount=500, order_number="A-1")
    books = json.dumps(sandbox.ledger(), default=str)
    assert "A-1" in books
    assert not [hidden for hidden in HIDDEN if hidden in books]
