"""Tells how a shop takes payments: from the invoice to the settled order, then by card.

``make demo`` runs it with a sandbox at its side. It plays the customer, and checks every
step: any surprise ends it with status 1.
"""

from __future__ import annotations

import json
import os
import sys
import time
from queue import Empty

import card_story
import kessai
from kessai import zaif
from kessai.testing import Sandbox, SandboxError
from shop import Shop
from surprise import SurpriseError, check

PATIENCE = 20


def main() -> int:
    """Tell the stories in the sandbox that the environment names; give the exit status."""
    try:
        sandbox = Sandbox.attach(os.environ["KESSAI_SANDBOX_URL"])
        tell(sandbox)
        card_story.tell(sandbox)
    except (SurpriseError, SandboxError, kessai.KessaiError) as problem:
        print(f"\nThe demo met a surprise: {problem}", file=sys.stderr)
        return 1
    return 0


def tell(sandbox: Sandbox) -> None:
    """Tell the story of the invoices."""
    client = zaif.Client.from_env()
    shop = Shop(client)
    try:
        print(f"A sandbox plays Zaif Payment at {sandbox.url}")
        print(f"A shop receives webhooks at     {shop.url}")
        a_payment(sandbox, shop)
        a_cancel(sandbox, shop)
        an_expiry(sandbox, shop)
        the_books(sandbox, shop)
    finally:
        shop.close()


def a_payment(sandbox: Sandbox, shop: Shop) -> None:
    """Take the payment that the shop lives on."""
    print("\n1. A customer buys a tea bowl for 10,800 yen and pays in Bitcoin")
    invoice = shop.checkout("A-1001", 10_800, "btc")
    describe(invoice)
    again = shop.checkout("A-1001", 10_800, "btc")
    check(again.invoice_id == invoice.invoice_id, "a reload made another invoice")
    print("   The page is reloaded: it shows the same invoice.")

    print("   The customer sends the money ...")
    sandbox.pay(invoice.invoice_id)
    expect(sandbox, shop, "A-1001", "paid")
    print("   ... a block is mined ...")
    sandbox.mine("btc", 1)
    expect(sandbox, shop, "A-1001", "confirmed")
    print("   ... and two more.")
    sandbox.mine("btc", 2)
    expect(sandbox, shop, "A-1001", "complete")

    order = shop.orders["A-1001"]
    settled = shop.client.get_invoice(invoice.invoice_id).settled_at
    check(settled is not None, "the invoice is not settled")
    check(order.shipped == 1, f"the order was shipped {order.shipped} times")
    print(f"   Settled at {settled:%Y-%m-%d %H:%M:%S} UTC: the order is shipped, once.")


def a_cancel(sandbox: Sandbox, shop: Shop) -> None:
    """Take an invoice back before anybody paid it."""
    print("\n2. A second order is taken back before it is paid")
    invoice = shop.checkout("A-1002", 5_000, "mona")
    describe(invoice)
    canceled = shop.client.cancel_invoice(invoice.invoice_id)
    check(canceled.status == "canceled", f"the invoice is {canceled.status}")
    expect(sandbox, shop, "A-1002", "canceled")


def an_expiry(sandbox: Sandbox, shop: Shop) -> None:
    """Let an invoice run out of time."""
    print("\n3. A third is never paid")
    invoice = shop.checkout("A-1003", 1_980, "btc")
    describe(invoice)
    valid = invoice.expired - invoice.created
    print(f"   The sandbox's clock moves {valid + 1} seconds ahead.")
    sandbox.advance(valid + 1)
    expect(sandbox, shop, "A-1003", "expired")


def the_books(sandbox: Sandbox, shop: Shop) -> None:
    """Compare the shop's books with the sandbox's."""
    states = {number: list(order.states.values()) for number, order in shop.orders.items()}
    wanted = {"A-1001": ["complete"], "A-1002": ["canceled"], "A-1003": ["expired"]}
    check(states == wanted, f"the shop's books say {states}")
    alarms = [alarm for order in shop.orders.values() for alarm in order.alarms]
    check(not alarms, f"the shop's books have alarms: {alarms}")
    made = sandbox.ledger()["invoices"]
    check(len(made) == len(wanted), f"the sandbox made {len(made)} invoices")
    print("\nThe books agree: three invoices, one settled and shipped, one canceled, one expired.")


def describe(invoice: zaif.Invoice) -> None:
    """Say what the customer sees."""
    left = invoice.expired - int(time.time())
    print(f"   Invoice  {invoice.invoice_id} for order {invoice.order_number}")
    print(f"   To pay   {invoice.amount:,} yen = {invoice.coin_amount} {invoice.currency.upper()}")
    print(f"   Address  {invoice.address}")
    print(f"   Time     {left // 60} min {left % 60} s left")
    print(f"   Page     {invoice.invoice_uri}")


def expect(sandbox: Sandbox, shop: Shop, order: str, status: str) -> None:
    """Wait for the webhook that announces a status."""
    try:
        seen = shop.seen.get(timeout=PATIENCE)
    except Empty:
        raise SurpriseError(f"no webhook said that {order} is {status}") from None
    check(
        (seen.order, seen.status) == (order, status),
        f"{order} should be {status}, but the webhook's re-read says {seen}",
    )
    sent = sandbox.deliveries()["deliveries"][-1]
    claim = json.loads(sent["body"])["status"]
    print(f"   Webhook {sent['id']} claims {claim}; the shop re-reads with getInvoice: {status}")


if __name__ == "__main__":
    sys.exit(main())
