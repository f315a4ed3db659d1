"""Neither credentials nor cards nor a page's secret show anywhere."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

import kessai
from kessai import ipay, zaif
from scripted import NEEDS_ACTION, Request, Scripted, scripted
from test_secrets import raised, views

KEY = "test_canary_key_4f1c"
SECRET = "secret_canary_7f3a"
HOOK_SECRET = "whsec_canary_9d"
PAGE_KEY = "pk_test_canary_2b"
TOKEN = "jwt.canary.6e"
CARD = "4000056655665556"
CVC = "93174"

HIDDEN = [
    *(KEY, SECRET, HOOK_SECRET, PAGE_KEY, TOKEN, CARD, CVC),
    base64.b64encode(f"{KEY}:{SECRET}".encode()).decode(),
]
OF_THE_PAGE = "cs_canary_of_the_page"

ORDER: dict[str, Any] = {"amount": 10_800, "currency": "JPY", "payment_method": "pm_1"}
CARD_ARGUMENTS: dict[str, Any] = {"number": CARD, "exp_month": 12, "exp_year": 2030, "cvc": CVC}


def shows(text: str) -> list[str]:
    return [hidden for hidden in HIDDEN if hidden in text]


def shows_nothing(thing: object) -> None:
    for view in views(thing):
        assert not shows(view), type(thing)


def frames_of_kessai(error: BaseException) -> str:
    """What an error tracker would send of kessai's own frames."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    own = [frame for frame in told.stack if "/kessai/" in frame.filename]
    assert own
    return repr([(frame.name, frame.locals) for frame in own])


@pytest.fixture
def service() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


def test_no_public_object_shows_them(service: Scripted) -> None:
    place: dict[str, Any] = {"base_url": service.base_url}
    service.says((200, NEEDS_ACTION))
    client = ipay.Client(KEY, SECRET, **place)
    made = client.create_payment(**ORDER)
    service.says(
        (
            200,
            {
                "id": "tok_1",
                "card": {"brand": "visa", "last4": "5556", "exp_month": 12, "exp_year": 2030},
            },
        )
    )
    page = ipay.PublishableClient(PAGE_KEY, **place)
    asynchronous = ipay.AsyncPublishableClient(PAGE_KEY, **place)
    webhooks = ipay.Webhooks([HOOK_SECRET])
    things: list[object] = [
        client,
        ipay.AsyncClient(KEY, SECRET, **place),
        ipay.Client(client_id=KEY, client_secret=SECRET, **place),
        ipay.Client(token=TOKEN, **place),
        ipay.Client(token_source=lambda: TOKEN, **place),
        page,
        webhooks,
        made,
        made.to_dict(),
        page.create_token(**CARD_ARGUMENTS),
        asyncio.run(asynchronous.create_token(**CARD_ARGUMENTS)),
        client.list_payments(),
        client._core,
        page._core,
        webhooks._core,
    ]
    for thing in things:
        shows_nothing(thing)


def test_a_printed_payment_or_event_hides_what_is_for_the_page(service: Scripted) -> None:
    service.says((200, NEEDS_ACTION))
    made = ipay.Client(KEY, SECRET, base_url=service.base_url).create_payment(**ORDER)
    body = json.dumps({"type": "payment.failed", "data": NEEDS_ACTION}).encode()
    event = ipay.Webhooks(HOOK_SECRET).verify(body, ipay.sign(body, HOOK_SECRET))
    for thing in (made, event):
        for text in (repr(thing), str(thing), f"{thing}", "%r" % thing):  # noqa: UP031
            assert OF_THE_PAGE not in text
        assert "pay_1" in repr(thing)


def hostile(request: Request) -> tuple[int, Any]:
    """A service that says what it was sent."""
    sent = f"{request.headers['authorization']} {KEY} {SECRET}"
    return 400, {"message": sent, "param": sent, "code": sent, "type": SECRET, "request_id": KEY}


def test_no_error_traceback_event_or_log_shows_them(
    service: Scripted,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    log = logging.getLogger("shop")
    caplog.set_level(logging.DEBUG)
    events: list[Any] = []
    options: dict[str, Any] = {
        "base_url": service.base_url,
        "max_retries": 0,
        "timeout": 2,
        "on_event": events.append,
    }
    client = ipay.Client(KEY, SECRET, **options)
    asynchronous = ipay.AsyncClient(KEY, SECRET, **options)
    page = ipay.PublishableClient(PAGE_KEY, **options)
    answers: list[Any] = [hostile, (503, b"\0"), (200, b"not JSON"), (302, {})]
    for answer in answers:
        service.says(answer)
        for call in (
            lambda: client.create_payment(**ORDER),
            lambda: asyncio.run(asynchronous.create_payment(**ORDER)),
            lambda: list(client.list_payments()),
        ):
            error = raised(call)
            assert not shows(f"{error!r} {error} {vars(error)}")
            assert not shows(frames_of_kessai(error))
            log.error("it did not work", exc_info=error)
        service.says((503, {"message": "later"}))
        error = raised(lambda: page.create_token(**CARD_ARGUMENTS))
        assert not shows(f"{error!r} {error} {vars(error)}")
        assert not shows(frames_of_kessai(error))
    assert events
    for text in (caplog.text, repr(events), "".join(capfd.readouterr())):
        assert not shows(text)


def test_a_card_that_is_refused_is_never_shown(service: Scripted) -> None:
    client = ipay.Client(KEY, SECRET, base_url=service.base_url)
    page = ipay.PublishableClient(PAGE_KEY, base_url=service.base_url)
    for error in (
        raised(lambda: client.create_payment(**ORDER, description=CARD)),
        raised(lambda: client.request("POST", "/x", {"deep": [{CARD: "1"}]})),
        raised(lambda: page.create_token(**{**CARD_ARGUMENTS, "exp_month": 1.5})),
    ):
        assert isinstance(error, kessai.InputError)
        assert CARD not in f"{error!r} {error} {vars(error)}"
        assert CARD not in frames_of_kessai(error)
    assert service.requests == []


def test_a_card_in_any_field_shows_in_no_traceback(service: Scripted) -> None:
    client = ipay.Client(KEY, SECRET, base_url=service.base_url)
    for error in (
        raised(lambda: client.create_payment(**ORDER, metadata={"note": CARD})),
        raised(lambda: client.create_customer(email="a@shop.example", name=CARD)),
    ):
        assert isinstance(error, kessai.InputError)
        assert CARD not in frames_of_kessai(error)

    async def refused() -> BaseException:
        async with ipay.AsyncClient(KEY, SECRET, base_url=service.base_url) as client:
            try:
                await client.create_payment(**ORDER, metadata={"note": CARD})
            except kessai.InputError as error:
                return error
        raise AssertionError("it was sent")

    assert CARD not in frames_of_kessai(asyncio.run(refused()))
    assert service.requests == []


def test_what_cannot_be_built_shows_no_password_and_no_secret() -> None:
    proxy = f"http://user:{SECRET}@proxy.example:0/path"
    for error in (
        raised(lambda: ipay.Client(KEY, SECRET, proxy=proxy)),
        raised(lambda: ipay.Webhooks([HOOK_SECRET, ""])),
        raised(lambda: zaif.Webhooks("https://shop.example/hooks", [HOOK_SECRET, ""])),
    ):
        assert isinstance(error, kessai.InputError)
        assert not shows(frames_of_kessai(error))


def test_bad_credentials_show_in_no_traceback(service: Scripted) -> None:
    for given in (
        {"key": KEY + "\n", "secret": SECRET},
        {"key": "live_" + KEY, "secret": SECRET},
        {"key": KEY, "secret": SECRET, "token": TOKEN},
    ):
        for kind in (ipay.Client, ipay.AsyncClient):
            error = raised(lambda kind=kind, given=given: kind(**given, base_url=service.base_url))  # type: ignore[misc]
            assert not shows(f"{error!r} {error} {vars(error)}")
            assert not shows(frames_of_kessai(error))
