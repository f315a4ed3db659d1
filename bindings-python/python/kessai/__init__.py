"""Take payments without losing a yen or taking one twice.

Two ways in::


    client = zaif.Client("your key", "your secret")
    invoice = client.create_invoice(currency="btc", amount=10_800, order_number="A-1001")

    client = ipay.Client("live_your_key", "secret_your_secret")
    payment = client.create_payment(
        amount=10_800, currency="JPY", payment_method="pm_...", confirm=True
    )

Every error is a :class:`KessaiError`; ask its ``outcome`` first. To develop and
to test, start :class:`kessai.testing.Sandbox`.
"""

from kessai._kessai import Qr, __version__, currency_exponent, major_units, minor_units
from kessai.errors import (
    ApiError,
    AuthenticationError,
    CardError,
    DuplicateInvoiceError,
    IdempotencyError,
    InputError,
    InternalError,
    InvalidRequestError,
    KessaiConnectionError,
    KessaiError,
    KessaiPermissionError,
    KessaiTimeoutError,
    MismatchError,
    NonceError,
    NonceExhaustedError,
    NotFoundError,
    OutcomeUnknownError,
    ProtocolError,
    RateLimitError,
    SignatureError,
)

# Whoever uses one of the services waits for no other to be imported.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from kessai import ipay, zaif

__all__ = [
    "ApiError",
    "AuthenticationError",
    "CardError",
    "DuplicateInvoiceError",
    "IdempotencyError",
    "InputError",
    "InternalError",
    "InvalidRequestError",
    "KessaiConnectionError",
    "KessaiError",
    "KessaiPermissionError",
    "KessaiTimeoutError",
    "MismatchError",
    "NonceError",
    "NonceExhaustedError",
    "NotFoundError",
    "OutcomeUnknownError",
    "ProtocolError",
    "Qr",
    "RateLimitError",
    "SignatureError",
    "__version__",
    "currency_exponent",
    "ipay",
    "major_units",
    "minor_units",
    "zaif",
]


def __getattr__(name: str) -> object:
    if name in ("ipay", "zaif"):
        from importlib import import_module

        return import_module(f"kessai.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
