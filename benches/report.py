"""Sets the figures against the goals: a table for people, JSON for programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from run import Figures


@dataclass(frozen=True)
class Goal:
    """One row: ours against a peer's, or against a bound of its own."""

    name: str
    ours: str
    peer: str | None
    goal: float | None
    at_least: bool = False

    def is_met(self, value: float) -> bool | None:
        """Whether the figure is good enough; None where there is no goal."""
        if self.goal is None:
            return None
        return value >= self.goal if self.at_least else value <= self.goal


# Calls a second of 256 promises, each answered after 50 ms.
IDEAL_PROMISES = 256 / 0.050

GOALS = [
    Goal("core createInvoice / bare ureq", "core kessai", "core ureq", 1.3),
    Goal("core create_payment / bare ureq", "core payment", "core ureq", None),
    Goal(
        "core webhook check / openssl",
        "core webhook check",
        "openssl hmac",
        1.3,
    ),
    Goal("core webhook verify / openssl", "core webhook verify", "openssl hmac", None),
    Goal("python create_payment / stripe", "python payment", "python stripe", 1 / 25),
    Goal(
        "python webhook to objects / by hand",
        "python webhook kessai",
        "python webhook by_hand",
        1.0,
    ),
    Goal(
        "python webhook lazy / by hand",
        "python webhook lazy",
        "python webhook by_hand",
        0.65,
    ),
    Goal(
        "python webhook / stripe",
        "python webhook kessai",
        "python webhook stripe",
        1 / 20,
    ),
    Goal("node create_payment / stripe", "node payment", "node stripe", 1 / 2),
    Goal(
        "node webhook / by hand", "node webhook kessai", "node webhook by_hand", 0.95
    ),
    Goal("node webhook / stripe", "node webhook kessai", "node webhook stripe", 0.7),
    Goal("core system calls of a warm call", "core system calls", None, 12),
    Goal("core clone, open, connect when warm", "core rare system calls", None, 0),
    Goal(
        "python createInvoice / http.client",
        "python kessai",
        "python http_client",
        1 / 3,
    ),
    Goal("python createInvoice / urllib3", "python kessai", "python urllib3", None),
    Goal("python createInvoice / requests", "python kessai", "python requests", 1 / 20),
    Goal("python createInvoice / ccxt", "python kessai", "python ccxt", 1 / 15),
    Goal("python createInvoice / stripe", "python kessai", "python stripe", 1 / 25),
    Goal(
        "python 32 threads, rate / Rust",
        "python kessai crowd rate",
        "core crowd rate",
        0.95,
        at_least=True,
    ),
    Goal(
        "python 32 threads, CPU / requests",
        "python kessai crowd cpu",
        "python requests crowd cpu",
        1 / 5,
    ),
    Goal(
        "python 32 threads, CPU / urllib3",
        "python kessai crowd cpu",
        "python urllib3 crowd cpu",
        1 / 3,
    ),
    Goal("node createInvoice / fetch", "node kessai", "node fetch", 1 / 5),
    Goal("node createInvoice / axios", "node kessai", "node axios", 1 / 5),
    Goal("node createInvoice / stripe", "node kessai", "node stripe", 1 / 2),
    Goal("node createInvoice / undici", "node kessai", "node undici", 0.8),
    Goal("node createInvoice / http", "node kessai", "node http", None),
    Goal("node createInvoice / ccxt", "node kessai", "node ccxt", None),
    Goal(
        "node 256 promises, rate a second",
        "node kessai promises rate",
        None,
        IDEAL_PROMISES * 0.9,
        at_least=True,
    ),
    Goal(
        "node 256 promises, rate / undici",
        "node kessai promises rate",
        "node undici promises rate",
        None,
        at_least=True,
    ),
    Goal("c createInvoice / libcurl", "c kessai", "c libcurl", None),
    Goal("require, time / stripe", "require kessai", "require stripe", 1 / 15),
    Goal("require, memory in MiB", "require kessai memory", None, 4),
    Goal("import, time / stripe", "import kessai", "import stripe", 1 / 15),
    Goal("import, memory in MiB", "import kessai memory", None, 4),
    Goal("native library in MB", "native library", None, 3.0),
    Goal("node library in MB", "node library", None, 3.0),
    Goal("c library in MB", "c library", None, 3.0),
    Goal("wheel in MB", "wheel", None, 1.6),
    Goal("256 connections in MiB", "core connections", None, 40),
]


def write(figures: Figures, path: Path) -> None:
    """Print the table and write the file."""
    print(f"\n{'figure':32} {'median':>10} {'worst':>10}")
    for name, rounds in figures.rounds.items():
        worst = min(rounds) if name.endswith("rate") else max(rounds)
        print(f"{name:32} {figures.median(name):10.2f} {worst:10.2f}")
    print(f"\n{'row':40} {'value':>9} {'goal':>9}")
    rows = []
    for goal in GOALS:
        ours = figures.median(goal.ours)
        peer = figures.median(goal.peer) if goal.peer else None
        if ours is None or (goal.peer and peer is None):
            print(f"{goal.name:40} {'not measured':>9}")
            rows.append(
                {"name": goal.name, "value": None, "goal": goal.goal, "met": None}
            )
            continue
        value = ours / peer if peer else ours
        met = goal.is_met(value)
        sign = ">=" if goal.at_least else "<="
        wanted = "-" if goal.goal is None else f"{sign} {goal.goal:.3f}"
        verdict = "" if met is None else "met" if met else "MISSED"
        print(f"{goal.name:40} {value:9.3f} {wanted:>9} {verdict}")
        rows.append(
            {
                "name": goal.name,
                "value": round(ours, 3),
                "peer": goal.peer,
                "peer_value": None if peer is None else round(peer, 3),
                "ratio": round(value, 4) if peer else None,
                "goal": goal.goal,
                "met": met,
            }
        )
    path.write_text(json.dumps(rows, indent=2) + "\n")
