"""What the blocking client does for all of its methods."""

from __future__ import annotations

from kessai._kessai import ZaifClient

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self

    from kessai._event import Event


def from_json(text: str) -> Any:
    """Read JSON, numbers with decimals as exact ones."""
    import json
    from decimal import Decimal

    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as problem:
        from kessai.errors import ProtocolError

        # The call was executed: whoever made it must know.
        raise ProtocolError(
            "the service answered with JSON that Python cannot read",
            code="zaif.bad_answer",
            outcome="done",
        ) from problem


def as_given(core: Any) -> Any:
    """Give the core's result as its method would have given it."""
    from kessai import _kessai
    from kessai._zaif_models import Invoice
    from kessai._zaif_resumed import Resumed

    if core is None or isinstance(core, tuple):
        return Resumed.of(core)
    if isinstance(core, _kessai.Model):
        return Invoice(core)
    if isinstance(core, list):
        return [Invoice(one) if isinstance(one, _kessai.Model) else one for one in core]
    return core


class Base:
    """What both clients are made of."""

    __slots__ = ("__weakref__", "_core")

    _core: ZaifClient

    def _open(
        self,
        key: str,
        secret: str,
        options: dict[str, Any],
        on_event: Callable[[Event], object] | None,
        threads: int | None = None,
    ) -> None:
        self._core = ZaifClient(key, secret, options, on_event, threads)

    def _open_from_env(
        self,
        options: dict[str, Any],
        on_event: Callable[[Event], object] | None,
        threads: int | None = None,
    ) -> None:
        self._core = ZaifClient.from_env(options, on_event, threads)

    def __repr__(self) -> str:
        where = self._core.describe()
        return f"<{type(self).__name__} {'closed' if where is None else 'of ' + where}>"


class BlockingBase(Base):
    """Makes calls on the caller's own thread."""

    __slots__ = ()

    def _call(self, method: str, given: tuple[Any, ...]) -> Any:
        try:
            return self._core.invoke(method, given)
        except BaseException as stopped:
            # A signal that came too late to stop anything carries the result.
            if hasattr(stopped, "result"):
                stopped.result = as_given(stopped.result)
            raise

    def close(self) -> None:
        """Drop the idle connections; calls made from now on fail."""
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
