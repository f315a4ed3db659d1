"""The address that a shop registers for notifications, and the door behind it."""

from __future__ import annotations

from kessai import _kessai
from kessai._given import Sealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kessai._kessai import Hint


class Notice:
    """A notification that came to a true address."""

    __slots__ = ("hint", "order_number", "secret_index")

    order_number: str
    """The order that the address was made for."""
    hint: Hint
    """What to hand to ``Client.confirm``."""
    secret_index: int
    """Which of the secrets the address was made with; 0 is the newest."""

    def __init__(self, order_number: str, hint: Hint, secret_index: int) -> None:
        self.order_number = order_number
        self.hint = hint
        self.secret_index = secret_index

    def __repr__(self) -> str:
        return (
            f"Notice(order_number={self.order_number!r}, hint={self.hint!r}, "
            f"secret_index={self.secret_index})"
        )


class Webhooks:
    """Makes the addresses that notifications go to, and receives what comes there.

    ::

        webhooks = zaif.Webhooks("https://shop.example/hooks/zaif", [secret])
        invoice = client.create_invoice(
            ..., order_number="A-1001", webhook_url=webhooks.address("A-1001")
        )

        # In the handler, with the path and the raw body of the request:
        try:
            notice = webhooks.receive(path, body)
            order = my_order(notice.order_number)
            invoice = client.confirm(
                notice.hint, order_number=notice.order_number, amount=order.amount
            )
        except (kessai.MismatchError, kessai.DuplicateInvoiceError) as alarm:
            ...  # store it for a person to look at, then answer 200
        except kessai.KessaiError as error:
            return HttpResponse(status=webhooks.status(error))
        ...  # store what the invoice says, then answer 200

    Notifications are not signed, and one sent by GET says nothing at all: so the
    address carries the order number and a token that nobody can guess, and what
    comes without it is turned away before it costs anything. A limit on re-reads
    stands before them, per order and per process; what is beyond it is answered
    with 503 and comes again.
    """

    __slots__ = ("_core",)

    def __init__(
        self,
        base: str,
        secrets: Sequence[str],
        *,
        per_order: int = 10,
        per_process: int = 120,
    ) -> None:
        """Make addresses below ``base``.

        The first of ``secrets`` (16 characters or more) makes them; each of them
        is accepted, so that a secret can be replaced while invoices are under way.
        ``per_order`` and ``per_process`` limit re-reads per minute.
        """
        given = Sealed([secrets] if isinstance(secrets, str) else secrets)
        del secrets
        self._core = _kessai.Webhooks(base, given, per_order, per_process)

    def address(self, order_number: str) -> str:
        """Give the address for an order's notifications.

        Its last part is as good as a key: keep it out of logs (:meth:`mask`).
        """
        return self._core.address(order_number)

    def receive(self, path: str, body: bytes) -> Notice:
        """Receive a notification: the path of the request and its raw body.

        Raises :class:`kessai.SignatureError` for a path without a true token,
        :class:`kessai.ProtocolError` for a body that is no notification and
        :class:`kessai.RateLimitError` beyond the limits.
        """
        return Notice(*self._core.receive(path, body))

    @staticmethod
    def status(error: BaseException) -> int:
        """Give the HTTP status to answer an error with.

        404 to whoever has no token, 400 to what is no notification, else 503, and
        the service sends it again.
        """
        code = getattr(error, "code", None)
        return _kessai.Webhooks.status(code if isinstance(code, str) else "")

    @staticmethod
    def mask(path: str) -> str:
        """Give a path or an address as it may stand in a log: without its token."""
        return _kessai.Webhooks.mask(path)

    def __repr__(self) -> str:
        # One that could not be built is shown in the traceback that says so.
        return repr(getattr(self, "_core", None))
