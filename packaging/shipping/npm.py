"""npm packages in napi's form: a main one, and one for each target, with no install script."""

import json
import shutil

from . import notices
from .target import targets
from .workshop import LICENSES, ROOT

CLIENT, SANDBOX = ROOT / "bindings-node", ROOT / "packaging" / "npm-sandbox"

CRATES = {CLIENT: "kessai-node", SANDBOX: "kessai-sandbox"}

# What only the sources need.
NOT_SHIPPED = ("devDependencies", "napi", "private", "scripts")


def main(shop, source, readme, out):
    """Pack the main package: it asks for exactly its own version on each target."""
    package = json.loads((source / "package.json").read_text())
    stage = shop.stage / package["name"]
    # npm takes what `files` names of it.
    shutil.copytree(source, stage, ignore=shutil.ignore_patterns("node_modules", "*.node"))
    if source == SANDBOX:
        shutil.copy(CLIENT / "lib" / "target.js", stage)
    shipped = {key: value for key, value in package.items() if key not in NOT_SHIPPED}
    shipped["version"] = shop.version
    shipped["optionalDependencies"] = {
        f"{package['name']}-{target.name}": shop.version for target in targets()
    }
    if source == CLIENT:
        # Its tests' helper may load the sandbox, where that is installed: of this version.
        name = json.loads((SANDBOX / "package.json").read_text())["name"]
        shipped["peerDependencies"] = {name: shop.version}
        shipped["peerDependenciesMeta"] = {name: {"optional": True}}
    return _pack(shop, stage, shipped, readme.read_text(), out)


def addon(shop, target):
    """Build the native library that Node loads, under the name it is loaded by."""
    folder = shop.build(CRATES[CLIENT], target)
    names = {"linux": "libkessai_node.so", "darwin": "libkessai_node.dylib"}
    named = shop.stage / f"kessai.{target.name}.node"
    shutil.copy(folder / names.get(target.os, "kessai_node.dll"), named)
    return named


def part(shop, source, target, file, out):
    """Pack what the main package needs on one target: one file."""
    package = json.loads((source / "package.json").read_text())
    whole = package["name"]
    part_name = f"{whole}-{target.name}"
    stage = shop.stage / part_name
    stage.mkdir()
    shutil.copy(file, stage)
    notices.write(shop, stage, CRATES[source], target)
    shipped = {
        "name": part_name,
        "version": shop.version,
        "description": f"The part of {whole} that is for {target.rust}",
        "license": package["license"],
        "main": file.name,
        "files": [file.name, notices.NAME],
        "engines": package["engines"],
        "os": [target.os],
        "cpu": [target.cpu],
    }
    if target.libc:
        shipped["libc"] = [target.libc]
    readme = f"# {part_name}\n\nThe part of `{whole}` for `{target.rust}`: install `{whole}`.\n"
    return _pack(shop, stage, shipped, readme, out)


def _pack(shop, stage, package, readme, out):
    """Write what every package has, and make the archive."""
    package["files"] = [*package["files"], *LICENSES]
    (stage / "package.json").write_text(json.dumps(package, indent=2) + "\n")
    (stage / "README.md").write_text(readme)
    for name in LICENSES:
        shutil.copy(ROOT / name, stage)
    told = shop.output(
        *("npm", "pack", "--json", "--loglevel=error", "--ignore-scripts"),
        *("--pack-destination", out),
        cwd=stage,
    )
    (packed,) = json.loads(told)
    return out / packed["filename"]
