"""Zaif Payment: yen-priced invoices paid in Bitcoin or Monacoin.

::

    from kessai import zaif

    client = zaif.Client("your key", "your secret")
    invoice = client.create_invoice(currency="btc", amount=10_800, order_number="A-1001")
    print(invoice.invoice_uri, invoice.coin_amount, invoice.address)

    # In the handler of the webhook, with the raw body:
    hint = zaif.Hint.parse(body)
    invoice = client.confirm(hint, order_number="A-1001", amount=10_800)
    if invoice.is_settled:
        ...  # ship, once
"""

from __future__ import annotations

from kessai._kessai import Hint
from kessai._zaif import ClientBase, Invoice

# What only type checkers need is not imported: it would take most of the time
# that `import kessai` takes.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from typing import Any

__all__ = ["Client", "Hint", "Invoice", "Resumed"]


class Resumed:
    """What a resumed create turned out to have done."""

    __slots__ = ("invoice", "others")

    invoice: Invoice | None
    """The invoice it made, in whatever state; None when it made nothing."""
    others: list[str]
    """Every other invoice of the order."""

    def __init__(self, invoice: Invoice | None, others: list[str]) -> None:
        self.invoice = invoice
        self.others = others

    def __repr__(self) -> str:
        return f"Resumed(invoice={self.invoice!r}, others={self.others!r})"

    @property
    def outcome(self) -> str:
        """``"done"``, or ``"not_done"``: then the order may be tried again."""
        return "not_done" if self.invoice is None else "done"


class Client(ClientBase):
    """Calls Zaif Payment with one API key.

    Safe to share between threads, and safe after a fork. Every method blocks,
    without holding up other threads, until its result is known or ``timeout``
    seconds have passed.
    """

    __slots__ = ()

    def resume(self, handle: str, *, timeout: float | None = None) -> Resumed:
        """Find out what became of a create whose outcome was unknown.

        ``handle`` is the error's ``resume``. Never creates. Where nothing is to
        be seen it must wait for ``settle``, so without a ``timeout`` it may take
        15 s more than that; with a shorter one it can find the invoice, but
        never that there is none.

        Raises :class:`kessai.OutcomeUnknownError` when it is still not known.
        """
        done = self._core.resume(handle, timeout)
        if done is None:
            return Resumed(None, [])
        invoice, others = done
        return Resumed(Invoice(invoice), others)

    def get_invoice(self, invoice_id: str, *, timeout: float | None = None) -> Invoice:
        """Read an invoice (``getInvoice``).

        Raises :class:`kessai.InvalidRequestError` with ``param`` set to
        ``invoice_id`` when there is none of this id.
        """
        return Invoice(self._core.get_invoice(invoice_id, timeout))

    def find_invoice_ids(self, order_number: str, *, timeout: float | None = None) -> list[str]:
        """Find an order's invoices (``getInvoiceIdsByOrderNumber``).

        Empty when it has none; an order can have several.
        """
        return self._core.find_invoice_ids(order_number, timeout)

    def cancel_invoice(
        self,
        invoice_id: str,
        *,
        even_if_money_seen: bool = False,
        timeout: float | None = None,
    ) -> Invoice:
        """Take an invoice back (``cancelInvoice``), after re-reading it.

        Once money has been seen it refuses (``zaif.money_seen``) unless
        ``even_if_money_seen``. Repeating a cancel is safe. Keep watching a
        canceled invoice: its address can still receive money.
        """
        return Invoice(self._core.cancel_invoice(invoice_id, even_if_money_seen, timeout))

    def confirm(
        self,
        hint: Hint,
        *,
        order_number: str,
        amount: int | Decimal,
        currency: str | None = None,
        billing_currency: str | None = None,
        timeout: float | None = None,
    ) -> Invoice:
        """Re-read the invoice that a notification hints at, and compare it.

        ``order_number`` and ``amount`` come from the shop's own books, never
        from the notification. Only the invoice returned here may be believed:
        ship when its ``is_settled`` is True.

        Raises :class:`kessai.MismatchError`, naming what differs.
        """
        return Invoice(
            self._core.confirm(hint, order_number, amount, currency, billing_currency, timeout)
        )

    def call(
        self,
        method: str,
        params: Mapping[str, str | int | Decimal] | None = None,
        *,
        timeout: float | None = None,
    ) -> Any:
        """Call any method, present or future, and give its ``return``.

        Numbers with decimals come as :class:`~decimal.Decimal`. Methods whose
        names begin with ``get`` count as reads and are repeated; any other is
        treated like a create that cannot be looked up.
        """
        import json
        from decimal import Decimal

        answer = self._core.call(method, dict(params or {}), timeout)
        return json.loads(answer, parse_float=Decimal)
