"""The asynchronous clients of ``kessai.ipay``."""

# Generated from the core's tables by `make generate`: do not edit.

from __future__ import annotations

from kessai._client_async import AsyncBase
from kessai._given import Handed, Sealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal
    from typing import Any

    from typing_extensions import Self

    from kessai._event import HookEvent
    from kessai._ipay_models import (
        Account,
        Customer,
        Event,
        Payment,
        PaymentMethod,
        Refund,
        Subscription,
        Token,
        Transaction,
    )
    from kessai._pages import AsyncPages


class AsyncClient(AsyncBase):
    """Calls iPay for one account: from the shop's server.

    Holds up no event loop. For asyncio and trio, and bound to no loop: one client
    serves any number of them, one after the other or at once. Calls are made on
    threads of their own, up to ``threads``, started on demand and ended when
    idle. A call that is canceled ends within about a tenth of a second; the
    cancellation then carries ``outcome`` and ``resume``.
    """

    __slots__ = ()
    _class = ("ipay", "Client")

    def __init__(
        self,
        key: str | None = None,
        secret: str | None = None,
        *,
        client_id: str | None = None,
        client_secret: str | None = None,
        token: str | None = None,
        mode: str | None = None,
        base_url: str | None = None,
        token_url: str | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
        rate_limit: int | None = None,
        proxy: str | None = None,
        ca_file: str | None = None,
        token_source: Callable[[], str] | None = None,
        threads: int | None = None,
        on_event: Callable[[HookEvent], object] | None = None,
    ) -> None:
        """Build a client; every option is checked, nothing is sent.

        Times are in seconds. The arguments:

        * ``key``: The API key, such as ``live_...``.
        * ``secret``: The key's secret.
        * ``client_id``: Instead of a key: the client that fetches tokens (OAuth 2.0).
        * ``client_secret``: That client's secret.
        * ``token``: Instead of a key: a bearer token, such as a JWT.
        * ``mode``: Whether payments are real: ``live`` (the default) or ``sandbox``. A key of
          the other kind is refused before anything is sent.
        * ``base_url``: Where the API is, where it is neither ``https://api.ipay.com/api`` nor
          ``https://sandbox.ipay.com/api``. Plain http is for loopback addresses only;
          elsewhere than on loopback the ``mode`` must be said.
        * ``token_url``: Where tokens are fetched with client credentials: ``/oauth/token``
          below the base address unless told otherwise. The form is *Usual* (RFC 6749).
        * ``timeout``: How long a call may take, everything included: name lookup, repeats,
          waits. 15 s by default.
        * ``max_retries``: How often one call is repeated where repeating is safe: 5 by
          default; 0 repeats nothing. Every repeat has the same idempotency key.
        * ``rate_limit``: How many calls a minute may be made for one ``rate_key``, such as
          the payer. No limit by default; calls without a ``rate_key`` are not counted.
        * ``proxy``: A proxy to reach the service through: ``http://user:password@host:port``.
          None by default: the environment's is not used.
        * ``ca_file``: A PEM file with the certificates to trust instead of the bundled roots.
          There is no switch that turns checking off.
        * ``token_source``: Called for the bearer token of each call, and once more where the
          service refuses it: for a JWT that is made anew.
        * ``threads``: How many calls may be under way at once: 32 by default, at most 256.
        * ``on_event``: Called for every request and every call, and for a clock that is
          wrong: for logs and metrics. What it is told never holds a credential.
        """
        given = Handed(
            key=key,
            secret=secret,
            client_id=client_id,
            client_secret=client_secret,
            token=token,
            mode=mode,
            base_url=base_url,
            token_url=token_url,
            timeout=timeout,
            max_retries=max_retries,
            rate_limit=rate_limit,
            proxy=proxy,
            ca_file=ca_file,
        )
        del key, secret, client_id, client_secret, token, proxy
        self._open(
            given,
            token_source=token_source,
            threads=threads,
            on_event=on_event,
        )

    @classmethod
    def from_env(
        cls,
        *,
        mode: str | None = None,
        base_url: str | None = None,
        token_url: str | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
        rate_limit: int | None = None,
        proxy: str | None = None,
        ca_file: str | None = None,
        threads: int | None = None,
        on_event: Callable[[HookEvent], object] | None = None,
    ) -> Self:
        """Build a client from the environment.

        Reads ``IPAY_API_KEY`` and ``IPAY_API_SECRET``, and where they are set ``IPAY_SANDBOX``
        and ``IPAY_BASE_URL``. Options given here prevail.
        """
        given = Handed(
            mode=mode,
            base_url=base_url,
            token_url=token_url,
            timeout=timeout,
            max_retries=max_retries,
            rate_limit=rate_limit,
            proxy=proxy,
            ca_file=ca_file,
        )
        del proxy
        client = cls.__new__(cls)
        client._open(
            given,
            threads=threads,
            on_event=on_event,
            from_env=True,
        )
        return client

    async def get_account(
        self,
        *,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Account:
        """Tell whose account it is (``GET /account``).

        The arguments:

        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        value: Account = await self._call("get_account", given)
        return value

    async def create_payment(
        self,
        *,
        amount: int,
        currency: str,
        customer: str | None = None,
        payment_method: str | None = None,
        confirm: bool | None = None,
        description: str | None = None,
        metadata: Mapping[str, str | int | Decimal] | None = None,
        capture_method: str | None = None,
        statement_descriptor: str | None = None,
        confirmation_token: bool | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Payment:
        """Make a payment (``POST /payments``).

        With ``confirm`` it is paid at once, or declined: then the error is a ``CardError`` with
        ``decline_code`` and ``payment_id``. What it gives is one of several types, of which
        only one is paid: with ``confirmation_token`` it may need the customer first (3-D
        Secure).

        The arguments:

        * ``amount``: What is to be paid, in the currency's smallest unit: 2999 is $29.99, and
          2999 yen. ``minor_units`` makes it of a decimal.
        * ``currency``: The currency's code (ISO 4217), such as ``JPY``.
        * ``customer``: The customer who pays.
        * ``payment_method``: What it is paid with.
        * ``confirm``: Whether it is to be paid at once.
        * ``description``: What it is for.
        * ``metadata``: The shop's own notes: ``orderId`` names the order.
        * ``capture_method``: When the money is taken: ``automatic``, or ``manual`` with
          ``capture_payment``.
        * ``statement_descriptor``: What stands on the customer's statement.
        * ``confirmation_token``: Whether 3-D Secure may be asked for.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = Sealed(
            (
                amount,
                currency,
                customer,
                payment_method,
                confirm,
                description,
                metadata,
                capture_method,
                statement_descriptor,
                confirmation_token,
                idempotency_key,
                first_try_at,
                allow_paths,
                rate_key,
                timeout,
            )
        )
        del description, metadata
        value: Payment = await self._call("create_payment", given)
        return value

    async def get_payment(
        self,
        payment_id: str,
        *,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Payment:
        """Read a payment (``GET /payments/{id}``, *Usual*).

        The arguments:

        * ``payment_id``: The payment's identifier.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (payment_id, idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        value: Payment = await self._call("get_payment", given)
        return value

    def list_payments(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> AsyncPages[Payment]:
        """Go through the payments, newest first (``GET /payments``, *Usual*).

        The arguments:

        * ``limit``: How many stand on a page: 1 to 100.
        * ``starting_after``: The identifier of the payment to start after.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            limit,
            starting_after,
            idempotency_key,
            first_try_at,
            allow_paths,
            rate_key,
            timeout,
        )
        value: AsyncPages[Payment] = self._pages("list_payments", given, 1)
        return value

    async def confirm_payment(
        self,
        payment_id: str,
        *,
        payment_method: str | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Payment:
        """Confirm a payment: it is paid, or declined.

        ``POST /payments/{id}/confirm``, *Usual*.

        The arguments:

        * ``payment_id``: The payment's identifier.
        * ``payment_method``: What it is paid with, where it was made without.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            payment_id,
            payment_method,
            idempotency_key,
            first_try_at,
            allow_paths,
            rate_key,
            timeout,
        )
        value: Payment = await self._call("confirm_payment", given)
        return value

    async def capture_payment(
        self,
        payment_id: str,
        *,
        amount: int | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Payment:
        """Take money that is reserved (``POST /payments/{id}/capture``, *Usual*).

        The arguments:

        * ``payment_id``: The payment's identifier.
        * ``amount``: How much, in the currency's smallest unit: all of it unless given. What
          is left is given free.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (payment_id, amount, idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        value: Payment = await self._call("capture_payment", given)
        return value

    async def cancel_payment(
        self,
        payment_id: str,
        *,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Payment:
        """Take a payment back before it is paid (``POST /payments/{id}/cancel``, *Usual*).

        The arguments:

        * ``payment_id``: The payment's identifier.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (payment_id, idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        value: Payment = await self._call("cancel_payment", given)
        return value

    async def create_refund(
        self,
        *,
        payment: str,
        amount: int | None = None,
        reason: str | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Refund:
        """Give money back, all of it or part (``POST /refunds``).

        A refund's ``idempotency_key`` should carry the refund's own number:
        ``order_key("A-1001", "refund-1", 1)``.

        The arguments:

        * ``payment``: The payment's identifier.
        * ``amount``: How much, in the currency's smallest unit: all that is left unless
          given.
        * ``reason``: Why: ``duplicate``, ``fraudulent``, ``requested_by_customer`` (the
          default), ``order_canceled``, ``product_not_received``,
          ``product_not_as_described``, or the shop's own word.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            payment,
            amount,
            reason,
            idempotency_key,
            first_try_at,
            allow_paths,
            rate_key,
            timeout,
        )
        value: Refund = await self._call("create_refund", given)
        return value

    async def get_refund(
        self,
        refund_id: str,
        *,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Refund:
        """Read a refund (``GET /refunds/{id}``, *Usual*).

        The arguments:

        * ``refund_id``: The refund's identifier.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (refund_id, idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        value: Refund = await self._call("get_refund", given)
        return value

    def list_refunds(
        self,
        *,
        payment: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> AsyncPages[Refund]:
        """Go through refunds, newest first (``GET /refunds``, *Usual*).

        The arguments:

        * ``payment``: Only those of this payment.
        * ``limit``: How many stand on a page: 1 to 100.
        * ``starting_after``: The identifier of the refund to start after.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            payment,
            limit,
            starting_after,
            idempotency_key,
            first_try_at,
            allow_paths,
            rate_key,
            timeout,
        )
        value: AsyncPages[Refund] = self._pages("list_refunds", given, 2)
        return value

    async def create_customer(
        self,
        *,
        email: str | None = None,
        name: str | None = None,
        phone: str | None = None,
        metadata: Mapping[str, str | int | Decimal] | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Customer:
        """Make a customer (``POST /customers``).

        The arguments:

        * ``email``: Where to write to.
        * ``name``: The name.
        * ``phone``: The telephone number.
        * ``metadata``: The shop's own notes: the guide uses ``internalId`` and ``tier``.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = Sealed(
            (
                email,
                name,
                phone,
                metadata,
                idempotency_key,
                first_try_at,
                allow_paths,
                rate_key,
                timeout,
            )
        )
        del email, name, phone, metadata
        value: Customer = await self._call("create_customer", given)
        return value

    async def get_customer(
        self,
        customer_id: str,
        *,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Customer:
        """Read a customer (``GET /customers/{id}``, *Usual*).

        The arguments:

        * ``customer_id``: The customer's identifier.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (customer_id, idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        value: Customer = await self._call("get_customer", given)
        return value

    async def update_customer(
        self,
        customer_id: str,
        *,
        email: str | None = None,
        name: str | None = None,
        phone: str | None = None,
        metadata: Mapping[str, str | int | Decimal] | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Customer:
        """Change a customer: what is not given stays (``POST /customers/{id}``, *Usual*).

        The arguments:

        * ``customer_id``: The customer's identifier.
        * ``email``: Where to write to.
        * ``name``: The name.
        * ``phone``: The telephone number.
        * ``metadata``: The shop's own notes.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = Sealed(
            (
                customer_id,
                email,
                name,
                phone,
                metadata,
                idempotency_key,
                first_try_at,
                allow_paths,
                rate_key,
                timeout,
            )
        )
        del email, name, phone, metadata
        value: Customer = await self._call("update_customer", given)
        return value

    async def delete_customer(
        self,
        customer_id: str,
        *,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Customer:
        """Delete a customer (``DELETE /customers/{id}``, *Usual*).

        The arguments:

        * ``customer_id``: The customer's identifier.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (customer_id, idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        value: Customer = await self._call("delete_customer", given)
        return value

    def list_customers(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> AsyncPages[Customer]:
        """Go through the customers, newest first (``GET /customers``, *Usual*).

        The arguments:

        * ``limit``: How many stand on a page: 1 to 100.
        * ``starting_after``: The identifier of the customer to start after.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            limit,
            starting_after,
            idempotency_key,
            first_try_at,
            allow_paths,
            rate_key,
            timeout,
        )
        value: AsyncPages[Customer] = self._pages("list_customers", given, 1)
        return value

    def list_payment_methods(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> AsyncPages[PaymentMethod]:
        """Go through what a customer can pay with (``GET /customers/{id}/payment_methods``).

        The arguments:

        * ``customer_id``: The customer's identifier.
        * ``limit``: How many stand on a page: 1 to 100. *Usual*.
        * ``starting_after``: The identifier of the payment method to start after. *Usual*.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            customer_id,
            limit,
            starting_after,
            idempotency_key,
            first_try_at,
            allow_paths,
            rate_key,
            timeout,
        )
        value: AsyncPages[PaymentMethod] = self._pages("list_payment_methods", given, 2)
        return value

    async def create_payment_method(
        self,
        *,
        type: str,
        token: str | None = None,
        customer: str | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> PaymentMethod:
        """Keep something to pay with (``POST /payment_methods``).

        For a card it is the token that the customer's page got: the number never passes through
        the shop's server.

        The arguments:

        * ``type``: What it is: ``card``, ``bank_transfer``, ``digital_wallet`` or
          ``buy_now_pay_later``.
        * ``token``: The card's token.
        * ``customer``: Whose it is.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            type,
            token,
            customer,
            idempotency_key,
            first_try_at,
            allow_paths,
            rate_key,
            timeout,
        )
        value: PaymentMethod = await self._call("create_payment_method", given)
        return value

    async def attach_payment_method(
        self,
        payment_method_id: str,
        *,
        customer: str,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> PaymentMethod:
        """Give a payment method to a customer (``POST /payment_methods/{id}/attach``).

        The arguments:

        * ``payment_method_id``: The payment method's identifier.
        * ``customer``: The customer's identifier.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            payment_method_id,
            customer,
            idempotency_key,
            first_try_at,
            allow_paths,
            rate_key,
            timeout,
        )
        value: PaymentMethod = await self._call("attach_payment_method", given)
        return value

    async def detach_payment_method(
        self,
        payment_method_id: str,
        *,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> PaymentMethod:
        """Take a payment method from its customer.

        ``POST /payment_methods/{id}/detach``, *Usual*.

        The arguments:

        * ``payment_method_id``: The payment method's identifier.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (payment_method_id, idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        value: PaymentMethod = await self._call("detach_payment_method", given)
        return value

    async def create_subscription(
        self,
        *,
        customer: str,
        payment_method: str,
        amount: int,
        currency: str,
        interval: str,
        metadata: Mapping[str, str | int | Decimal] | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Subscription:
        """Begin a subscription (``POST /subscriptions``, *Usual*).

        The arguments:

        * ``customer``: Who pays.
        * ``payment_method``: What it is paid with.
        * ``amount``: What is paid each time, in the currency's smallest unit.
        * ``currency``: The currency's code (ISO 4217).
        * ``interval``: How often: ``day``, ``week``, ``month`` or ``year``.
        * ``metadata``: The shop's own notes.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = Sealed(
            (
                customer,
                payment_method,
                amount,
                currency,
                interval,
                metadata,
                idempotency_key,
                first_try_at,
                allow_paths,
                rate_key,
                timeout,
            )
        )
        del metadata
        value: Subscription = await self._call("create_subscription", given)
        return value

    async def get_subscription(
        self,
        subscription_id: str,
        *,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Subscription:
        """Read a subscription (``GET /subscriptions/{id}``, *Usual*).

        The arguments:

        * ``subscription_id``: The subscription's identifier.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (subscription_id, idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        value: Subscription = await self._call("get_subscription", given)
        return value

    async def update_subscription(
        self,
        subscription_id: str,
        *,
        payment_method: str | None = None,
        amount: int | None = None,
        interval: str | None = None,
        metadata: Mapping[str, str | int | Decimal] | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Subscription:
        """Change a subscription: what is not given stays.

        ``POST /subscriptions/{id}``, *Usual*.

        The arguments:

        * ``subscription_id``: The subscription's identifier.
        * ``payment_method``: What it is paid with.
        * ``amount``: What is paid each time, in the currency's smallest unit.
        * ``interval``: How often: ``day``, ``week``, ``month`` or ``year``.
        * ``metadata``: The shop's own notes.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = Sealed(
            (
                subscription_id,
                payment_method,
                amount,
                interval,
                metadata,
                idempotency_key,
                first_try_at,
                allow_paths,
                rate_key,
                timeout,
            )
        )
        del metadata
        value: Subscription = await self._call("update_subscription", given)
        return value

    async def cancel_subscription(
        self,
        subscription_id: str,
        *,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Subscription:
        """End a subscription (``DELETE /subscriptions/{id}``, *Usual*).

        The arguments:

        * ``subscription_id``: The subscription's identifier.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (subscription_id, idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        value: Subscription = await self._call("cancel_subscription", given)
        return value

    def list_subscriptions(
        self,
        *,
        customer: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> AsyncPages[Subscription]:
        """Go through the subscriptions, newest first (``GET /subscriptions``, *Usual*).

        The arguments:

        * ``customer``: Only those of this customer.
        * ``limit``: How many stand on a page: 1 to 100.
        * ``starting_after``: The identifier of the subscription to start after.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            customer,
            limit,
            starting_after,
            idempotency_key,
            first_try_at,
            allow_paths,
            rate_key,
            timeout,
        )
        value: AsyncPages[Subscription] = self._pages("list_subscriptions", given, 2)
        return value

    def list_transactions(
        self,
        *,
        since: int | None = None,
        until: int | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> AsyncPages[Transaction]:
        """Go through the account's history, newest first, for reconciliation.

        ``GET /transactions``, *Usual*.

        The arguments:

        * ``since``: Only what happened at this time or later, in Unix seconds.
        * ``until``: Only what happened before this time, in Unix seconds.
        * ``limit``: How many stand on a page: 1 to 100.
        * ``starting_after``: The identifier of the line to start after.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (
            since,
            until,
            limit,
            starting_after,
            idempotency_key,
            first_try_at,
            allow_paths,
            rate_key,
            timeout,
        )
        value: AsyncPages[Transaction] = self._pages("list_transactions", given, 3)
        return value

    async def request(
        self,
        method: str,
        path: str,
        body: Any | None = None,
        *,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Any:
        """Call any endpoint, present or future, and give its answer as JSON.

        Credentials, idempotency, repeats and errors are those of every call, and the body is
        looked at for card data. A ``GET`` counts as a read.

        The arguments:

        * ``method``: ``GET``, ``POST``, ``PUT``, ``PATCH`` or ``DELETE``.
        * ``path``: The path below the base address, such as ``/payments?limit=3``.
        * ``body``: What is sent, as JSON.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = Sealed(
            (method, path, body, idempotency_key, first_try_at, allow_paths, rate_key, timeout)
        )
        del body
        value: Any = await self._call("request", given)
        return value

    async def confirm(
        self,
        event: Event,
        *,
        order_id: str,
        amount: int,
        currency: str,
        status: str | None = None,
        timeout: float | None = None,
    ) -> Payment:
        """Read the payment that a verified event is about.

        give it once it fits what the shop expects.

        A genuine event need not be the right one, nor the newest: an old delivery can be sent
        again, and a late ``payment.failed`` may follow a success. What this gives is how the
        payment is now. What differs is a ``MismatchError`` (``ipay.mismatch``).

        The arguments:

        * ``event``: The event that ``Webhooks.verify`` gave.
        * ``order_id``: The order: ``orderId`` in the payment's metadata.
        * ``amount``: What it must be for, in the currency's smallest unit.
        * ``currency``: The currency's code (ISO 4217).
        * ``status``: The status it must have, where that matters.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (event, order_id, amount, currency, status, timeout)
        value: Payment = await self._call("confirm", given)
        return value

    async def resume_payment(
        self,
        handle: str,
        *,
        timeout: float | None = None,
    ) -> Payment:
        """Find out what became of a payment's call whose outcome was unknown.

        Of a create, a confirm, a capture or a cancel. Within 23 hours of its first try the same
        request goes out once more with the same idempotency key, so the call is executed once
        whatever happened; later the payment is looked for, by ``orderId`` in its metadata or by
        its identifier. While it is still not known the error is an ``OutcomeUnknownError`` with
        the handle.

        The arguments:

        * ``handle``: The error's ``resume``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (handle, timeout)
        value: Payment = await self._call("resume_payment", given)
        return value

    async def resume_refund(
        self,
        handle: str,
        *,
        timeout: float | None = None,
    ) -> Refund:
        """Find out what became of a refund whose outcome was unknown: see ``resume_payment``.

        The arguments:

        * ``handle``: The error's ``resume``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = (handle, timeout)
        value: Refund = await self._call("resume_refund", given)
        return value


class AsyncPublishableClient(AsyncBase):
    """Makes tokens of cards with the publishable key, and can do nothing else.

    Holds up no event loop. For asyncio and trio, and bound to no loop: one client
    serves any number of them, one after the other or at once. Calls are made on
    threads of their own, up to ``threads``, started on demand and ended when
    idle. A call that is canceled ends within about a tenth of a second; the
    cancellation then carries ``outcome`` and ``resume``.
    """

    __slots__ = ()
    _class = ("ipay", "PublishableClient")

    def __init__(
        self,
        publishable_key: str,
        *,
        mode: str | None = None,
        base_url: str | None = None,
        token_url: str | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
        rate_limit: int | None = None,
        proxy: str | None = None,
        ca_file: str | None = None,
        threads: int | None = None,
        on_event: Callable[[HookEvent], object] | None = None,
    ) -> None:
        """Build a client; every option is checked, nothing is sent.

        Times are in seconds. The arguments:

        * ``publishable_key``: The publishable key, such as ``pk_live_...``.
        * ``mode``: Whether payments are real: ``live`` (the default) or ``sandbox``. A key of
          the other kind is refused before anything is sent.
        * ``base_url``: Where the API is, where it is neither ``https://api.ipay.com/api`` nor
          ``https://sandbox.ipay.com/api``. Plain http is for loopback addresses only;
          elsewhere than on loopback the ``mode`` must be said.
        * ``token_url``: Where tokens are fetched with client credentials: ``/oauth/token``
          below the base address unless told otherwise. The form is *Usual* (RFC 6749).
        * ``timeout``: How long a call may take, everything included: name lookup, repeats,
          waits. 15 s by default.
        * ``max_retries``: How often one call is repeated where repeating is safe: 5 by
          default; 0 repeats nothing. Every repeat has the same idempotency key.
        * ``rate_limit``: How many calls a minute may be made for one ``rate_key``, such as
          the payer. No limit by default; calls without a ``rate_key`` are not counted.
        * ``proxy``: A proxy to reach the service through: ``http://user:password@host:port``.
          None by default: the environment's is not used.
        * ``ca_file``: A PEM file with the certificates to trust instead of the bundled roots.
          There is no switch that turns checking off.
        * ``threads``: How many calls may be under way at once: 32 by default, at most 256.
        * ``on_event``: Called for every request and every call, and for a clock that is
          wrong: for logs and metrics. What it is told never holds a credential.
        """
        given = Handed(
            publishable_key=publishable_key,
            mode=mode,
            base_url=base_url,
            token_url=token_url,
            timeout=timeout,
            max_retries=max_retries,
            rate_limit=rate_limit,
            proxy=proxy,
            ca_file=ca_file,
        )
        del publishable_key, proxy
        self._open(
            given,
            threads=threads,
            on_event=on_event,
        )

    @classmethod
    def from_env(
        cls,
        *,
        mode: str | None = None,
        base_url: str | None = None,
        token_url: str | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
        rate_limit: int | None = None,
        proxy: str | None = None,
        ca_file: str | None = None,
        threads: int | None = None,
        on_event: Callable[[HookEvent], object] | None = None,
    ) -> Self:
        """Build a client from the environment.

        Reads ``IPAY_PUBLISHABLE_KEY``, and where they are set ``IPAY_SANDBOX`` and
        ``IPAY_BASE_URL``. Options given here prevail.
        """
        given = Handed(
            mode=mode,
            base_url=base_url,
            token_url=token_url,
            timeout=timeout,
            max_retries=max_retries,
            rate_limit=rate_limit,
            proxy=proxy,
            ca_file=ca_file,
        )
        del proxy
        client = cls.__new__(cls)
        client._open(
            given,
            threads=threads,
            on_event=on_event,
            from_env=True,
        )
        return client

    async def create_token(
        self,
        *,
        number: str,
        exp_month: int,
        exp_year: int,
        cvc: str,
        idempotency_key: str | None = None,
        first_try_at: int | None = None,
        allow_paths: list[str] | None = None,
        rate_key: str | None = None,
        timeout: float | None = None,
    ) -> Token:
        """Make a token of a card (``POST /tokens``).

        For whoever may see the card: the customer's own device. It stands for the card once,
        when a payment method is made of it. Nothing of the card is kept, shown or logged.

        The arguments:

        * ``number``: The card's number: digits, perhaps with blanks between them.
        * ``exp_month``: The month in which it ends, from 1.
        * ``exp_year``: The year in which it ends, with all four digits.
        * ``cvc``: The code on its back.
        * ``idempotency_key``: The key that makes repeats of this call one call: a random one
          unless given. The service answers a second call with the same key as it answered the
          first. ``order_key`` makes one of an order.
        * ``first_try_at``: When the shop first used this ``idempotency_key``, in Unix
          seconds, as its books say. 23 hours later the service may have forgotten the key, so
          nothing is sent any more: the outcome is unknown, and the handle of the error finds
          out. Unless given, it is now.
        * ``allow_paths``: Where in the body something may stand that looks like a card's
          number, such as ``metadata.serial``.
        * ``rate_key``: Whom the call counts for, such as the payer, where the client has a
          ``rate_limit``.
        * ``timeout``: The time limit of this call, instead of the client's.
        """
        given = Sealed(
            (
                number,
                exp_month,
                exp_year,
                cvc,
                idempotency_key,
                first_try_at,
                allow_paths,
                rate_key,
                timeout,
            )
        )
        del number, cvc
        value: Token = await self._call("create_token", given)
        return value
