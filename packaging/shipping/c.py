"""The C package: header, both libraries, pkg-config's file and examples in one folder."""

import gzip
import os
import shutil
import tarfile

from . import notices
from .workshop import LICENSES, PROFILE, ROOT

BINDINGS = ROOT / "bindings-c"
EXAMPLES = (ROOT / "examples" / "c-checkout",)


def archive(shop, target, out):
    """Install into an empty folder, which can be moved to anywhere, and pack that."""
    name = f"libkessai-{shop.version}-{target.name}"
    prefix = shop.stage / name
    environment = {
        **shop.environment(target, library=True),
        "CARGO": "cargo-zigbuild" if target.zig else "cargo",
        "TARGET": target.for_cargo,
        "PROFILE": PROFILE,
        "PC_PREFIX": "${pcfiledir}/../..",
    }
    shop.run(BINDINGS / "install", prefix, cwd=ROOT, env=environment)
    if target.has_our_cpu:
        # Whoever debugs the inside of the library builds it: this halves it.
        shop.run("strip", "--strip-debug", prefix / "lib" / "libkessai.a")
    for example in EXAMPLES:
        sources = shop.output("git", "ls-files", ".", cwd=example).split()
        for source in sources:
            copy = prefix / "examples" / example.name / source
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(example / source, copy)
    shutil.copy(BINDINGS / "README.md", prefix)
    for license_file in LICENSES:
        shutil.copy(ROOT / license_file, prefix)
    notices.write(shop, prefix, "kessai-c", target)

    packed = out / f"{name}.tar.gz"
    with (
        gzip.GzipFile(packed, "wb", mtime=_time()) as file,
        tarfile.open(mode="w", fileobj=file) as opened,
    ):
        opened.add(prefix, name, filter=_anonymous)
    return packed


def _time():
    """Give the time that all files bear: no two builds of one source differ by theirs."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", "0"))


def _anonymous(member):
    """Leave out who packed it and when."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = _time()
    return member
