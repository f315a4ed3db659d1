"""What a resumed call turned out to have done."""

from __future__ import annotations

from kessai._zaif_models import Invoice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kessai import _kessai


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

    @classmethod
    def of(cls, done: tuple[_kessai.Model, list[str]] | None) -> Resumed:
        """Read what the core tells."""
        if done is None:
            return cls(None, [])
        invoice, others = done
        return cls(Invoice(invoice), others)

    def __repr__(self) -> str:
        return f"Resumed(invoice={self.invoice!r}, others={self.others!r})"

    @property
    def outcome(self) -> str:
        """``"done"``, or ``"not_done"``: then the order may be tried again."""
        return "not_done" if self.invoice is None else "done"
