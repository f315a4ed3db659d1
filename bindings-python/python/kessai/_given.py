"""What is on its way into the core, and shows nothing of itself.

Error trackers send every local variable of a traceback along, and what a client or
a call was given may be a credential or a card's number.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Handed(dict[str, "Any"]):
    """Arguments of a client, by name."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "{...}"


class Sealed(tuple["Any", ...]):
    """Arguments of a call, in the order of its row."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "(...)"
