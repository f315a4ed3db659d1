"""The one list of release targets, and which of them this machine can build."""

import json
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).resolve().parents[1] / "targets.json"

# Node's names for the systems that Python runs on.
SYSTEMS = {"linux": "linux", "darwin": "darwin", "win32": "win32"}
MACHINES = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True)
class Target:
    """One kind of machine, by the name that napi's packages have for it."""

    name: str
    rust: str
    os: str
    cpu: str
    libc: str | None = None
    floor: str | None = None
    """The oldest C library that it is to run with."""

    @property
    def zig(self):
        """Whether zig links it: so it runs with older C libraries than this machine's."""
        return self.os == "linux"

    @property
    def for_cargo(self):
        """The name for `cargo zigbuild`, or for cargo alone."""
        return f"{self.rust}.{self.floor}" if self.libc == "glibc" else self.rust

    @property
    def wheel_tag(self):
        """What pip calls a machine that it runs on."""
        kind = {"glibc": "manylinux", "musl": "musllinux"}.get(self.libc)
        return kind and f"{kind}_{self.floor.replace('.', '_')}"

    @property
    def has_our_cpu(self):
        """Whether this machine's own tools can handle what is built for it."""
        return (self.os, self.cpu) == (SYSTEMS.get(sys.platform), MACHINES.get(platform.machine()))

    @property
    def is_here(self):
        """Whether what is built for it also runs on this machine."""
        return self.has_our_cpu and self.libc in (None, _libc())

    def bears(self, name):
        """Whether an artifact of this name is for it alone."""
        architecture = self.rust.partition("-")[0]
        wheel = self.wheel_tag and f"{self.wheel_tag}_{architecture}.whl"
        return self.name in name or bool(wheel and wheel in name)

    def obstacle(self):
        """What keeps this machine from building it; nothing if it can."""
        if self.os != "linux" and self.os != SYSTEMS.get(sys.platform):
            return f"wants a machine with {self.os}"
        told = subprocess.run(
            ["rustc", "--print", "target-libdir", "--target", self.rust],
            capture_output=True,
            text=True,
            check=True,
        )
        if not Path(told.stdout.strip()).is_dir():
            return f"lacks Rust's library: rustup target add {self.rust}"
        return None


def _libc():
    """Name the C library of this machine, where there is a choice."""
    if sys.platform != "linux":
        return None
    return "glibc" if platform.libc_ver()[0] == "glibc" else "musl"


def targets():
    """Give every release target."""
    return [Target(**entry) for entry in json.loads(LIST.read_text())]
