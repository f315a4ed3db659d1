"""Where everything is built: folders, tools, and cargo set up the same way for all."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LICENSES = ("LICENSE-APACHE", "LICENSE-MIT")
PROFILE = "dist"


class Workshop:
    """One run: what it makes goes into `out`, what it needs on the way is kept apart."""

    def __init__(self, out):
        self.out = out
        told = self.output("cargo", "metadata", "--format-version=1", "--no-deps", "--locked")
        workspace = json.loads(told)
        (self.version,) = {member["version"] for member in workspace["packages"]}
        self.target = Path(workspace["target_directory"])
        self.stage = self.target / "shipping"
        shutil.rmtree(self.stage, ignore_errors=True)
        self.stage.mkdir(parents=True)
        self.tools = self._tools()

    def fresh(self):
        """Give an empty folder for one artifact, whose name its maker chooses."""
        shutil.rmtree(self.stage / "fresh", ignore_errors=True)
        (self.stage / "fresh").mkdir()
        return self.stage / "fresh"

    def take(self, out):
        """Move that artifact to where it belongs."""
        (made,) = (self.stage / "fresh").iterdir()
        return Path(shutil.move(made, out / made.name))

    def tool(self, name):
        """Give a program of the ones that `packaging/requirements.txt` pins."""
        return self.tools / name

    def run(self, *command, **more):
        """Run a command; what it says is of interest only when it fails."""
        self.output(*command, stderr=subprocess.STDOUT, **more)

    def output(self, *command, stderr=None, **more):
        """Run a command and give what it prints."""
        words = [str(part) for part in command]
        done = subprocess.run(
            words, check=False, stdout=subprocess.PIPE, stderr=stderr, text=True, **more
        )
        if done.returncode:
            sys.exit(f"{done.stdout}\ndist: this failed: {' '.join(words)}")
        return done.stdout

    def environment(self, target, *, library):
        """Give what cargo and maturin are told about a target."""
        environment = {name: value for name, value in os.environ.items() if name != "RUSTFLAGS"}
        environment["PATH"] = f"{self.tools}{os.pathsep}{environment.get('PATH', os.defpath)}"
        # What is shipped names no folder of the machine it was built on.
        home = Path(environment.get("CARGO_HOME", Path.home() / ".cargo"))
        folders = {home: "cargo", ROOT: "kessai"}
        folders |= dict.fromkeys(sorted(home.glob("registry/src/*")), "crates")
        flags = [f"--remap-path-prefix={folder}={name}" for folder, name in folders.items()]
        environment[f"CFLAGS_{target.rust.replace('-', '_')}"] = " ".join(
            f"-ffile-prefix-map={folder}={name}" for folder, name in folders.items()
        )
        if target.libc == "musl" and library:
            # A program may carry its C library; what a program loads must use the program's.
            flags += ["-C", "target-feature=-crt-static"]
        environment["CARGO_ENCODED_RUSTFLAGS"] = "\x1f".join(flags)
        return environment

    def build(self, package, target):
        """Build the libraries of a package; give the folder that they are in."""
        self.run(
            *("cargo", "zigbuild" if target.zig else "build", "--quiet", "--locked"),
            *("--profile", PROFILE, "--package", package, "--target", target.for_cargo),
            cwd=ROOT,
            env=self.environment(target, library=True),
        )
        return self.target / target.rust / PROFILE

    def _tools(self):
        """Install the pinned tools, once for each change of their list."""
        wanted = ROOT / "packaging" / "requirements.txt"
        place = self.target / "shipping-tools"
        programs = place / ("Scripts" if sys.platform == "win32" else "bin")
        done = place / "installed.txt"
        if not done.is_file() or done.read_text() != wanted.read_text():
            self.run(sys.executable, "-m", "venv", "--clear", place)
            pip = (programs / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check")
            self.run(*pip, "-r", wanted)
            done.write_text(wanted.read_text())
        return programs
