"""What the hook for logs and metrics is told."""

from __future__ import annotations

from typing import TypedDict


class _Always(TypedDict):
    name: str
    """``"request"``, ``"call"`` or ``"clock_skew"``."""
    method: str
    """The service's method for a request, kessai's for a call."""
    attempt: int
    """Which request of its call this was; for a call, how many it made."""
    outcome: str
    """``"done"``, ``"not_done"`` or ``"unknown"``."""
    duration: float
    """How long it took, in seconds."""


class HookEvent(_Always, total=False):
    """What ``on_event`` is told: only what applies is there."""

    code: str
    """Why it did not end well."""
    http_status: int
    """The HTTP status, where there was an answer."""
    request_id: str
    """The identifier that the service or a proxy gave the request."""
    resume: str
    """For a call whose outcome is unknown: the handle that resumes it."""
    local_time: int
    """For a clock skew: this machine's Unix time."""
    server_time: int
    """For a clock skew: the service's Unix time."""
