"""What every artifact must be like before it may leave: contents, floor, and no traces."""

import hashlib
import re
import tarfile
import zipfile
from pathlib import Path

from . import notices
from .workshop import LICENSES, ROOT

# What each kind may hold, and nothing else. `{v}` stands for the version.
EXPECTED = {
    r"kessai-{v}-.*\.whl": (
        r"kessai/[a-z_]+\.pyi?",
        r"kessai/py\.typed",
        r"kessai/_kessai(\.abi3\.so|\.pyd)",
        r"kessai-{v}\.dist-info/(METADATA|WHEEL|RECORD|entry_points\.txt)",
        r"kessai-{v}\.dist-info/licenses/LICENSE-(APACHE|MIT|THIRD-PARTY)",
    ),
    r"kessai_sandbox-{v}-.*\.whl": (
        r"kessai_sandbox-{v}\.data/scripts/kessai-sandbox(\.exe)?",
        r"kessai_sandbox-{v}\.dist-info/(METADATA|WHEEL|RECORD)",
        r"kessai_sandbox-{v}\.dist-info/licenses/LICENSE-(APACHE|MIT|THIRD-PARTY)",
    ),
    r"kessai(_sandbox)?-{v}\.tar\.gz": (
        r"(PKG-INFO|Cargo\.(toml|lock)|pyproject\.toml|README\.md|LICENSE-(APACHE|MIT))",
        r"(core|bindings-python|sandbox)/(Cargo\.toml|README\.md|LICENSE-(APACHE|MIT))",
        r"(core|bindings-python|sandbox)/src/.*\.(rs|css|js)",
        r"(assets|templates)/.*",
        r"sandbox/(assets|templates)/.*",
        r"python/kessai/([a-z_]+\.pyi?|py\.typed)",
    ),
    r"kessai-{v}\.tgz": (
        r"(package\.json|README\.md|LICENSE-(APACHE|MIT))",
        r"([a-z_-]+/)*[a-z_-]+(\.d)?\.(js|mjs|cjs|ts|mts|cts)",
    ),
    r"kessai-sandbox-{v}\.tgz": (
        r"(package\.json|README\.md|LICENSE-(APACHE|MIT))",
        r"(index|launch|target)\.js|index\.d\.ts",
    ),
    r"kessai-sandbox-.+-{v}\.tgz": (
        r"(package\.json|README\.md|LICENSE-(APACHE|MIT|THIRD-PARTY)|kessai-sandbox(\.exe)?)",
    ),
    r"kessai-.+-{v}\.tgz": (
        r"(package\.json|README\.md|LICENSE-(APACHE|MIT|THIRD-PARTY)|kessai\.[a-z0-9-]+\.node)",
    ),
    r"libkessai-{v}-.+\.tar\.gz": (
        r"(README\.md|LICENSE-(APACHE|MIT|THIRD-PARTY))",
        r"include/kessai\.h",
        r"lib/libkessai\.(a|so(\.\d+){0,3})",
        r"lib/pkgconfig/kessai\.pc",
        r"examples/.*",
    ),
}


def contents(archive):
    """Give every file of an archive with its bytes, below the one folder that some have."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    with tarfile.open(archive) as opened:
        files = [member for member in opened.getmembers() if not member.isdir()]
        return {
            member.name.partition("/")[2]: opened.extractfile(member).read()
            if member.isfile()
            else b""
            for member in files
        }


def check(archive, version, target=None):
    """Refuse an artifact that holds too much, too little, or the name of a folder here."""
    inside = contents(archive)
    escaped = re.escape(version)
    allowed = next(
        patterns
        for kind, patterns in EXPECTED.items()
        if re.fullmatch(kind.replace("{v}", escaped), archive.name)
    )
    wanted = re.compile("|".join(pattern.replace("{v}", escaped) for pattern in allowed))
    problems = [f"{name} does not belong there" for name in inside if not wanted.fullmatch(name)]
    names = {name.rpartition("/")[2] for name in inside}
    needed = [*LICENSES, notices.NAME] if target else LICENSES
    problems += [f"{name} is missing" for name in needed if name not in names]
    for name, data in inside.items():
        for folder in (ROOT, Path.home()):
            if f"{folder}/".encode() in data:
                problems.append(f"{name} names the folder {folder}")
        if target and target.libc == "glibc" and data.startswith(b"\x7fELF"):
            newest = _newest_glibc(data)
            if newest > _numbers(target.floor):
                problems.append(f"{name} wants glibc {'.'.join(map(str, newest))}")
    if problems:
        raise SystemExit(f"dist: {archive.name}: " + "; ".join(problems))


def _newest_glibc(data):
    """Give the newest version of the C library that a file's symbols ask for."""
    versions = re.findall(rb"GLIBC_([0-9.]+)\0", data)
    return max((_numbers(version.decode()) for version in versions), default=[0])


def _numbers(version):
    return [int(number) for number in version.split(".")]


def sums(out):
    """Write the sums of all artifacts, as `sha256sum --check` reads them."""
    artifacts = sorted(path for path in out.glob("*/*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(out).as_posix()}\n"
        for path in artifacts
    ]
    (out / "SHA256SUMS").write_text("".join(lines))
    return artifacts


def table(out, artifacts):
    """Say how large each artifact is, packed and unpacked, in thousands of bytes."""
    rows = [
        (
            path.relative_to(out).as_posix(),
            path.stat().st_size,
            sum(len(data) for data in contents(path).values()),
        )
        for path in artifacts
    ]
    wide = max(len(name) for name, _, _ in rows)
    lines = [f"{'':{wide}}  {'kB':>8}  {'unpacked':>8}"]
    lines += [
        f"{name:{wide}}  {packed / 1000:8,.0f}  {unpacked / 1000:8,.0f}"
        for name, packed, unpacked in rows
    ]
    return "\n".join(lines)
