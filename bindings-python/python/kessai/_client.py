"""What the blocking clients do for all of their methods."""

from __future__ import annotations

from kessai._kessai import Core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any, ClassVar

    from typing_extensions import Self

    from kessai._event import HookEvent
    from kessai._pages import Pages


class Base:
    """What all clients are made of."""

    __slots__ = ("__weakref__", "_core")

    _class: ClassVar[tuple[str, str]]
    _core: Core

    def _open(
        self,
        given: dict[str, Any],
        *,
        on_event: Callable[[HookEvent], object] | None,
        token_source: Callable[[], str] | None = None,
        threads: int | None = None,
        from_env: bool = False,
    ) -> None:
        self._core = Core(self._class, from_env, given, on_event, token_source, threads)

    def __repr__(self) -> str:
        # One that could not be built is shown in the traceback that says so.
        core = getattr(self, "_core", None)
        where = None if core is None else core.describe()
        return f"<{type(self).__name__} {'closed' if where is None else 'of ' + where}>"


class BlockingBase(Base):
    """Makes calls on the caller's own thread."""

    __slots__ = ()

    def _pages(self, method: str, given: tuple[Any, ...], place: int) -> Pages[Any]:
        from kessai._pages import Pages

        return Pages(self._core, method, given, place)

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
