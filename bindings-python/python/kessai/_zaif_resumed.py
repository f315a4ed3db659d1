"""What a resumed call turned out to have done."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kessai._zaif_models import Invoice


class Resumed:
    """What a resumed create turned out to have done."""

    __slots__ = ("invoice", "others")

    invoice: Invoice | None
    """The invoice it made, in whatever state; None when it made nothing."""
    others: list[str]
    """Every other invoice of the order."""

    def __init__(self, invoice: Invoice | None, others: list[str]) -> None:
        self.invoice = invoice
        self.others = others

    def __repr__(self) -> str:
        return f"Resumed(invoice={self.invoice!r}, others={self.others!r})"

    @property
    def outcome(self) -> str:
        """``"done"``, or ``"not_done"``: then the order may be tried again."""
        return "not_done" if self.invoice is None else "done"
