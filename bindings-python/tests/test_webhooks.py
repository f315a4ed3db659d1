"""Notifications through a real server, from the sandbox to what may be believed."""

from __future__ import annotations

import contextlib
import http.client
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest

import kessai
from kessai import zaif
from kessai.testing import Sandbox
from support import until

SECRET, OLD_SECRET = "sandbox-secret-of-today", "sandbox-secret-of-yesterday"
AMOUNT = 10_800


class Shop:
    """A shop's own server: receives, confirms, stores and only then answers 200."""

    def __init__(self, client: zaif.Client) -> None:
        self._client = client
        self._lock = threading.Lock()
        self.stored: list[tuple[zaif.Notice, zaif.Invoice]] = []
        self.failed: list[kessai.KessaiError] = []
        self.answered: list[int] = []
        self.methods: list[str] = []
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def _notified(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                status = shop._notified(self.command, self.path, body)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST = _notified

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()
        self.base = f"http://127.0.0.1:{self._server.server_port}/hooks/zaif"
        self.webhooks = zaif.Webhooks(self.base, [SECRET])

    def _notified(self, method: str, path: str, body: bytes) -> int:
        with self._lock:
            self.methods.append(method)
            status = 200
            try:
                notice = self.webhooks.receive(path, body)
                invoice = self._client.confirm(
                    notice.hint, order_number=notice.order_number, amount=AMOUNT
                )
                self.stored.append((notice, invoice))
            except kessai.KessaiError as error:
                self.failed.append(error)
                status = self.webhooks.status(error)
            self.answered.append(status)
            return status

    def states(self) -> list[str | None]:
        return [invoice.status for _, invoice in self.stored]

    def post(self, address: str, body: bytes) -> int:
        """Send a notification as anybody could."""
        there = urlsplit(address)
        connection = http.client.HTTPConnection(there.netloc, timeout=20)
        with contextlib.closing(connection):
            connection.request("POST", there.path, body)
            return connection.getresponse().status

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def shop(client: zaif.Client) -> Iterator[Shop]:
    running = Shop(client)
    yield running
    running.close()


Checkout = Callable[..., zaif.Invoice]


@pytest.fixture
def checkout(shop: Shop, client: zaif.Client) -> Checkout:
    """Make an invoice whose notifications come to the shop."""

    def make(order_number: str = "A-1", **more: Any) -> zaif.Invoice:
        more.setdefault("webhook_url", shop.webhooks.address(order_number))
        return client.create_invoice(
            currency="btc", amount=AMOUNT, order_number=order_number, **more
        )

    return make


def test_a_payment_is_told_step_by_step_and_confirmed_each_time(
    sandbox: Sandbox, shop: Shop, checkout: Checkout
) -> None:
    made = checkout()
    sandbox.pay(made.invoice_id)
    until(lambda: shop.states() == ["paid"])
    sandbox.mine("btc", 1)
    until(lambda: shop.states() == ["paid", "confirmed"])
    sandbox.mine("btc", 2)
    until(lambda: shop.states() == ["paid", "confirmed", "complete"])
    assert {notice.order_number for notice, _ in shop.stored} == {"A-1"}
    assert {notice.hint.invoice_id for notice, _ in shop.stored} == {made.invoice_id}
    assert shop.stored[-1][1].is_settled
    assert shop.failed == []
    delivered = until(
        lambda: [
            one
            for one in sandbox.deliveries()["deliveries"]
            if one["tries"] and one["tries"][-1].get("status") == 200
        ]
    )
    assert len(delivered) == 3


def test_the_same_event_has_the_same_key_and_another_another(
    sandbox: Sandbox, shop: Shop, checkout: Checkout
) -> None:
    made = checkout()
    sandbox.pay(made.invoice_id)
    until(lambda: len(shop.stored) == 1)
    (first,) = sandbox.deliveries()["deliveries"]
    sandbox.control(f"deliveries/{first['id']}/redeliver", {})
    until(lambda: len(shop.stored) == 2)
    sandbox.mine("btc", 1)
    until(lambda: len(shop.stored) == 3)
    once, again, other = (invoice.event_key for _, invoice in shop.stored)
    assert once == again
    assert other != once
    assert len(once) == 64
    assert int(once, 16) >= 0
    # What came late would be told apart from what is news.
    earlier, later = shop.stored[0][1], shop.stored[2][1]
    assert later.follows("paid") is True
    assert earlier.follows("confirmed") is False


def test_whoever_has_no_token_gets_404_and_costs_nothing(
    sandbox: Sandbox, shop: Shop, checkout: Checkout
) -> None:
    made = checkout()
    before = len(sandbox.ledger()["requests"])
    body = b'{"invoiceId": "%s", "status": "complete"}' % made.invoice_id.encode()
    true = shop.webhooks.address("A-1")
    token = true.rsplit("/", 1)[1]
    forged = [
        f"{shop.base}/A-1/{'A' * len(token)}",
        f"{shop.base}/A-2/{token}",
        f"{shop.base}/A-1/",
        f"{shop.base}/A-1",
        shop.base,
        true[:-1],
        true + "A",
    ]
    for address in forged:
        assert shop.post(address, body) == 404
    assert {error.code for error in shop.failed} == {"zaif.bad_token"}
    assert all(isinstance(error, kessai.SignatureError) for error in shop.failed)
    assert len(sandbox.ledger()["requests"]) == before
    assert not [error for error in shop.failed if token in f"{error!r}{vars(error)}"]


@pytest.mark.parametrize("body", [b"{}", b"\xff\xfe", b"[1]", b"status=complete", b"{" * 9_000])
def test_garbage_at_a_true_address_gets_400(shop: Shop, body: bytes) -> None:
    assert shop.post(shop.webhooks.address("A-1"), body) == 400
    assert [error.code for error in shop.failed] == ["zaif.bad_notification"]


def test_a_body_s_own_claims_are_never_believed(shop: Shop, checkout: Checkout) -> None:
    made = checkout()
    claim = b'{"invoiceId": "%s", "status": "complete", "settled": 1}' % made.invoice_id.encode()
    assert shop.post(shop.webhooks.address("A-1"), claim) == 200
    assert shop.states() == ["new"]


def test_another_order_s_invoice_at_a_true_address_is_not_taken(
    shop: Shop, checkout: Checkout
) -> None:
    other = checkout("A-2")
    body = b'{"invoiceId": "%s"}' % other.invoice_id.encode()
    assert shop.post(shop.webhooks.address("A-1"), body) == 503
    assert [error.code for error in shop.failed] == ["zaif.mismatch"]
    assert shop.stored == []


def test_a_flood_gets_503_for_one_order_and_leaves_the_others_alone(
    shop: Shop, checkout: Checkout
) -> None:
    invoices = {number: checkout(number) for number in ("A-1", "A-2")}
    bodies = {
        number: b'{"invoiceId": "%s"}' % invoice.invoice_id.encode()
        for number, invoice in invoices.items()
    }
    shop.webhooks = zaif.Webhooks(shop.base, [SECRET], per_order=3, per_process=60)
    address = shop.webhooks.address("A-1")
    assert [shop.post(address, bodies["A-1"]) for _ in range(5)] == [200] * 3 + [503] * 2
    assert [error.code for error in shop.failed] == ["zaif.too_many_notifications"] * 2
    assert all(isinstance(error, kessai.RateLimitError) for error in shop.failed)
    assert shop.post(shop.webhooks.address("A-2"), bodies["A-2"]) == 200


def test_a_notification_by_get_is_about_the_order(
    sandbox: Sandbox, shop: Shop, checkout: Checkout
) -> None:
    address = shop.webhooks.address("A-1")
    made = checkout(webhook_url=None, notification_uri=address, notification_method="GET")
    sandbox.pay(made.invoice_id)
    sandbox.mine("btc", 3)
    until(lambda: shop.stored)
    assert shop.methods == ["GET"]
    notice, invoice = shop.stored[0]
    assert (notice.hint.invoice_id, notice.hint.order_number) == (None, "A-1")
    assert (invoice.invoice_id, invoice.is_settled) == (made.invoice_id, True)


def test_a_notification_by_post_names_the_invoice(
    sandbox: Sandbox, shop: Shop, checkout: Checkout
) -> None:
    made = checkout(webhook_url=None, notification_uri=shop.webhooks.address("A-1"))
    sandbox.pay(made.invoice_id)
    sandbox.mine("btc", 3)
    until(lambda: shop.stored)
    assert shop.methods == ["POST"]
    notice, invoice = shop.stored[0]
    assert notice.hint == zaif.Hint.about(made.invoice_id)
    assert invoice.is_settled


def test_a_secret_is_replaced_while_invoices_are_under_way(
    sandbox: Sandbox, shop: Shop, checkout: Checkout
) -> None:
    shop.webhooks = zaif.Webhooks(shop.base, [OLD_SECRET])
    made = checkout()
    shop.webhooks = zaif.Webhooks(shop.base, [SECRET, OLD_SECRET])
    newer = checkout("A-2")
    sandbox.pay(made.invoice_id)
    sandbox.pay(newer.invoice_id)
    until(lambda: len(shop.stored) == 2)
    told = {notice.order_number: notice.secret_index for notice, _ in shop.stored}
    assert told == {"A-1": 1, "A-2": 0}
    # Once the old one is gone, so are its addresses.
    retired = zaif.Webhooks(shop.base, [OLD_SECRET]).address("A-1")
    shop.webhooks = zaif.Webhooks(shop.base, [SECRET])
    assert shop.post(retired, b"") == 404


def test_an_order_that_was_paid_twice_is_told_as_such(
    sandbox: Sandbox, shop: Shop, checkout: Checkout
) -> None:
    both = [checkout().invoice_id]
    sandbox.advance(2)
    both.append(checkout().invoice_id)
    sandbox.pay(both[0])
    until(lambda: shop.states() == ["paid"])
    sandbox.pay(both[1])
    until(lambda: shop.failed)
    error = shop.failed[0]
    assert isinstance(error, kessai.DuplicateInvoiceError)
    assert (error.code, error.invoice_ids) == ("zaif.paid_twice", both)
    assert shop.answered == [200, 503]


def test_what_could_not_be_stored_comes_again(
    sandbox: Sandbox, shop: Shop, checkout: Checkout
) -> None:
    made = checkout()
    sandbox.faults(
        [{"match": {"method": "getInvoice"}, "fault": "message", "message": "no luck", "times": 1}]
    )
    sandbox.pay(made.invoice_id)
    until(lambda: shop.answered == [503])
    sandbox.advance(30)
    until(lambda: shop.answered == [503, 200])
    assert shop.states() == ["paid"]


CAUSES = {
    "late": (["expired", "invalid"], ["late"]),
    "short": (["paid", "invalid"], ["short", "slow"]),
    "slow": (["paid", "invalid"], ["short", "slow"]),
}


@pytest.mark.parametrize("story", CAUSES)
def test_a_reason_follows_from_the_states_that_were_seen(
    story: str, sandbox: Sandbox, shop: Shop, checkout: Checkout
) -> None:
    states, reasons = CAUSES[story]
    made = checkout()
    if story == "late":
        sandbox.advance(700)
        until(lambda: shop.states() == states[:1])
        sandbox.pay(made.invoice_id)
    else:
        sandbox.pay(made.invoice_id, "0.0001" if story == "short" else None)
        until(lambda: shop.states() == states[:1])
        sandbox.advance(2 * 3_600)
    until(lambda: shop.states() == states)
    first, last = (invoice for _, invoice in shop.stored)
    found = last.reasons(["new", states[0]])
    assert found == reasons
    assert all(type(reason) is zaif.Reason for reason in found)
    # While it could still settle there was nothing to explain.
    assert first.reasons(["new"]) == []


def test_one_secret_may_stand_alone() -> None:
    alone = zaif.Webhooks("https://shop.example", SECRET)
    assert alone.address("A-1") == zaif.Webhooks("https://shop.example", [SECRET]).address("A-1")


def test_the_right_answer_to_any_error_is_known() -> None:
    assert zaif.Webhooks.status(ValueError("of the shop's own")) == 503
    assert zaif.Webhooks.status(kessai.KessaiError("?", code="no.such.code")) == 503
