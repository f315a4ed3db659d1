"""Tells how the shop takes cards: paid, declined, asked about, and what does not fool it."""

from __future__ import annotations

import os
from queue import Empty

from cards import CardOrder, CardShop, Told
from customer import ASKS, DECLINED, PAYS, Customer
from kessai import ipay
from kessai.testing import Sandbox
from pages import Pages
from surprise import SurpriseError, check

PATIENCE = 20
OK, UNAUTHORIZED = 200, 401
SHIPPED = {"A-2001", "A-2002", "A-2003"}


def tell(sandbox: Sandbox) -> None:
    """Tell the whole story, with the account of the environment."""
    client = ipay.Client.from_env()
    shop = CardShop(client, ipay.Webhooks(os.environ["IPAY_WEBHOOK_SECRET"]))
    pages = Pages(shop, f"{sandbox.url}/ipay/card", os.environ["IPAY_PUBLISHABLE_KEY"])
    try:
        sandbox.control("ipay/webhook_endpoints", {"url": f"{pages.url}/hooks/ipay"})
        print("\nCards: the same sandbox plays iPay")
        a_card(shop, pages)
        a_decline(shop, pages)
        a_question(shop, pages)
        a_refusal(shop, pages)
        the_tricks(sandbox, shop)
        the_books(sandbox, shop)
    finally:
        pages.close()


def a_card(shop: CardShop, pages: Pages) -> None:
    """Pay by a card that pays."""
    print("\n4. A customer pays 10,800 yen by card")
    order = shop.order("A-2001", 10_800)
    customer = Customer(pages.address(order))
    customer.enter(PAYS)
    check(customer.title == "Thank you", f"the page says {customer.title}")
    print(f"   The card page gives the shop a token; the shop's page says: {customer.title}")
    expect(shop, order, "succeeded")
    check(order.shipped == 1, f"the order was shipped {order.shipped} times")
    print("   A signed webhook says so too, and the payment reads as succeeded: shipped, once.")


def a_decline(shop: CardShop, pages: Pages) -> None:
    """Have one card declined, and pay by another."""
    print("\n5. Another customer's card is declined")
    order = shop.order("A-2002", 5_000)
    customer = Customer(pages.address(order))
    customer.enter(DECLINED)
    check(customer.title == "Card declined", f"the page says {customer.title}")
    print(f"   The shop's page says: {customer.text}")
    expect(shop, order, "failed")
    check((order.attempt, order.shipped) == (2, 0), "the books do not await a second card")
    customer.enter(PAYS)
    check(customer.title == "Thank you", f"the page says {customer.title}")
    expect(shop, order, "succeeded")
    check(order.shipped == 1, f"the order was shipped {order.shipped} times")
    print("   Another card is a second attempt, with a key of its own: paid and shipped, once.")


def a_question(shop: CardShop, pages: Pages) -> None:
    """Have the bank ask, and say yes."""
    print("\n6. A third customer's bank asks who it is (3-D Secure)")
    order = shop.order("A-2003", 1_980)
    customer = Customer(pages.address(order))
    customer.enter(ASKS)
    check("/ipay/authenticate/" in customer.url, f"the customer is at {customer.url}")
    check(order.shipped == 0 and order.paid_by is None, "what needs action was taken for paid")
    print("   The payment needs action. It is not paid, nothing is shipped: off to the bank.")
    customer.authenticate(ok=True)
    check(customer.title == "Thank you", f"the page says {customer.title}")
    expect(shop, order, "succeeded")
    check(order.shipped == 1, f"the order was shipped {order.shipped} times")
    print("   Back from the bank, the shop reads the payment again: paid and shipped, once.")


def a_refusal(shop: CardShop, pages: Pages) -> None:
    """Have the bank ask, and say no."""
    print("\n7. A fourth says no to the bank")
    order = shop.order("A-2004", 3_300)
    customer = Customer(pages.address(order))
    customer.enter(ASKS)
    customer.authenticate(ok=False)
    check(customer.title == "Card declined", f"the page says {customer.title}")
    expect(shop, order, "failed")
    check((order.attempt, order.shipped) == (2, 0), "the books do not await a second card")
    print(f"   The shop's page says: {customer.text}")


def the_tricks(sandbox: Sandbox, shop: CardShop) -> None:
    """Try what a shop must not fall for."""
    print("\n8. What does not fool the shop")
    genuine = next(
        each
        for each in sandbox.deliveries()["deliveries"]
        if each["kind"] == "event" and '"status":"succeeded"' in each["body"]
    )
    body, signature = genuine["body"].encode(), dict(genuine["headers"])["ipay-signature"]
    forged = body.replace(b"10800", b"10801")
    check(shop.webhook(forged, signature) == UNAUTHORIZED, "a forged webhook was taken")
    print("   A forged webhook: 401.")
    shipped = shop.orders["A-2001"].shipped
    check(shop.webhook(body, signature) == OK, "a webhook that came again was refused")
    check(shop.orders["A-2001"].shipped == shipped == 1, "the same webhook shipped twice")
    print("   A true one that comes again: counted once.")
    order = shop.orders["A-2004"]
    token = sandbox_token(PAYS)
    cheap = shop.client.create_payment(
        amount=1,
        currency="JPY",
        payment_method=shop.client.create_payment_method(type="card", token=token).id,
        confirm=True,
        metadata={"orderId": order.number},
    )
    check(cheap.result is ipay.ResultKind.SUCCEEDED, "one yen cannot be paid")
    expect(shop, order, "mismatch")
    check(order.shipped == 0 and len(order.alarms) == 1, "one yen paid for 3,300")
    print("   One yen paid for an order of 3,300: an alarm, and nothing is shipped.")


def the_books(sandbox: Sandbox, shop: CardShop) -> None:
    """Compare the shop's books with the sandbox's."""
    paid = {
        (payment["metadata"]["orderId"], payment["id"], payment["amount"])
        for payment in sandbox.ledger()["ipay"]["payments"]
        if payment["status"] == "succeeded" and payment["amount"] != 1
    }
    booked = {
        (order.number, order.paid_by, order.yen)
        for order in shop.orders.values()
        if order.shipped == 1
    }
    check(paid == booked, f"the sandbox says {paid}, the shop {booked}")
    shipped = {number for number, _, _ in booked}
    check(shipped == SHIPPED, f"the shop has shipped {shipped}")
    print("\nThe books agree: four orders, three paid and shipped, one still to be paid.")


def sandbox_token(number: str) -> str:
    """Make a token of a card as a page does."""
    page = ipay.PublishableClient.from_env()
    return page.create_token(number=number, exp_month=12, exp_year=2099, cvc="123").id


def expect(shop: CardShop, order: CardOrder, result: str) -> None:
    """Wait for the webhook of a payment, and for what the shop then read."""
    try:
        told = shop.told.get(timeout=PATIENCE)
    except Empty:
        raise SurpriseError(f"no webhook came for {order.number}") from None
    check(told == Told(order.number, result), f"{order.number} should be {result}, not {told}")
