"""Compares kessai with its peers in one run and writes target/bench.json.

Server and clients share one processor, the clients take turns, and each figure
is the median of the rounds: ratios mean something, absolute times do not.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import report

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
BENCHES = ROOT / "benches"
BUILT = ROOT / "target" / "dist"
ROUNDS = 5
CORE_CALLS = 4_000
PYTHON_CALLS = {
    "kessai": 4_000,
    "payment": 4_000,
    "http_client": 2_000,
    "urllib3": 1_000,
    "requests": 500,
    "ccxt": 300,
    "stripe": 300,
}
NODE_CALLS = {
    "kessai": 4_000,
    "payment": 4_000,
    "http": 2_000,
    "undici": 2_000,
    "fetch": 1_000,
    "axios": 1_000,
    "stripe": 1_000,
    "ccxt": 600,
}
C_CALLS = {"kessai": 6_000, "libcurl": 6_000}
WEBHOOK_CALLS = {"core": 100_000, "python": 20_000, "stripe": 2_000, "node": 20_000}
CROWD, CROWD_CALLS, CROWD_DELAY_MS = 32, 3_200, 10
PROMISES, PROMISE_CALLS, PROMISE_DELAY_MS = 256, 5_120, 50
CONNECTIONS, CONNECTION_DELAY_MS = 256, 200
IMPORTS = ("kessai", "stripe")


@dataclass
class Figures:
    """What each round measured, by name."""

    rounds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        """Keep one figure of a round."""
        self.rounds.setdefault(name, []).append(value)

    def median(self, name: str) -> float | None:
        """Give the middle of the rounds, where there was any."""
        rounds = self.rounds.get(name)
        return statistics.median(rounds) if rounds else None


def main() -> int:
    """Measure everything; give the exit status."""
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        + ["-r", str(BENCHES / "requirements.txt")],
        check=True,
    )
    subprocess.run(["npm", "ci", "--silent"], cwd=BENCHES / "node", check=True)
    c_client = built_c_client()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    figures = Figures()
    with (
        server(0) as at_once,
        server(CROWD_DELAY_MS) as soon,
        server(PROMISE_DELAY_MS) as later,
        server(CONNECTION_DELAY_MS) as late,
    ):
        for number in range(ROUNDS):
            print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
            single_calls(figures, at_once, c_client)
            crowds(figures, soon)
            promises(figures, later)
            connections(figures, late)
            imports(figures)
            webhooks(figures)
        system_calls(figures, at_once)
    sizes(figures)
    report.write(figures, ROOT / "target" / "bench.json")
    return 0


@contextmanager
def server(delay_ms: int) -> Iterator[str]:
    """Run the server; give its port."""
    with subprocess.Popen(
        [BUILT / "bench-server", str(delay_ms)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


def run(command: list[str | Path]) -> list[int]:
    """Run one client; give the figures that it prints."""
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [int(figure) for figure in ran.stdout.split()]


def built_c_client() -> Path:
    """Build the client in C against the library as it is installed."""
    prefix = ROOT / "target" / "bench-prefix"
    environment = os.environ | {"PKG_CONFIG_PATH": str(prefix / "lib" / "pkgconfig")}
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "kessai", "libcurl", "jansson"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.split()
    program = ROOT / "target" / "bench-c-client"
    path = f"-Wl,-rpath,{prefix / 'lib'}"
    source = str(BENCHES / "c" / "client.c")
    subprocess.run(["cc", "-O2", source, "-o", str(program), *flags, path], check=True)
    return program


def single_calls(figures: Figures, port: str, c_client: Path) -> None:
    """One caller after another: processor for a call, in us."""
    for which in ("kessai", "payment", "ureq"):
        cpu, _ = run([BUILT / "bench-client", which, port, str(CORE_CALLS)])
        figures.add(f"core {which}", cpu / 1000)
    for which, calls in PYTHON_CALLS.items():
        cpu, _ = run(
            [sys.executable, BENCHES / "python_client.py", which, port, str(calls)]
        )
        figures.add(f"python {which}", cpu / 1000)
    for which, calls in NODE_CALLS.items():
        cpu, _ = run(["node", BENCHES / "node" / "client.mjs", which, port, str(calls)])
        figures.add(f"node {which}", cpu / 1000)
    for which, calls in C_CALLS.items():
        cpu, _ = run([c_client, which, port, str(calls)])
        figures.add(f"c {which}", cpu / 1000)


def promises(figures: Figures, port: str) -> None:
    """Many promises at once: calls a second, and processor for a call in us."""
    for which in ("kessai", "undici", "fetch"):
        rate, cpu = run(
            ["node", BENCHES / "node" / "crowd.mjs", which, port]
            + [str(PROMISES), str(PROMISE_CALLS)]
        )
        figures.add(f"node {which} promises rate", rate)
        figures.add(f"node {which} promises cpu", cpu / 1000)


def webhooks(figures: Figures) -> None:
    """A signed webhook of 2 KB: processor for one, in us."""
    for which in ("check", "verify"):
        (cpu,) = run([BUILT / "bench-webhook", which, str(WEBHOOK_CALLS["core"])])
        figures.add(f"core webhook {which}", cpu / 1000)
    figures.add("openssl hmac", openssl_hmac())
    for which in ("kessai", "lazy", "verify", "by_hand", "stripe"):
        script = BENCHES / "python_webhook.py"
        calls = WEBHOOK_CALLS["stripe" if which == "stripe" else "python"]
        (cpu,) = run([sys.executable, script, which, str(calls)])
        figures.add(f"python webhook {which}", cpu / 1000)
    for which in ("kessai", "verify", "payment", "by_hand", "stripe"):
        script = BENCHES / "node" / "webhook.mjs"
        (cpu,) = run(["node", script, which, str(WEBHOOK_CALLS["node"])])
        figures.add(f"node webhook {which}", cpu / 1000)


def openssl_hmac() -> float:
    """Give the processor's us for one HMAC-SHA256 of 2 KB, by openssl's own measure."""
    told = subprocess.run(
        ["openssl", "speed", "-mr", "-seconds", "1", "-bytes", "2048"]
        + ["-hmac", "sha256"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    ).stdout
    # The last line ends with bytes a second.
    rate = [line for line in told.splitlines() if line.startswith("+F:")][-1]
    return 2048 / float(rate.rsplit(":", 1)[1]) * 10**6


def crowds(figures: Figures, port: str) -> None:
    """Many callers at once: calls a second, and processor for a call in us."""
    crowd = [port, str(CROWD), str(CROWD_CALLS)]
    rate, cpu, _ = run([BUILT / "bench-crowd", *crowd])
    figures.add("core crowd rate", rate)
    figures.add("core crowd cpu", cpu / 1000)
    for which in ("kessai", "urllib3", "requests"):
        rate, cpu = run([sys.executable, BENCHES / "python_crowd.py", which, *crowd])
        figures.add(f"python {which} crowd rate", rate)
        figures.add(f"python {which} crowd cpu", cpu / 1000)


def connections(figures: Figures, port: str) -> None:
    """Memory of many connections at once, in MiB."""
    *_, memory = run(
        [BUILT / "bench-crowd", port, str(CONNECTIONS), str(CONNECTIONS * 2)],
    )
    figures.add("core connections", memory / 2**20)


def imports(figures: Figures) -> None:
    """Time and memory of an import, in ms and MiB."""
    for which in IMPORTS:
        wall, memory = run([sys.executable, BENCHES / "python_import.py", which])
        figures.add(f"import {which}", wall / 10**6)
        figures.add(f"import {which} memory", memory / 2**20)
    for which in IMPORTS:
        script = BENCHES / "node" / "import.cjs"
        wall, memory = run(["node", script, which])
        figures.add(f"require {which}", wall / 10**6)
        figures.add(f"require {which} memory", memory / 2**20)


def system_calls(figures: Figures, port: str) -> None:
    """How often a warm call asks the operating system, and for what."""
    if shutil.which("strace") is None:
        print("strace is not installed: system calls are not counted", file=sys.stderr)
        return
    trace = ROOT / "target" / "bench.strace"
    few, many = 100, 300

    def count(calls: int) -> tuple[int, int]:
        client: list[str | Path] = [BUILT / "bench-client", "kessai", port, str(calls)]
        run(["strace", "-f", "-o", str(trace), *client])
        lines = trace.read_text(errors="replace").splitlines()
        rare = sum(any(f" {name}" in line for name in RARE) for line in lines)
        return len(lines), rare

    (short, rare_short), (long, rare_long) = count(few), count(many)
    # A tenth as many again warm up.
    calls = (many - few) * 1.1
    figures.add("core system calls", (long - short) / calls)
    figures.add("core rare system calls", rare_long - rare_short)


RARE = ("clone(", "clone3(", "openat(", "connect(", "socket(")


def sizes(figures: Figures) -> None:
    """What is shipped, in MB."""
    library = ROOT / "bindings-python" / "python" / "kessai" / "_kessai.abi3.so"
    figures.add("native library", library.stat().st_size / 10**6)
    wheels = sorted((ROOT / "target" / "bench-wheel").glob("*.whl"))
    if wheels:
        figures.add("wheel", wheels[-1].stat().st_size / 10**6)
    for name, pattern, folder in (
        ("node library", "*.node", ROOT / "bindings-node"),
        ("c library", "libkessai.so.*.*.*", ROOT / "target" / "bench-prefix" / "lib"),
    ):
        for file in folder.glob(pattern):
            figures.add(name, file.stat().st_size / 10**6)


if __name__ == "__main__":
    sys.exit(main())
