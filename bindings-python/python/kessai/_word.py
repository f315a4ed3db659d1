"""Sets of words that may grow."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Self


class Word(str):
    """A word of an open set: one that nobody listed is kept as it came."""

    __slots__ = ()

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        # Not kept: a service that sends ever new words must not fill the memory.
        word = str.__new__(cls, value)
        word._name_ = value  # type: ignore[attr-defined]
        word._value_ = value  # type: ignore[attr-defined]
        return word
