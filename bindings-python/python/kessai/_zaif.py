"""The blocking client of ``kessai.zaif``."""

# Generated from the core's tables by `make generate`: do not edit.

from __future__ import annotations

from kessai._client import BlockingBase
from kessai._given import Handed, Sealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal
    from typing import Any

    from typing_extensions import Self

    from kessai._event import HookEvent
    from kessai._kessai import Hint
    from kessai._zaif_models import Invoice
    from kessai._zaif_resumed import Resumed


class Client(BlockingBase):
    """Calls Zaif Payment with one API key.

    Safe to share between threads, and safe after a fork: a child makes its own
    connections. Every method blocks until its result is known or its time limit
    has passed; Ctrl-C ends it. Use it as a context manager, or let it be: what
    it holds is a few idle connections.
    """

    __slots__ = ()
    _class = ("zaif", "Client")

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
        proxy: str | None = None,
        ca_file: str | None = None,
        trust_clock: bool | None = None,
        allow_any_order_number: bool | None = None,
        on_event: Callable[[HookEvent], object] | None = None,
    ) -> None:
        """Build a client; every option is checked, nothing is sent.

        Times are in seconds. The arguments:

        * ``key``: The API key.
        * ``secret``: The key's secret.
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
          looks once before creating again, ``settle`` also waits for ``settle``. Where there
          is nothing to look up (no order number, a generic call) ``look`` believes the
          rejection and ``settle`` reports the outcome as unknown.
        * ``max_retries``: How often one request of a call is repeated where repeating is
          safe: 20 by default; 0 repeats nothing.
        * ``window``: How many requests of this process may be on their way at once with one
          API key: 4 by default. More overtake one another more often.
        * ``proxy``: A proxy to reach the service through: ``http://user:password@host:port``.
          None by default: the environment's is not used.
        * ``ca_file``: A PEM file with the certificates to trust instead of the bundled roots.
          There is no switch that turns checking off.
        * ``trust_clock``: Spares the question for the service's time that comes before the
          first nonce of a process. Off by default: a nonce from a clock that is an hour ahead
          locks every other user of the key out for an hour.
        * ``allow_any_order_number``: Allows order numbers beyond 1 to 64 of
          ``[A-Za-z0-9._-]``. Off by default: how the service treats others is not documented.
        * ``on_event``: Called for every request and every call, and for a clock that is
          wrong: for logs and metrics. What it is told never holds a credential.
        """
        given = Handed(
            key=key,
            secret=secret,
            endpoint=endpoint,
            form_base=form_base,
            credentials_in=credentials_in,
            digest=digest,
            nonces=nonces,
            timeout=timeout,
            settle=settle,
            on_rejection=on_rejection,
            max_retries=max_retries,
            window=window,
            proxy=proxy,
            ca_file=ca_file,
            trust_clock=trust_clock,
            allow_any_order_number=allow_any_order_number,
        )
        del key, secret, proxy
        self._open(
            given,
            on_event=on_event,
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
        proxy: str | None = None,
        ca_file: str | None = None,
        trust_clock: bool | None = None,
        allow_any_order_number: bool | None = None,
        on_event: Callable[[HookEvent], object] | None = None,
    ) -> Self:
        """Build a client from the environment.

        Reads ``ZAIF_API_KEY`` and ``ZAIF_API_SECRET``, and where they are set ``ZAIF_ENDPOINT``
        and ``KESSAI_NONCES``. Options given here prevail.
        """
        given = Handed(
            endpoint=endpoint,
            form_base=form_base,
            credentials_in=credentials_in,
            digest=digest,
            nonces=nonces,
            timeout=timeout,
            settle=settle,
            on_rejection=on_rejection,
            max_retries=max_retries,
            window=window,
            proxy=proxy,
            ca_file=ca_file,
            trust_clock=trust_clock,
            allow_any_order_number=allow_any_order_number,
        )
        del proxy
        client = cls.__new__(cls)
        client._open(
            given,
            on_event=on_event,
            from_env=True,
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

        With an ``order_number`` one call makes one invoice, whatever happens on the way; one
        that was found rather than made is marked ``adopted``. Where the time limit is too short
        to find out, the error is an ``OutcomeUnknownError`` with a handle for ``resume``: never
        make the call again instead. A second call for the same order makes a second invoice:
        for a page that customers reload use ``ensure_invoice``. Everything is checked before
        anything is sent.

        The arguments:

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
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            currency,
            amount,
            billing_currency,
            order_number,
            reference_number,
            item_name,
            merchant_name,
            webhook_url,
            notification_uri,
            notification_method,
            redirect_uri,
            sub_total,
            tax,
            regular_price,
            discount,
            speed,
            buyer_id,
            buyer_name,
            buyer_kana,
            buyer_zip,
            buyer_addr1,
            buyer_addr2,
            buyer_addr3,
            buyer_phone,
            buyer_cellphone,
            buyer_email,
            timeout,
        )
        value: Invoice = self._core.invoke("create_invoice", given)
        return value

    def ensure_invoice(
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
        min_left: float | None = None,
        timeout: float | None = None,
    ) -> Invoice:
        """Give the one invoice of an order, made only where none will do.

        For pages that reload. One with money seen is given whatever its amount (marked
        ``differs`` where coin or amount are not those asked for); else a new one of this coin
        and amount with ``min_left`` to go; else one is made, and new ones of another coin or
        amount are canceled first. Calls for one order take turns, between processes too where
        they share ``file:`` nonces. The call may be repeated whatever it ended with. Several
        invoices with money are a ``DuplicateInvoiceError`` (``zaif.paid_twice``).

        The arguments:

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
        * ``min_left``: How long an invoice must still be payable to be given again: 120 s by
          default.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            currency,
            amount,
            billing_currency,
            order_number,
            reference_number,
            item_name,
            merchant_name,
            webhook_url,
            notification_uri,
            notification_method,
            redirect_uri,
            sub_total,
            tax,
            regular_price,
            discount,
            speed,
            buyer_id,
            buyer_name,
            buyer_kana,
            buyer_zip,
            buyer_addr1,
            buyer_addr2,
            buyer_addr3,
            buyer_phone,
            buyer_cellphone,
            buyer_email,
            min_left,
            timeout,
        )
        value: Invoice = self._core.invoke("ensure_invoice", given)
        return value

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
        timeout: float | None = None,
    ) -> str:
        """Give the handle for ``resume`` before a create is sent.

        Takes what ``create_invoice`` takes, and asks for the order's invoices. Store the handle
        with the order, and a process that is killed in mid-call leaves nothing behind that
        cannot be found.

        The arguments:

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
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            currency,
            amount,
            billing_currency,
            order_number,
            reference_number,
            item_name,
            merchant_name,
            webhook_url,
            notification_uri,
            notification_method,
            redirect_uri,
            sub_total,
            tax,
            regular_price,
            discount,
            speed,
            buyer_id,
            buyer_name,
            buyer_kana,
            buyer_zip,
            buyer_addr1,
            buyer_addr2,
            buyer_addr3,
            buyer_phone,
            buyer_cellphone,
            buyer_email,
            timeout,
        )
        value: str = self._core.invoke("resume_handle", given)
        return value

    def resume(
        self,
        handle: str,
        *,
        timeout: float | None = None,
    ) -> Resumed:
        """Find out what became of a create whose outcome was unknown.

        Never creates. Where nothing is to be seen it must wait for ``settle``, so without a
        ``timeout`` it may take 15 s more than that; with a shorter one it can find the invoice,
        but never that there is none. While it is still not known the error is an
        ``OutcomeUnknownError`` with the handle.

        The arguments:

        * ``handle``: The error's ``resume``, or what ``resume_handle`` gave.
        * ``timeout``: The time limit of this call.
        """
        given = (handle, timeout)
        value: Resumed = self._core.invoke("resume", given)
        return value

    def get_invoice(
        self,
        invoice_id: str,
        *,
        timeout: float | None = None,
    ) -> Invoice:
        """Read an invoice (``getInvoice``).

        Where there is none of this id the error is an ``InvalidRequestError`` whose ``param``
        is ``invoice_id``.

        The arguments:

        * ``invoice_id``: The invoice's identifier.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (invoice_id, timeout)
        value: Invoice = self._core.invoke("get_invoice", given)
        return value

    def find_invoice_ids(
        self,
        order_number: str,
        *,
        timeout: float | None = None,
    ) -> list[str]:
        """Find the ids of an order's invoices (``getInvoiceIdsByOrderNumber``).

        Empty when it has none; an order can have several.

        The arguments:

        * ``order_number``: The shop's own order number.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (order_number, timeout)
        value: list[str] = self._core.invoke("find_invoice_ids", given)
        return value

    def find_invoices(
        self,
        order_number: str,
        *,
        timeout: float | None = None,
    ) -> list[Invoice]:
        """Read every invoice of an order, oldest first.

        Empty when it has none.

        The arguments:

        * ``order_number``: The shop's own order number.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (order_number, timeout)
        value: list[Invoice] = self._core.invoke("find_invoices", given)
        return value

    def cancel_invoice(
        self,
        invoice_id: str,
        *,
        even_if_money_seen: bool | None = None,
        timeout: float | None = None,
    ) -> Invoice:
        """Take an invoice back (``cancelInvoice``), after re-reading it.

        Once money has been seen it refuses (``zaif.money_seen``). Repeating a cancel is safe.
        Keep watching a canceled invoice: its address can still receive money.

        The arguments:

        * ``invoice_id``: The invoice's identifier.
        * ``even_if_money_seen``: Cancel it although money has been seen, which then counts as
          overpaid.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (invoice_id, even_if_money_seen, timeout)
        value: Invoice = self._core.invoke("cancel_invoice", given)
        return value

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

        Only the invoice given here may be believed: ship when its ``is_settled`` is true. What
        is expected comes from the shop's own books, never from the notification; what differs
        is a ``MismatchError``. Once money is seen the order's other invoices are looked at too:
        two with money are a ``DuplicateInvoiceError`` (``zaif.paid_twice``).

        The arguments:

        * ``hint``: What the notification was read as.
        * ``order_number``: The order's number.
        * ``amount``: Its amount in whole yen, or in the coin with ``billing_currency``.
        * ``currency``: The coin it must be paid in, where the shop cares.
        * ``billing_currency``: The coin it is billed in, where it is billed in coin.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (hint, order_number, amount, currency, billing_currency, timeout)
        value: Invoice = self._core.invoke("confirm", given)
        return value

    def wait_for(
        self,
        invoice_id: str,
        *,
        until: str | None = None,
        timeout: float | None = None,
    ) -> Invoice:
        """Wait until an invoice gets somewhere, asking ever more slowly.

        For scripts and jobs; shops have webhooks. Once the invoice is expired, invalid or
        canceled it is given as it is, so look at it (``final`` waits on for an expired one,
        which a late payment still makes invalid). When the time limit passes first, the error
        is a ``KessaiTimeoutError`` (``zaif.still_waiting``).

        The arguments:

        * ``invoice_id``: The invoice's identifier.
        * ``until``: ``settled`` (the default), ``money_seen`` or ``final``.
        * ``timeout``: How long to wait at most: an hour by default, at most a day.
        """
        given = (invoice_id, until, timeout)
        value: Invoice = self._core.invoke("wait_for", given)
        return value

    def get_info(
        self,
        *,
        timeout: float | None = None,
    ) -> Any:
        """Ask what the service tells of the account (``get_info``).

        The documents name the method but not its answer.

        The arguments:

        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (timeout,)
        value: Any = self._core.invoke("get_info", given)
        return value

    def get_supported_currencies(
        self,
        *,
        timeout: float | None = None,
    ) -> dict[str, str]:
        """Ask for the coins that invoices can be paid in: names by code.

        Sends neither key nor nonce (``getSupportedCurrencies``).

        The arguments:

        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (timeout,)
        value: dict[str, str] = self._core.invoke("get_supported_currencies", given)
        return value

    def call(
        self,
        method: str,
        params: Mapping[str, str | int | Decimal] | None = None,
        *,
        timeout: float | None = None,
    ) -> Any:
        """Call any method, present or future, and give its ``return``.

        Methods whose names begin with ``get`` count as reads and are repeated; any other is
        treated like a create that cannot be looked up.

        The arguments:

        * ``method``: The method as the service names it.
        * ``params``: Its parameters as the service names them.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = Sealed((method, params, timeout))
        del params
        value: Any = self._core.invoke("call", given)
        return value
