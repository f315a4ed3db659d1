"""What every model of the core can do in Python."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from kessai import _kessai


def utc(seconds: int) -> datetime:
    """Give Unix seconds as an aware datetime in UTC."""
    from datetime import datetime, timezone

    return datetime.fromtimestamp(seconds, timezone.utc)


class Model:
    """An object as the service described it. Never changes."""

    __slots__ = ("_core",)

    def __init__(self, core: _kessai.Model) -> None:
        self._core = core

    def to_dict(self) -> dict[str, Any]:
        """Give every attribute by its name, money exact."""
        return self._core.to_dict()

    def raw_json(self) -> str:
        """Give the object as the service sent it, fields unknown to kessai included."""
        return self._core.raw()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Model):
            return self._core == other._core
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._core)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._core,)

    def __repr__(self) -> str:
        shown = ", ".join(f"{k}={v!r}" for k, v in self.to_dict().items() if v is not None)
        return f"{type(self).__name__}({shown})"
