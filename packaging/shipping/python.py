"""Wheels and source distributions."""

import zipfile

from . import notices
from .workshop import PROFILE, ROOT

CLIENT, SANDBOX = ROOT / "bindings-python", ROOT / "sandbox"
CRATES = {CLIENT: "kessai-python", SANDBOX: "kessai-sandbox"}


def check_pin(shop):
    """Compare the sandbox that `kessai[sandbox]` asks for with the one there is."""
    wanted = f'sandbox = ["kessai-sandbox=={shop.version}"]'
    if wanted not in (CLIENT / "pyproject.toml").read_text():
        raise SystemExit(f"dist: bindings-python/pyproject.toml must say: {wanted}")


def wheel(shop, folder, target, out):
    """Build one wheel: the client serves every CPython, the sandbox is a program."""
    linux = ["--zig", "--compatibility", target.wheel_tag] if target.zig else []
    with notices.beside(shop, folder, CRATES[folder], target):
        shop.run(
            *(shop.tool("maturin"), "build", "--locked", "--profile", PROFILE),
            *("--target", target.rust, *linux, "--out", shop.fresh()),
            cwd=folder,
            env=shop.environment(target, library=folder == CLIENT),
        )
    return shop.take(out)


def sdist(shop, folder, out):
    """Build a source distribution: the crate, with those it needs of the workspace."""
    shop.run(shop.tool("maturin"), "sdist", "--out", shop.fresh(), cwd=folder)
    return shop.take(out)


def program(shop, built, target):
    """Take the program out of the sandbox's wheel: npm gets the very same one."""
    with zipfile.ZipFile(built) as wheel_file:
        (inside,) = (name for name in wheel_file.namelist() if ".data/scripts/" in name)
        path = shop.stage / target.name / inside.rpartition("/")[2]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wheel_file.read(inside))
    path.chmod(0o755)
    return path


def check_descriptions(shop, built):
    """Let twine judge what the registry's page would show."""
    shop.run(shop.tool("twine"), "--no-color", "check", "--strict", *built)
