"""What a type checker says: a payment is not paid because it is a payment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RIGHT = """
from kessai import ipay

def ship(paid: ipay.Succeeded) -> None: ...

def go_on(payment: ipay.Payment, client: ipay.Client) -> str | None:
    if isinstance(payment, ipay.Succeeded):
        ship(payment)
        return None
    if payment.result is ipay.ResultKind.NEEDS_ACTION:
        return payment.client_secret
    for one in client.list_payments():
        go_on(one, client)
    return payment.failure_code

def page(payment: ipay.NeedsAction) -> str:
    return payment.client_secret

def told(event: ipay.Event) -> str | None:
    match event:
        case ipay.PaymentSucceeded() | ipay.PaymentFailed():
            return event.payment.order_id
        case ipay.CustomerCreated():
            return event.customer.email
        case _:
            return event.type

async def every(client: ipay.AsyncClient) -> list[ipay.Payment]:
    return [one async for one in client.list_payments()]
"""

# Each is wrong alone, and for this reason.
WRONG = {
    "ship(payment)": "arg-type",
    "ship(needs_action)": "arg-type",
    "ship(pending)": "arg-type",
    "ship(client.create_payment(amount=1, currency='JPY'))": "arg-type",
    "paid: ipay.Succeeded = client.get_payment('pay_1')": "assignment",
    "text(payment.client_secret)": "arg-type",
    "text(failed.failure_code)": "arg-type",
    "text(event.payment.id)": "union-attr",
    "client.create_token(number='4', exp_month=1, exp_year=2030, cvc='1')": "attr-defined",
    "client.create_payment(amount=10.5, currency='JPY')": "arg-type",
    "client.create_payment(currency='JPY')": "call-arg",
    "client.confirm(payment, order_id='A', amount=1, currency='JPY')": "arg-type",
    "ipay.Client('k', 's', token_source=number)": "arg-type",
    "client.list_payments().invoice_id": "attr-defined",
}

HEAD = """
from kessai import ipay

def ship(paid: ipay.Succeeded) -> None: ...
def text(given: str) -> None: ...
def number() -> int: ...

def wrong(
    client: ipay.Client,
    payment: ipay.Payment,
    needs_action: ipay.NeedsAction,
    pending: ipay.Pending,
    failed: ipay.Failed,
    event: ipay.Event,
) -> None:
"""


def checked(tmp_path: Path, text: str) -> str:
    """What mypy says of a program that uses the package as it is installed."""
    program = tmp_path / "shop.py"
    program.write_text(text)
    arguments = ["--strict", "--no-incremental", "--python-executable", sys.executable]
    run = subprocess.run(
        [sys.executable, "-m", "mypy", *arguments, "shop.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not run.stderr, run.stderr
    return run.stdout


def test_what_is_right_is_right(tmp_path: Path) -> None:
    assert "no issues found" in checked(tmp_path, RIGHT)


def test_what_is_wrong_is_wrong_for_that_reason(tmp_path: Path) -> None:
    out = checked(tmp_path, HEAD + "".join(f"    {line}\n" for line in WRONG))
    first = HEAD.count("\n") + 1
    for number, (line, reason) in enumerate(WRONG.items(), first):
        said = [text for text in out.splitlines() if text.startswith(f"shop.py:{number}: error")]
        assert said, line
        assert {text.rpartition(" ")[2] for text in said} == {f"[{reason}]"}, f"{line}: {said}"
