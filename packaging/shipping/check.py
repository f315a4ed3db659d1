"""What every artifact must be like before it may leave: contents, floor, and no traces."""

import hashlib
import json
import re
import tarfile
import zipfile
from pathlib import Path

from . import notices
from .workshop import LICENSES, ROOT

# What each kind holds: something of each line, and nothing else. {v} stands for the
# version, {l} for our licences, {t} for those of others that are compiled in.
EXPECTED = {
    r"kessai-{v}-.*\.whl": (
        r"kessai/[a-z_]+\.py",
        r"kessai/_kessai\.pyi",
        r"kessai/py\.typed",
        r"kessai/_kessai(\.abi3\.so|\.pyd)",
        r"kessai-{v}\.dist-info/(METADATA|WHEEL|RECORD|entry_points\.txt)",
        r"kessai-{v}\.dist-info/licenses/{l}",
        r"kessai-{v}\.dist-info/licenses/{t}",
    ),
    r"kessai_sandbox-{v}-.*\.whl": (
        r"kessai_sandbox-{v}\.data/scripts/kessai-sandbox(\.exe)?",
        r"kessai_sandbox-{v}\.dist-info/(METADATA|WHEEL|RECORD)",
        r"kessai_sandbox-{v}\.dist-info/licenses/{l}",
        r"kessai_sandbox-{v}\.dist-info/licenses/{t}",
    ),
    r"kessai-{v}\.tar\.gz": (
        r"PKG-INFO|Cargo\.(toml|lock)|pyproject\.toml|README\.md",
        r"((core|bindings-python)/)?{l}",
        r"core/Cargo\.toml|core/src/.*\.rs",
        r"bindings-python/(Cargo\.toml|README\.md|src/.*\.rs)",
        r"python/kessai/([a-z_]+\.pyi?|py\.typed)",
    ),
    r"kessai_sandbox-{v}\.tar\.gz": (
        r"PKG-INFO|Cargo\.(toml|lock)|pyproject\.toml|README\.md",
        r"(sandbox/)?{l}",
        r"sandbox/(Cargo\.toml|README\.md|src/.*\.rs)",
        r"sandbox/(assets|templates)/[a-z_]+\.(css|html|js|svg)",
    ),
    r"kessai-{v}\.tgz": (
        r"package\.json",
        r"README\.md",
        r"{l}",
        r"(lib/)?[a-z-]+(\.d\.ts|\.d\.mts|\.js|\.mjs)",
    ),
    r"kessai-sandbox-{v}\.tgz": (
        r"package\.json",
        r"README\.md",
        r"{l}",
        r"(index|launch|target)\.js|index\.d\.ts",
    ),
    r"kessai-sandbox-.+-{v}\.tgz": (
        r"package\.json",
        r"README\.md",
        r"{l}",
        r"{t}",
        r"kessai-sandbox(\.exe)?",
    ),
    r"kessai-.+-{v}\.tgz": (
        r"package\.json",
        r"README\.md",
        r"{l}",
        r"{t}",
        r"kessai\.[a-z0-9-]+\.node",
    ),
    r"libkessai-{v}-.+\.tar\.gz": (
        r"README\.md",
        r"{l}",
        r"{t}",
        r"include/kessai\.h",
        r"lib/libkessai\.a",
        r"lib/libkessai\.so(\.\d+){0,3}",
        r"lib/pkgconfig/kessai\.pc",
        r"examples/[a-z-]+/([a-z_-]+\.[ch]|Makefile|README\.md)",
    ),
}


def _pattern(text, version):
    for name, meaning in (
        ("{v}", re.escape(version)),
        ("{l}", f"({'|'.join(LICENSES)})"),
        ("{t}", notices.NAME),
    ):
        text = text.replace(name, meaning)
    return re.compile(text)


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
    wanted = next(
        [_pattern(line, version) for line in lines]
        for kind, lines in EXPECTED.items()
        if _pattern(kind, version).fullmatch(archive.name)
    )
    problems = [
        f"{name} does not belong there"
        for name in inside
        if not any(pattern.fullmatch(name) for pattern in wanted)
    ]
    problems += [
        f"there is no {pattern.pattern}"
        for pattern in wanted
        if not any(pattern.fullmatch(name) for name in inside)
    ]
    if archive.suffix == ".tgz":
        problems += _not_there(json.loads(inside["package.json"]), inside)
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


def _not_there(package, inside):
    """Give the files that a package of npm promises and does not bring."""
    promised, waiting = set(), [package.get(key) for key in ("main", "types", "bin", "exports")]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, dict):
            waiting += entry.values()
        elif entry:
            promised.add(entry.removeprefix("./"))
    return [f"package.json promises {name}" for name in sorted(promised - set(inside))]


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
