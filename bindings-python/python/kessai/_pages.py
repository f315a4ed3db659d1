"""Lists that come page by page: only one page is ever held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
    from typing import Any

    from typing_extensions import Self

    from kessai._kessai import Core

T = TypeVar("T")


class Page(Generic[T]):
    """One page of a list."""

    __slots__ = ("items", "next")

    items: list[T]
    """What stands on it."""
    next: str | None
    """What the next page starts after; None on the last."""

    def __init__(self, items: list[T], next: str | None) -> None:
        self.items = items
        self.next = next

    def __repr__(self) -> str:
        return f"Page(items={self.items!r}, next={self.next!r})"


class Pages(Generic[T]):
    """An iterator over a list at the service, which asks for pages as it goes.

    Made by a call that lists something; nothing is sent before the first item is
    asked for. An error rises where its page was needed, and asking again tries
    the same page again.
    """

    __slots__ = ("_core", "_given", "_items", "_method", "_place")

    def __init__(self, core: Core, method: str, given: tuple[Any, ...], place: int) -> None:
        self._core = core
        self._method = method
        # None once the last page was read.
        self._given: tuple[Any, ...] | None = given
        self._place = place
        self._items: Iterator[T] = iter(())

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        while True:
            for item in self._items:
                return item
            self._items = iter(self._page().items)

    def pages(self) -> Iterator[Page[T]]:
        """Iterate over whole pages instead, from the next one on."""
        while self._given is not None:
            yield self._page()

    def _page(self) -> Page[T]:
        given = self._given
        if given is None:
            raise StopIteration
        page: Page[T] = Page(*self._core.invoke(self._method, given))
        self._given = after(given, self._place, page.next)
        return page


class AsyncPages(Generic[T]):
    """An asynchronous iterator over a list at the service, for ``async for``.

    Made by a call that lists something, without ``await``; nothing is sent before
    the first item is asked for. An error rises where its page was needed, and
    asking again tries the same page again.
    """

    __slots__ = ("_call", "_given", "_items", "_method", "_place")

    def __init__(
        self,
        call: Callable[[str, tuple[Any, ...]], Coroutine[Any, Any, Any]],
        method: str,
        given: tuple[Any, ...],
        place: int,
    ) -> None:
        self._call = call
        self._method = method
        self._given: tuple[Any, ...] | None = given
        self._place = place
        self._items: Iterator[T] = iter(())

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        while True:
            for item in self._items:
                return item
            self._items = iter((await self._page()).items)

    async def pages(self) -> AsyncIterator[Page[T]]:
        """Iterate over whole pages instead, from the next one on."""
        while self._given is not None:
            yield await self._page()

    async def _page(self) -> Page[T]:
        given = self._given
        if given is None:
            raise StopAsyncIteration
        page: Page[T] = Page(*await self._call(self._method, given))
        self._given = after(given, self._place, page.next)
        return page


def after(given: tuple[Any, ...], place: int, item: str | None) -> tuple[Any, ...] | None:
    """Give the arguments for the page after an item; None where none is left."""
    if item is None:
        return None
    return (*given[:place], item, *given[place + 1 :])
