"""The iPay half of a running sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kessai import ipay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_WHO = {"key", "secret", "client_id", "client_secret", "token", "token_source"}
"""The options of a client that say who it is."""


class IpaySandbox:
    """An account at the sandbox's iPay, and what only a bank or a customer can do.

    ::

        client = sandbox.ipay.client()
        token = sandbox.ipay.publishable_client().create_token(
            number="4242424242424242", exp_month=12, exp_year=2030, cvc="123"
        )

    Time is the whole sandbox's: its ``advance`` makes subscriptions bill and
    deliveries repeat, its ``deliveries`` tells of every webhook.
    """

    base_url: str
    """Where the sandbox's API is."""
    key: str
    """The API key."""
    secret: str
    """Its secret."""
    publishable_key: str
    """The key that pages make tokens of cards with."""
    webhook_secret: str
    """What webhooks are signed with."""
    client_id: str
    """The client that fetches tokens (OAuth 2.0)."""
    client_secret: str
    """Its secret."""

    def __init__(
        self,
        account: Mapping[str, str],
        control: Callable[..., Any],
        ca_file: str | None = None,
    ) -> None:
        self.base_url = account["base_url"]
        self.key = account["key"]
        self.secret = account["secret"]
        self.publishable_key = account["publishable_key"]
        self.webhook_secret = account["webhook_secret"]
        self.client_id = account["client_id"]
        self.client_secret = account["client_secret"]
        self._control = control
        self._place = {"base_url": self.base_url}
        if ca_file is not None:
            self._place["ca_file"] = ca_file

    def client(self, **options: Any) -> ipay.Client:
        """Give a client with the account's key, or with the credentials in the options."""
        return ipay.Client(**self._options(options))

    def async_client(self, **options: Any) -> ipay.AsyncClient:
        """Give an asynchronous client of the same kind, bound to no event loop."""
        return ipay.AsyncClient(**self._options(options))

    def publishable_client(self, **options: Any) -> ipay.PublishableClient:
        """Give a client that makes tokens of cards, as a customer's page does."""
        return ipay.PublishableClient(self.publishable_key, **{**self._place, **options})

    def webhooks(self) -> ipay.Webhooks:
        """Give what tells the sandbox's webhooks from forged ones."""
        return ipay.Webhooks(self.webhook_secret)

    def payment_method(
        self, number: str = "4242424242424242", *, customer: str | None = None
    ) -> ipay.PaymentMethod:
        """Make a payment method of a test card, as a customer's page and a shop do together."""
        token = self.publishable_client().create_token(
            number=number, exp_month=12, exp_year=2099, cvc="123"
        )
        return self.client().create_payment_method(type="card", token=token.id, customer=customer)

    def register_webhook(self, url: str, events: Sequence[str] | None = None) -> Any:
        """Have events sent to an address of this machine: all of them, or these."""
        body: dict[str, Any] = {"url": url}
        if events is not None:
            body["events"] = list(events)
        return self._control("ipay/webhook_endpoints", body)

    def authenticate(self, payment_id: str, *, ok: bool = True) -> Any:
        """Do as the customer does at the bank (3-D Secure): accept, or refuse."""
        return self._control(f"ipay/payments/{payment_id}/authenticate", {"ok": ok})

    def settle(self, payment_id: str, *, ok: bool = True) -> Any:
        """End what is ``processing``, such as a bank transfer: well, or not."""
        return self._control(f"ipay/payments/{payment_id}/settle", {"ok": ok})

    def dispute(self, payment_id: str) -> Any:
        """Have the customer's bank want the money back."""
        return self._control(f"ipay/payments/{payment_id}/dispute", {})

    def revoke_tokens(self) -> Any:
        """End every access token at once."""
        return self._control("ipay/tokens/revoke", {})

    def _options(self, given: dict[str, Any]) -> dict[str, Any]:
        who = {} if _WHO & given.keys() else {"key": self.key, "secret": self.secret}
        return {**self._place, **who, **given}
