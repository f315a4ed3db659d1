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

:class:`AsyncClient` has the same methods to be awaited.
"""

from __future__ import annotations

from kessai._kessai import Hint, PaymentUri
from kessai._webhooks import Notice, Webhooks
from kessai._zaif import Client
from kessai._zaif_models import Coin, Invoice, Reason, Status, Until
from kessai._zaif_resumed import Resumed

# What only type checkers and asynchronous programs need is not imported: it
# would take most of the time that `import kessai` takes.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from kessai._event import HookEvent as Event
    from kessai._zaif_async import AsyncClient

__all__ = [
    "AsyncClient",
    "Client",
    "Coin",
    "Event",
    "Hint",
    "Invoice",
    "Notice",
    "PaymentUri",
    "Reason",
    "Resumed",
    "Status",
    "Until",
    "Webhooks",
]


def __getattr__(name: str) -> object:
    if name == "AsyncClient":
        from kessai._zaif_async import AsyncClient

        globals()[name] = AsyncClient
        return AsyncClient
    if name == "Event":
        from kessai._event import HookEvent

        return HookEvent
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
