"""The door for webhooks of iPay."""

from __future__ import annotations

from kessai import _kessai
from kessai._given import Sealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kessai._ipay_models import Event


class Webhooks:
    """Tells which webhooks are the service's.

    ::

        webhooks = ipay.Webhooks(["whsec_your_secret"])

        # In the handler, with the raw body of the request:
        try:
            event = webhooks.verify(body, headers.get("ipay-signature"))
            order = my_order(event)
            payment = client.confirm(
                event, order_id=order.id, amount=order.amount, currency="JPY"
            )
        except kessai.MismatchError as alarm:
            ...  # store it for a person to look at, then answer 200
        except kessai.KessaiError as error:
            return HttpResponse(status=webhooks.status(error))
        ...  # store what the payment says, once for each event.key, then answer 200

    The body must be the bytes as they were received: what a framework has parsed
    and written anew has another signature. Signatures bear no time, so an old
    delivery can be sent again: let each ``event.key`` count once.
    """

    __slots__ = ("_core",)

    def __init__(self, secrets: str | Sequence[str]) -> None:
        """Accept what any of these secrets has signed.

        Several, so that a secret can be replaced while deliveries are under way:
        give the new one first.
        """
        given = Sealed([secrets] if isinstance(secrets, str) else secrets)
        del secrets
        self._core = _kessai.IpayWebhooks(given)

    def verify(self, body: bytes, signature: str | bytes | None) -> Event:
        """Check a webhook and then read it.

        ``signature`` is the header ``ipay-signature``. Raises
        :class:`kessai.SignatureError` whatever is wrong with it, and
        :class:`kessai.ProtocolError` for what is signed and yet no event.
        """
        event: Event = self._core.verify(body, signature)
        return event

    @staticmethod
    def status(error: BaseException) -> int:
        """Give the HTTP status to answer an error with.

        401 to what the service has not signed, 400 to what is no event, else 503,
        and the service sends it again.
        """
        code = getattr(error, "code", None)
        return _kessai.IpayWebhooks.status(code if isinstance(code, str) else "")

    def __repr__(self) -> str:
        # One that could not be built is shown in the traceback that says so.
        return repr(getattr(self, "_core", None))
