"""The licences of the crates that are compiled into what is shipped, as they ask for."""

import contextlib
import json
import re
from pathlib import Path

from .workshop import ROOT

NAME = "LICENSE-THIRD-PARTY"
IS_LICENSE = re.compile(
    r"(LICEN[CS]E|COPYING|COPYRIGHT|NOTICE|UNLICENSE)([-._].*)?(?<!\.html)", re.IGNORECASE
)

HEAD = """\
{package} {version} is under the licences MIT or Apache-2.0, as you choose. Compiled
into it are these works of others, each under a licence that allows that. The texts
follow, each once.
"""


def text(shop, package, target):
    """Write down the licences of all that is compiled into a package for one target."""
    told = shop.output(
        *("cargo", "metadata", "--format-version=1", "--locked"),
        *("--filter-platform", target.rust),
        cwd=ROOT,
    )
    workspace = json.loads(told)
    packages = {each["id"]: each for each in workspace["packages"]}
    nodes = {each["id"]: each for each in workspace["resolve"]["nodes"]}
    (root,) = (key for key, each in packages.items() if each["name"] == package)

    compiled, waiting = set(), [root]
    while waiting:
        for crate in nodes[waiting.pop()]["deps"]:
            key = crate["pkg"]
            # What only runs while compiling is not in what is compiled.
            normal = any(kind["kind"] is None for kind in crate["dep_kinds"])
            if normal and not _is_macro(packages[key]) and key not in compiled:
                compiled.add(key)
                waiting.append(key)
    crates = [packages[key] for key in compiled if packages[key]["source"]]
    crates.sort(key=lambda crate: (crate["name"], crate["version"]))
    return _written(package, shop, crates)


def _written(package, shop, crates):
    """Write the list, then every text with those that it is of."""
    sysroot = Path(shop.output("rustc", "--print", "sysroot").strip())
    lines, texts = [], {}
    found = {
        "Rust's standard library": ("MIT OR Apache-2.0", sysroot / "share" / "doc" / "rust"),
        **{
            f"{crate['name']} {crate['version']}": (
                crate["license"],
                Path(crate["manifest_path"]).parent,
            )
            for crate in crates
        },
    }
    for name, (license_name, folder) in found.items():
        lines.append(f"* {name}: {license_name}")
        for path in sorted(folder.iterdir() if folder.is_dir() else ()):
            if path.is_file() and IS_LICENSE.fullmatch(path.name):
                content = path.read_text(encoding="utf-8", errors="replace").strip("\n")
                _, names = texts.setdefault(" ".join(content.split()), (content, []))
                names.append(name)
    parts = [HEAD.format(package=package, version=shop.version), *lines]
    for content, names in texts.values():
        parts += ["", "-" * 80, f"Of {', '.join(dict.fromkeys(names))}:", "", content]
    return "\n".join(parts) + "\n"


def _is_macro(package):
    return any("proc-macro" in part["kind"] for part in package["targets"])


def write(shop, folder, package, target):
    """Write it into a folder."""
    path = folder / NAME
    path.write_text(text(shop, package, target), encoding="utf-8")
    return path


@contextlib.contextmanager
def beside(shop, folder, package, target):
    """Lay it beside a project for as long as a wheel is made of that."""
    path = write(shop, folder, package, target)
    try:
        yield
    finally:
        path.unlink()
