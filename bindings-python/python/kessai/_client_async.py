"""What the asynchronous clients do for all of their methods."""

from __future__ import annotations

import asyncio
import sys

from kessai._client import Base

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType, TracebackType
    from typing import Any

    from typing_extensions import Self

    from kessai._kessai import Call
    from kessai._pages import AsyncPages


class AsyncBase(Base):
    """Makes calls on threads of its own, and waits for them in any event loop."""

    __slots__ = ()

    async def _call(self, method: str, given: tuple[Any, ...]) -> Any:
        trio = _trio_if_running()
        if trio is not None:
            return await self._call_in_trio(trio, method, given)
        loop = asyncio.get_running_loop()
        over: asyncio.Future[None] = loop.create_future()

        def settle() -> None:
            if not over.done():
                over.set_result(None)

        def ended() -> None:
            try:
                loop.call_soon_threadsafe(settle)
            except RuntimeError:
                # The loop is closed: nobody waits any more.
                return

        call = self._core.start(method, given, ended)
        try:
            await asyncio.shield(over)
        except asyncio.CancelledError as cancelled:
            call.cancel()
            # What became of it is known within a moment, and worth that moment.
            while not over.done():
                try:
                    await asyncio.shield(over)
                except asyncio.CancelledError:
                    continue
            _carry(cancelled, call)
            raise
        return call.result()

    async def _call_in_trio(self, trio: ModuleType, method: str, given: tuple[Any, ...]) -> Any:
        token = trio.lowlevel.current_trio_token()
        over = trio.Event()

        def ended() -> None:
            try:
                token.run_sync_soon(over.set)
            except trio.RunFinishedError:
                return

        call = self._core.start(method, given, ended)
        try:
            await over.wait()
        except (trio.Cancelled, KeyboardInterrupt) as cancelled:
            # Trio lets Ctrl-C rise where the main task waits.
            call.cancel()
            with trio.CancelScope(shield=True):
                await over.wait()
            _carry(cancelled, call)
            raise
        return call.result()

    def _pages(self, method: str, given: tuple[Any, ...], place: int) -> AsyncPages[Any]:
        from kessai._pages import AsyncPages

        return AsyncPages(self._call, method, given, place)

    async def close(self) -> None:
        """Drop the idle connections; calls made from now on fail."""
        self._core.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


def _trio_if_running() -> ModuleType | None:
    trio = sys.modules.get("trio")
    if trio is None or not trio.lowlevel.in_trio_task():
        return None
    return trio


def _carry(cancelled: BaseException, call: Call) -> None:
    """Let a cancellation tell what is known of the call that it ended."""
    for name, value in call.remains().items():
        setattr(cancelled, name, value)
