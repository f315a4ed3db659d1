"""Models and long signatures of ``kessai.zaif``."""

# Generated from the core's tables by `make generate`: do not edit.

from __future__ import annotations

from kessai._kessai import ZaifClient
from kessai._model import Model, utc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from typing_extensions import Self


class Invoice(Model):
    """An invoice: what the customer owes, where to pay it, and how far the payment is.

    Read from ``createInvoice``, ``getInvoice`` and ``cancelInvoice`` of the Zaif Payment API.
    Unknown fields are kept as they came.
    """

    __slots__ = ()

    @property
    def invoice_id(self) -> str:
        """The invoice's identifier."""
        value: str = self._core.get("invoice_id")
        return value

    @property
    def created(self) -> int:
        """When it was made, in Unix seconds."""
        value: int = self._core.get("created")
        return value

    @property
    def created_at(self) -> datetime:
        """The same as :attr:`created`, as an aware datetime in UTC."""
        return utc(self.created)

    @property
    def expired(self) -> int:
        """Until when it can be paid, in Unix seconds.

        Read it; never assume a number of minutes.
        """
        value: int = self._core.get("expired")
        return value

    @property
    def expired_at(self) -> datetime:
        """The same as :attr:`expired`, as an aware datetime in UTC."""
        return utc(self.expired)

    @property
    def status(self) -> str | None:
        """The state, such as ``new`` or ``complete``.

        The set is open: one that nobody listed is kept as it came. Absent in the answer of a
        create, which does not tell it.
        """
        value: str | None = self._core.get("status")
        return value

    @property
    def settled(self) -> int | None:
        """When it was settled, in Unix seconds; absent before."""
        value: int | None = self._core.get("settled")
        return value

    @property
    def settled_at(self) -> datetime | None:
        """The same as :attr:`settled`, as an aware datetime in UTC."""
        seconds = self.settled
        return None if seconds is None else utc(seconds)

    @property
    def amount(self) -> int | Decimal:
        """What is asked for.

        Whole yen, or an amount of the coin where the shop bills in that coin.
        """
        value: int | Decimal = self._core.get("amount")
        return value

    @property
    def currency(self) -> str:
        """The coin it is paid in, such as ``btc`` or ``mona``."""
        value: str = self._core.get("currency")
        return value

    @property
    def rate(self) -> Decimal | None:
        """Yen for one coin.

        Absent where the shop bills in the coin.
        """
        value: Decimal | None = self._core.get("rate")
        return value

    @property
    def address(self) -> str:
        """Where the customer pays to."""
        value: str = self._core.get("address")
        return value

    @property
    def bip21(self) -> str | None:
        """The payment link that wallets understand, as the service gave it."""
        value: str | None = self._core.get("bip21")
        return value

    @property
    def speed(self) -> str | None:
        """Obsolete since 2022; echoed by the service."""
        value: str | None = self._core.get("speed")
        return value

    @property
    def order_number(self) -> str | None:
        """The shop's own order number, where one was sent."""
        value: str | None = self._core.get("order_number")
        return value

    @property
    def reference_number(self) -> str | None:
        """The shop's own reference number, where one was sent."""
        value: str | None = self._core.get("reference_number")
        return value

    @property
    def buyer_id(self) -> str | None:
        """The shop's own name for the buyer, where one was sent."""
        value: str | None = self._core.get("buyer_id")
        return value

    @property
    def invoice_uri(self) -> str | None:
        """The payment page.

        Built from ``form_base`` where the answer does not tell it.
        """
        value: str | None = self._core.get("invoice_uri")
        return value

    @property
    def invoice_iframe_uri(self) -> str | None:
        """The payment page for an iframe.

        Built from ``form_base`` where the answer does not tell it.
        """
        value: str | None = self._core.get("invoice_iframe_uri")
        return value

    @property
    def coin_amount(self) -> Decimal | None:
        """The amount due in the coin, exact."""
        value: Decimal | None = self._core.get("coin_amount")
        return value

    @property
    def adopted(self) -> bool:
        """Whether it was found rather than made by this call.

        An earlier try had made it, or an earlier call.
        """
        value: bool = self._core.get("adopted")
        return value

    @property
    def is_settled(self) -> bool | None:
        """Is the shop's money there for good? Absent: don't know."""
        value: bool | None = self._core.get("is_settled")
        return value

    @property
    def is_money_seen(self) -> bool | None:
        """Has money been seen on the network? Absent: don't know."""
        value: bool | None = self._core.get("is_money_seen")
        return value

    @property
    def is_final(self) -> bool | None:
        """Will the state never change again? Absent: don't know."""
        value: bool | None = self._core.get("is_final")
        return value

    @property
    def may_still_receive_money(self) -> bool | None:
        """Can money still arrive at the address? Absent: don't know."""
        value: bool | None = self._core.get("may_still_receive_money")
        return value


class ClientBase:
    """The parts of the client whose signatures follow the core's tables."""

    __slots__ = ("_core",)

    def __init__(
        self,
        key: str,
        secret: str,
        *,
        endpoint: str | None = None,
        form_base: str | None = None,
        credentials_in: str | None = None,
        digest: str | None = None,
        nonces: str | None = None,
        timeout: float | None = None,
        settle: float | None = None,
        on_rejection: str | None = None,
        max_retries: int | None = None,
        window: int | None = None,
        trust_clock: bool | None = None,
        allow_any_order_number: bool | None = None,
    ) -> None:
        """Build a client; every option is checked, nothing is sent.

        Times are in seconds. The options:

        * ``endpoint``: Where the API is: ``https://api.zaif.jp/ecapi`` by default. Plain http
          is for loopback addresses only.
        * ``form_base``: Where the payment pages are, for invoices whose answer does not tell
          it: ``https://zaif.jp``, or the endpoint's own origin where that is on loopback.
        * ``credentials_in``: Where the credentials go: ``both`` (the default), ``headers`` or
          ``body``.
        * ``digest``: Which digest of the secret is sent: ``sha1`` (the default) or ``md5``.
        * ``nonces``: Where nonces are kept: ``clock`` (the default) for one process, or
          ``file:`` and an absolute path for several processes of one host.
        * ``timeout``: How long a call may take, everything included: name lookup, repeats,
          waits. 15 s by default; give calls that must settle a lost answer 90 s.
        * ``settle``: How long the service is given to show a create whose answer was lost: 30
          s by default. Nothing is doubled while it needs no longer.
        * ``on_rejection``: What a rejected nonce means for a create: ``look`` (the default)
          looks once before creating again, ``settle`` also waits for ``settle``.
        * ``max_retries``: How often one request of a call is repeated where repeating is
          safe: 20 by default; 0 repeats nothing.
        * ``window``: How many requests of this process may be on their way at once with one
          API key: 4 by default. More overtake one another more often.
        * ``trust_clock``: Spares the question for the service's time that comes before the
          first nonce of a process. Off by default: a nonce from a clock that is an hour ahead
          locks every other user of the key out for an hour.
        * ``allow_any_order_number``: Allows order numbers beyond 1 to 64 of
          ``[A-Za-z0-9._-]``. Off by default: how the service treats others is not documented.
        """
        self._core = ZaifClient(
            key,
            secret,
            {
                "endpoint": endpoint,
                "form_base": form_base,
                "credentials_in": credentials_in,
                "digest": digest,
                "nonces": nonces,
                "timeout": timeout,
                "settle": settle,
                "on_rejection": on_rejection,
                "max_retries": max_retries,
                "window": window,
                "trust_clock": trust_clock,
                "allow_any_order_number": allow_any_order_number,
            },
        )

    @classmethod
    def from_env(
        cls,
        *,
        endpoint: str | None = None,
        form_base: str | None = None,
        credentials_in: str | None = None,
        digest: str | None = None,
        nonces: str | None = None,
        timeout: float | None = None,
        settle: float | None = None,
        on_rejection: str | None = None,
        max_retries: int | None = None,
        window: int | None = None,
        trust_clock: bool | None = None,
        allow_any_order_number: bool | None = None,
    ) -> Self:
        """Build a client from the environment.

        Reads ``ZAIF_API_KEY`` and ``ZAIF_API_SECRET``, and where they are set
        ``ZAIF_ENDPOINT`` and ``KESSAI_NONCES``. Options given here prevail.
        """
        client = cls.__new__(cls)
        client._core = ZaifClient.from_env(
            {
                "endpoint": endpoint,
                "form_base": form_base,
                "credentials_in": credentials_in,
                "digest": digest,
                "nonces": nonces,
                "timeout": timeout,
                "settle": settle,
                "on_rejection": on_rejection,
                "max_retries": max_retries,
                "window": window,
                "trust_clock": trust_clock,
                "allow_any_order_number": allow_any_order_number,
            },
        )
        return client

    def create_invoice(
        self,
        *,
        currency: str,
        amount: int | Decimal,
        billing_currency: str | None = None,
        order_number: str | None = None,
        reference_number: str | None = None,
        item_name: str | None = None,
        merchant_name: str | None = None,
        webhook_url: str | None = None,
        notification_uri: str | None = None,
        notification_method: str | None = None,
        redirect_uri: str | None = None,
        sub_total: int | None = None,
        tax: int | None = None,
        regular_price: int | None = None,
        discount: int | None = None,
        speed: str | None = None,
        buyer_id: str | None = None,
        buyer_name: str | None = None,
        buyer_kana: str | None = None,
        buyer_zip: str | None = None,
        buyer_addr1: str | None = None,
        buyer_addr2: str | None = None,
        buyer_addr3: str | None = None,
        buyer_phone: str | None = None,
        buyer_cellphone: str | None = None,
        buyer_email: str | None = None,
        timeout: float | None = None,
    ) -> Invoice:
        """Make an invoice (``createInvoice``).

        With an ``order_number`` one call makes one invoice, whatever happens on the
        way; one that was found rather than made is marked ``adopted``. Where the time
        limit is too short to find out, :class:`kessai.OutcomeUnknownError` is raised
        with a handle for :meth:`resume`: never make the call again instead. A second
        call for the same order makes a second invoice.

        Everything is checked before anything is sent. The parameters:

        * ``currency``: The coin it is paid in: ``btc``, ``mona``, or one added since.
        * ``amount``: Whole yen; an amount of the coin where ``billing_currency`` is given.
          Never a float.
        * ``billing_currency``: The same coin as ``currency``, to bill in it instead of in
          yen: the exchange-rate risk is then the shop's.
        * ``order_number``: The shop's own order number. With it a lost answer can be found
          again, and one call never makes two invoices: always send one.
        * ``reference_number``: The shop's own reference number.
        * ``item_name``: The article's name, shown on the payment page.
        * ``merchant_name``: The shop's name, shown on the payment page.
        * ``webhook_url``: Where the service posts every change of state. The posts are not
          signed: treat each as a hint and re-read the invoice.
        * ``notification_uri``: Where the service sends one notification when the invoice is
          complete. It is neither signed nor repeated: prefer ``webhook_url``.
        * ``notification_method``: ``POST`` (the default) or ``GET``, which carries no
          parameters.
        * ``redirect_uri``: Where the payment page sends the customer once money is seen: seen
          is not settled.
        * ``sub_total``: Subtotal in whole yen, shown on the payment page.
        * ``tax``: Tax in whole yen, shown on the payment page.
        * ``regular_price``: The regular price in whole yen, shown on the payment page.
        * ``discount``: The discount in whole yen, shown on the payment page.
        * ``speed``: Obsolete since 2022: accepted and ignored by the service.
        * ``buyer_id``: The shop's own name for the buyer. Not shown on the payment page.
        * ``buyer_name``: The buyer's name. Shown on the payment page, which anyone with its
          address can open.
        * ``buyer_kana``: The buyer's name in kana. Shown on the payment page, which anyone
          with its address can open.
        * ``buyer_zip``: The buyer's postcode. Shown on the payment page, which anyone with
          its address can open.
        * ``buyer_addr1``: The buyer's address, first line. Shown on the payment page, which
          anyone with its address can open.
        * ``buyer_addr2``: The buyer's address, second line. Shown on the payment page, which
          anyone with its address can open.
        * ``buyer_addr3``: The buyer's address, third line. Shown on the payment page, which
          anyone with its address can open.
        * ``buyer_phone``: The buyer's telephone number. Shown on the payment page, which
          anyone with its address can open.
        * ``buyer_cellphone``: The buyer's mobile number. Shown on the payment page, which
          anyone with its address can open.
        * ``buyer_email``: The buyer's e-mail address. Shown on the payment page, which anyone
          with its address can open.
        * ``timeout``: The time limit of this call in seconds, instead of the client's.
        """
        core = self._core.create_invoice(
            {
                "currency": currency,
                "amount": amount,
                "billing_currency": billing_currency,
                "order_number": order_number,
                "reference_number": reference_number,
                "item_name": item_name,
                "merchant_name": merchant_name,
                "webhook_url": webhook_url,
                "notification_uri": notification_uri,
                "notification_method": notification_method,
                "redirect_uri": redirect_uri,
                "sub_total": sub_total,
                "tax": tax,
                "regular_price": regular_price,
                "discount": discount,
                "speed": speed,
                "buyer_id": buyer_id,
                "buyer_name": buyer_name,
                "buyer_kana": buyer_kana,
                "buyer_zip": buyer_zip,
                "buyer_addr1": buyer_addr1,
                "buyer_addr2": buyer_addr2,
                "buyer_addr3": buyer_addr3,
                "buyer_phone": buyer_phone,
                "buyer_cellphone": buyer_cellphone,
                "buyer_email": buyer_email,
            },
            timeout,
        )
        return Invoice(core)

    def resume_handle(
        self,
        *,
        currency: str,
        amount: int | Decimal,
        billing_currency: str | None = None,
        order_number: str | None = None,
        reference_number: str | None = None,
        item_name: str | None = None,
        merchant_name: str | None = None,
        webhook_url: str | None = None,
        notification_uri: str | None = None,
        notification_method: str | None = None,
        redirect_uri: str | None = None,
        sub_total: int | None = None,
        tax: int | None = None,
        regular_price: int | None = None,
        discount: int | None = None,
        speed: str | None = None,
        buyer_id: str | None = None,
        buyer_name: str | None = None,
        buyer_kana: str | None = None,
        buyer_zip: str | None = None,
        buyer_addr1: str | None = None,
        buyer_addr2: str | None = None,
        buyer_addr3: str | None = None,
        buyer_phone: str | None = None,
        buyer_cellphone: str | None = None,
        buyer_email: str | None = None,
    ) -> str:
        """Give the handle for :meth:`resume` before a create is sent.

        Takes what :meth:`create_invoice` takes, and asks for the order's invoices.
        Store the handle with the order, and a process that is killed in mid-call
        leaves nothing behind that cannot be found.
        """
        return self._core.resume_handle(
            {
                "currency": currency,
                "amount": amount,
                "billing_currency": billing_currency,
                "order_number": order_number,
                "reference_number": reference_number,
                "item_name": item_name,
                "merchant_name": merchant_name,
                "webhook_url": webhook_url,
                "notification_uri": notification_uri,
                "notification_method": notification_method,
                "redirect_uri": redirect_uri,
                "sub_total": sub_total,
                "tax": tax,
                "regular_price": regular_price,
                "discount": discount,
                "speed": speed,
                "buyer_id": buyer_id,
                "buyer_name": buyer_name,
                "buyer_kana": buyer_kana,
                "buyer_zip": buyer_zip,
                "buyer_addr1": buyer_addr1,
                "buyer_addr2": buyer_addr2,
                "buyer_addr3": buyer_addr3,
                "buyer_phone": buyer_phone,
                "buyer_cellphone": buyer_cellphone,
                "buyer_email": buyer_email,
            },
        )
