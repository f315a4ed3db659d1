"""Compares kessai with its peers in one run and writes target/bench.json.

Server and clients share one processor, the clients take turns, and each figure
is the median of the rounds: ratios mean something, absolute times do not.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "target" / "dist"
ROUNDS = 5
CORE_CALLS = 4_000
PYTHON_CALLS = {
    "kessai": 4_000,
    "http_client": 2_000,
    "urllib3": 1_000,
    "requests": 500,
    "ccxt": 300,
    "stripe": 300,
}
# What is compared, with what, and the highest ratio that meets the goal.
GOALS = [
    ("core create_invoice", "core kessai", "core ureq", 1.3),
    ("python create_invoice / http.client", "python kessai", "python http_client", 1 / 3),
    ("python create_invoice / urllib3", "python kessai", "python urllib3", None),
    ("python create_invoice / requests", "python kessai", "python requests", 1 / 20),
    ("python create_invoice / ccxt", "python kessai", "python ccxt", 1 / 15),
    ("python create_invoice / stripe", "python kessai", "python stripe", 1 / 25),
]


def main() -> int:
    """Measure everything; give the exit status."""
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        + ["-r", str(ROOT / "benches" / "requirements.txt")],
        check=True,
    )
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    server = subprocess.Popen(
        [BUILT / "bench-server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdin and server.stdout
    port = server.stdout.readline().strip()
    costs: dict[str, list[int]] = {}
    try:
        for number in range(ROUNDS):
            print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
            for which in ("kessai", "ureq"):
                command = [str(BUILT / "bench-client"), which, port, str(CORE_CALLS)]
                costs.setdefault(f"core {which}", []).append(cpu(command))
            for which, calls in PYTHON_CALLS.items():
                script = str(ROOT / "benches" / "python_client.py")
                command = [sys.executable, script, which, port, str(calls)]
                costs.setdefault(f"python {which}", []).append(cpu(command))
    finally:
        server.stdin.close()
        server.wait()
    report(costs)
    return 0


def cpu(command: list[str]) -> int:
    """Run one client; give its nanoseconds of processor for a call."""
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return int(run.stdout.split()[0])


def report(costs: dict[str, list[int]]) -> None:
    """Print the table and write the file."""
    medians = {name: statistics.median(rounds) / 1000 for name, rounds in costs.items()}
    print(f"\n{'client CPU per call':28} {'median us':>10} {'worst us':>10}")
    for name, rounds in costs.items():
        print(f"{name:28} {medians[name]:10.1f} {max(rounds) / 1000:10.1f}")
    print(f"\n{'ratio':40} {'value':>8} {'goal':>8}")
    rows = []
    for name, ours, theirs, goal in GOALS:
        ratio = medians[ours] / medians[theirs]
        met = None if goal is None else ratio <= goal
        shown = "-" if goal is None else f"{goal:.3f}"
        print(
            f"{name:40} {ratio:8.3f} {shown:>8} {'' if met is None else 'met' if met else 'MISSED'}"
        )
        rows.append(
            {
                "name": name,
                "value": round(medians[ours], 2),
                "peer": theirs,
                "peer_value": round(medians[theirs], 2),
                "ratio": round(ratio, 4),
                "goal": goal,
                "met": met,
            }
        )
    (ROOT / "target" / "bench.json").write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
