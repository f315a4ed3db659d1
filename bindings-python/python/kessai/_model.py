"""What every model of the core can do in Python."""

from __future__ import annotations

from kessai import _kessai

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any


def utc(seconds: int) -> datetime:
    """Give Unix seconds as an aware datetime in UTC."""
    from datetime import datetime, timezone

    return datetime.fromtimestamp(seconds, timezone.utc)


def _decoder() -> Any:
    """Make what reads JSON, once; whoever reads none waits for no import."""
    global _decode  # noqa: PLW0603
    if _decode is None:
        import json
        from decimal import Decimal

        # The core gives one value and nothing around it: there is nothing to skip.
        _decode = json.JSONDecoder(parse_float=Decimal).raw_decode
    return _decode


_decode: Any = None


def from_json(module: str, text: str) -> Any:
    """Read JSON, numbers with decimals as exact ones."""
    try:
        return (_decode or _decoder())(text)[0]
    except (ValueError, RecursionError) as problem:
        from kessai.errors import ProtocolError

        # The call was executed: whoever made it must know.
        raise ProtocolError(
            "the service answered with JSON that Python cannot read",
            code=f"{module}.bad_answer",
            outcome="done",
        ) from problem


def restored(module: str, name: str, stored: str) -> Any:
    """Give a model as it was when it was stored."""
    return _kessai.Model.restore(module, name, stored)


class Model:
    """An object as the service described it. Never changes."""

    __slots__ = ("_core",)

    def __init__(self, core: _kessai.Model) -> None:
        self._core = core

    def to_dict(self) -> dict[str, Any]:
        """Give every attribute by its name, money exact."""
        return self._core.to_dict(False)

    def raw_json(self) -> str:
        """Give the object as the service sent it, fields unknown to kessai included."""
        return self._core.raw()

    def store(self) -> str:
        """Give all of it as one text, for a cache or a queue; ``restore`` reads it."""
        return self._core.stored()[2]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Model):
            return self._core == other._core
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._core)

    def __reduce__(self) -> tuple[Any, ...]:
        return restored, self._core.stored()

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{k}={v!r}" for k, v in self._core.to_dict(True).items() if v is not None
        )
        return f"{type(self).__name__}({shown})"
