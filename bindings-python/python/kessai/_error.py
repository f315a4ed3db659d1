"""The base of every exception: what all of them can tell."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, ClassVar


class KessaiError(Exception):
    """Why a call did not end well, and what is known of its effect.

    Catch this to catch everything that kessai raises. Before anything else ask
    :attr:`outcome`: only ``"not_done"`` says that nothing has happened.
    """

    kind: ClassVar[str] = ""
    """The family of the error, such as ``"rate_limit"``: one class each."""

    message: str
    """What went wrong, for people. Match on :attr:`code` instead."""
    code: str
    """The stable code, such as ``"zaif.nonce_stuck"``."""
    outcome: str
    """``"done"``, ``"not_done"`` or ``"unknown"``."""
    retryable: bool
    """Whether the same call may simply be made again later."""
    param: str | None
    """The parameter at fault, where there is one."""
    http_status: int | None
    """The HTTP status of the last answer, where there was one."""
    request_id: str | None
    """The identifier that the service or a proxy gave the request."""
    retry_after: int | None
    """For how many seconds the service asked to be left alone."""
    resume: str | None
    """The handle for ``Client.resume`` where the outcome is unknown.

    Store it beside the order; never hand it to a browser.
    """
    invoice_ids: list[str]
    """The live invoices a :class:`DuplicateInvoiceError` speaks of, oldest first."""
    decline_code: str | None
    """Why a card was declined, in the service's word, such as ``"insufficient_funds"``."""
    payment_id: str | None
    """The payment that a :class:`CardError` speaks of: it is ``failed``."""
    service_code: str | None
    """What the service itself calls the failure, where it has a word for it."""
    idempotency_key: str | None
    """The key that the call went out with: with it the call is never executed twice."""

    def __init__(self, message: str = "", **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = facts.get("code", "")
        self.outcome = facts.get("outcome", "unknown")
        self.retryable = facts.get("retryable", False)
        self.param = facts.get("param")
        self.http_status = facts.get("http_status")
        self.request_id = facts.get("request_id")
        self.retry_after = facts.get("retry_after")
        self.resume = facts.get("resume")
        self.invoice_ids = facts.get("invoice_ids", [])
        self.decline_code = facts.get("decline_code")
        self.payment_id = facts.get("payment_id")
        self.service_code = facts.get("service_code")
        self.idempotency_key = facts.get("idempotency_key")

    def __str__(self) -> str:
        return f"{self.message} [{self.code}, outcome: {self.outcome}]"

    def __reduce__(self) -> tuple[Any, ...]:
        facts = {name: value for name, value in self.__dict__.items() if name != "message"}
        return make, (type(self), self.message, facts)


def make(cls: type[KessaiError], message: str, facts: Mapping[str, Any]) -> KessaiError:
    """Build an exception from what the core tells of an error."""
    return cls(message, **facts)
