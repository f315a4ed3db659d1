"""What a call gave, in the form in which the data tells it, and the comparison."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import kessai
from kessai import ipay, zaif


class Different(Exception):
    """It is not as the data says; the message tells where."""


def differences(expected: Any, told: Any, where: str = "it") -> list[str]:
    """Compare what was told with what is expected; more may be told."""
    if isinstance(expected, dict) and isinstance(told, dict):
        found = [f"nothing is told of {name}" for name in expected if name not in told]
        for name in expected.keys() & told.keys():
            found += differences(expected[name], told[name], name)
        return found
    if isinstance(expected, list) and isinstance(told, list) and len(expected) == len(told):
        pairs = enumerate(zip(expected, told, strict=True))
        return [one for at, pair in pairs for one in differences(*pair, f"{where}[{at}]")]
    if type(expected) is type(told) and expected == told:
        return []
    return [f"{where} is {told!r}, not {expected!r}"]


def compare(expected: Any, told: Any) -> None:
    """Compare, and raise what differs."""
    if found := differences(expected, told):
        raise Different("; ".join(sorted(found)))


def plain(value: Any) -> Any:
    """Give a value as JSON has it, money as text."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value


def invoice(given: zaif.Invoice) -> dict[str, Any]:
    """Tell every field; yen are text as well."""
    fields = plain(given.to_dict())
    return {**fields, "amount": str(fields["amount"])}


# Of whole numbers these alone are no amounts and no counts, and told as numbers.
TIMES = ("created", "current_period_end")


def model(given: Any) -> dict[str, Any]:
    """Tell every field of a model of iPay, and which of several classes it is of."""
    fields = {name: told(getattr(given, name)) for name in given.to_dict() if name != "class"}
    for name, value in fields.items():
        if isinstance(value, int) and not isinstance(value, bool) and name not in TIMES:
            fields[name] = str(value)
    fields["class"] = type(given).__name__
    if isinstance(given, ipay.AnyEvent):
        fields["raw"] = given.raw_json()
    return fields


def payment_uri(link: zaif.PaymentUri) -> dict[str, Any]:
    """Tell every field, and the link as it is written."""
    names = ("scheme", "currency", "address", "amount", "label", "message", "parameters")
    return {"text": str(link), **{name: plain(getattr(link, name)) for name in names}}


def qr(code: kessai.Qr) -> dict[str, Any]:
    """Tell the size, and the rows of modules."""
    rows = ["".join("#" if dark else "." for dark in row) for row in code.modules()]
    return {"size": code.size, "rows": rows}


def told(result: Any) -> Any:
    """Tell what a call gave."""
    if isinstance(result, zaif.Invoice):
        return invoice(result)
    if type(result).__module__ == ipay.Refund.__module__ and hasattr(result, "raw_json"):
        return model(result)
    if isinstance(result, zaif.Resumed):
        if result.invoice is None:
            return {"outcome": result.outcome}
        invoice_id = result.invoice.invoice_id
        return {"outcome": result.outcome, "invoice_id": invoice_id, "others": result.others}
    if isinstance(result, zaif.Notice):
        hint, index = str(result.hint), result.secret_index
        return {"order_number": result.order_number, "hint": hint, "secret_index": index}
    if isinstance(result, zaif.PaymentUri):
        return payment_uri(result)
    if isinstance(result, kessai.Qr):
        return qr(result)
    if isinstance(result, list) and result and isinstance(result[0], zaif.Invoice):
        return [one.invoice_id for one in result]
    if isinstance(result, (zaif.Hint, zaif.Webhooks)):
        return str(result)
    return plain(result)


def failure(error: kessai.KessaiError) -> dict[str, Any]:
    """Tell everything of an error; of a handle only whether there is one."""
    cause = error.__cause__
    return {
        "class": type(error).__name__,
        "kind": error.kind,
        "code": error.code,
        "outcome": error.outcome,
        "retryable": error.retryable,
        "message": error.message,
        "param": error.param,
        "http_status": error.http_status,
        "request_id": error.request_id,
        "retry_after": error.retry_after,
        "resume": error.resume is not None,
        "invoice_ids": error.invoice_ids,
        "decline_code": error.decline_code,
        "payment_id": error.payment_id,
        "service_code": error.service_code,
        "idempotency_key": error.idempotency_key,
        "cause": cause.code if isinstance(cause, kessai.KessaiError) else None,
    }


def event(given: zaif.Event) -> dict[str, Any]:
    """Tell what the hook was told; of times and handles only whether they are there."""
    return {
        "name": given["name"],
        "method": given["method"],
        "attempt": given["attempt"],
        "outcome": given["outcome"],
        "code": given.get("code"),
        "http_status": given.get("http_status"),
        "request_id": given.get("request_id"),
        "resume": "resume" in given,
        "times": "local_time" in given and "server_time" in given,
    }


def name(result: Any) -> Any:
    """Give what a remembered result stands for in later steps."""
    if isinstance(result, zaif.Invoice):
        return result.invoice_id
    if isinstance(result, kessai.KessaiError):
        return result.resume
    return getattr(result, "id", result)
