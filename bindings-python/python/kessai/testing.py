"""A sandbox that plays both services on this machine, for development and tests.

::

    from kessai import zaif
    from kessai.testing import Sandbox

    with Sandbox() as sandbox:
        client = zaif.Client(**sandbox.zaif)
        invoice = client.create_invoice(currency="btc", amount=10_800, order_number="A-1")
        sandbox.pay(invoice.invoice_id)
        sandbox.mine("btc", 3)
        assert client.get_invoice(invoice.invoice_id).is_settled

        client = sandbox.ipay.client()
        payment = client.create_payment(
            amount=10_800,
            currency="JPY",
            payment_method=sandbox.ipay.payment_method().id,
            confirm=True,
        )
        assert payment.result == "succeeded"

It needs the program ``kessai-sandbox``, which ``pip install kessai[sandbox]`` puts
beside this interpreter. Otherwise it is looked for on the ``PATH``; the argument
``program`` and the environment variable ``KESSAI_SANDBOX`` go before both.

With pytest nothing needs to be imported: installing kessai brings the fixtures of
:mod:`kessai.pytest_plugin`.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import site
import ssl
import subprocess
import sysconfig
import threading
import urllib.error
import urllib.request
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict

from kessai._ipay_sandbox import IpaySandbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from typing_extensions import Self

__all__ = ["IpaySandbox", "Sandbox", "SandboxError", "ZaifAccount"]

_START_SECONDS = 20
_STOP_SECONDS = 10
_CALL_SECONDS = 30


class SandboxError(Exception):
    """The sandbox could not be started, or refused what it was asked."""


class _Account(TypedDict):
    key: str
    """The API key."""
    secret: str
    """Its secret."""
    endpoint: str
    """Where the sandbox's API is."""


class ZaifAccount(_Account, total=False):
    """An account at the sandbox, as ``zaif.Client(**account)`` takes it."""

    ca_file: str
    """The certificates to trust, where the sandbox was started with ``--tls``."""


class Sandbox:
    """Starts a sandbox, steers it, and stops it.

    Use it as a context manager, or call :meth:`start` and :meth:`stop`. Its
    clock is its own: :meth:`advance` makes invoices expire and deliveries
    repeat without anybody waiting.
    """

    url: str
    """Where it listens: also the address of its pages."""
    zaif: ZaifAccount
    """The account that it starts with."""
    ipay: IpaySandbox
    """Its iPay half."""

    def __init__(self, *arguments: str, program: str | None = None) -> None:
        self._arguments: Sequence[str] = arguments
        self._program = program
        self._process: subprocess.Popen[str] | None = None

    @classmethod
    def attach(cls, url: str, *, ca_file: str | None = None) -> Self:
        """Steer a sandbox that runs already, with a Zaif API key of one's own.

        ``url`` is where it listens, as ``http://127.0.0.1:4000``. iPay's account is the
        one that everybody has there. :meth:`stop` leaves it running.
        """
        sandbox = cls()
        sandbox.url = url.rstrip("/")
        sandbox.zaif = ZaifAccount(key="", secret="", endpoint=f"{sandbox.url}/ecapi")
        if ca_file is not None:
            sandbox.zaif["ca_file"] = ca_file
        issued = sandbox.control("zaif/keys", {})
        sandbox.zaif["key"], sandbox.zaif["secret"] = issued["key"], issued["secret"]
        account = sandbox.control("ipay/account")
        sandbox.ipay = IpaySandbox(account, sandbox.control, ca_file)
        return sandbox

    @property
    def pid(self) -> int | None:
        """The process id, while it runs."""
        return None if self._process is None else self._process.pid

    def start(self) -> Self:
        """Start it and wait until it is ready."""
        if self._process is not None:
            raise SandboxError("this sandbox is running already")
        process = subprocess.Popen(
            [self._find(), *self._arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._process = process
        try:
            ready = json.loads(_first_line(process))
            self.url = ready["url"]
            account = ready["zaif"]
            self.zaif = ZaifAccount(
                key=account["key"], secret=account["secret"], endpoint=account["endpoint"]
            )
            if "ca_file" in ready:
                self.zaif["ca_file"] = ready["ca_file"]
            self.ipay = IpaySandbox(ready["ipay"], self.control, ready.get("ca_file"))
        except (ValueError, KeyError) as problem:
            self.stop()
            raise SandboxError("kessai-sandbox ended, or did not say that it is ready") from problem
        return self

    def stop(self) -> None:
        """Stop it. Does nothing when it is not running."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def pay(self, invoice_id: str, amount: Decimal | str | None = None) -> Any:
        """Pay an invoice: what is due, or so much of the coin."""
        body = {} if amount is None else {"amount": str(amount)}
        return self.control(f"zaif/invoices/{invoice_id}/pay", body)

    def mine(self, coin: str, blocks: int = 1) -> Any:
        """Mine blocks: each is a confirmation for what was paid in the coin."""
        return self.control("zaif/mine", {"coin": coin, "blocks": blocks})

    def advance(self, seconds: int) -> Any:
        """Let time pass: invoices expire, deliveries that are due are made."""
        return self.control("clock", {"advance": seconds})

    def ledger(self) -> Any:
        """Read what really happened: requests, executions, objects."""
        return self.control("ledger")

    def deliveries(self) -> Any:
        """Read every webhook with all of its tries."""
        return self.control("deliveries")

    def faults(self, rules: list[dict[str, Any]]) -> Any:
        """Add rules for what goes wrong; :meth:`clear_faults` ends them."""
        return self.control("faults", rules)

    def clear_faults(self) -> None:
        """Let everything go right again."""
        self.control("faults", method="DELETE")

    def control(self, path: str, body: Any = None, *, method: str | None = None) -> Any:
        """Call any path below ``/_sandbox/``: with a body it acts, without it reads."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - the address is our own sandbox's
            f"{self.url}/_sandbox/{path}",
            data=data,
            headers={"Content-Type": "application/json"},
            method=method or ("GET" if data is None else "POST"),
        )
        # No proxy of the environment stands between a machine and itself.
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        if "ca_file" in self.zaif:
            trust = ssl.create_default_context(cafile=self.zaif["ca_file"])
            handlers.append(urllib.request.HTTPSHandler(context=trust))
        opener = urllib.request.build_opener(*handlers)
        try:
            with opener.open(request, timeout=_CALL_SECONDS) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise SandboxError(refusal.read().decode(errors="replace")) from None
        return json.loads(text, parse_float=Decimal) if text else None

    def _find(self) -> str:
        program = self._program or os.environ.get("KESSAI_SANDBOX")
        found = program or shutil.which("kessai-sandbox", path=_folders())
        if not found:
            raise SandboxError(
                "the program kessai-sandbox is neither beside this Python nor on the PATH: "
                "`pip install kessai[sandbox]`, or set KESSAI_SANDBOX to where it is"
            )
        return found


def _folders() -> str:
    """Where programs are: first those that came with this interpreter's packages."""
    folders = [sysconfig.get_path("scripts")]
    if site.ENABLE_USER_SITE:
        folders.append(sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user")))
    return os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)])


def _first_line(process: subprocess.Popen[str]) -> str:
    """Read the line that says it is ready, or nothing when it takes too long."""
    lines: queue.Queue[str] = queue.Queue()
    output = process.stdout
    if output is None:
        return ""

    def read() -> None:
        with contextlib.suppress(ValueError):
            lines.put(output.readline())

    threading.Thread(target=read, daemon=True).start()
    try:
        return lines.get(timeout=_START_SECONDS)
    except queue.Empty:
        return ""
