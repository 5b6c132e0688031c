"""Lay the notebooks and their data out under ``.make/corpus/notebooks``, from the source packages that hold them.

pip downloads the pinned packages from wherever it is configured to; each file's hash is checked.
"""

from __future__ import annotations

import hashlib
import re
import tarfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.manifest import HOME, Entry
from scripts.places import BIN
from scripts.running import run, tail_of

PACKAGES = HOME / "packages"
#: Some packages still import what newer versions of setuptools have dropped.
BUILD_WITH = "setuptools<81\n"

Reader = Callable[[str], bytes]


class NotFetched(Exception):
    """A notebook could not be had; the text says why."""


def fetch(chosen: Sequence[Entry]) -> None:
    """Make sure that the notebooks are there, byte for byte. Raises NotFetched."""
    missing = [entry for entry in chosen if not is_complete(entry)]
    for package in sorted({entry.package for entry in missing}):
        print(f"Fetching the notebooks of {package} ...", end=" ", flush=True)
        began = time.monotonic()
        with opened(download(package)) as read:
            for entry in missing:
                if entry.package == package:
                    lay_out(entry, read)
        print(f"{time.monotonic() - began:.1f} s", flush=True)


def is_complete(entry: Entry) -> bool:
    """Is every file there, unchanged?"""
    return all(digest_of(entry.folder / file.path) == file.sha256 for file in entry.files)


def digest_of(path: Path) -> str:
    """The sha256 of a file, empty when there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def lay_out(entry: Entry, read: Reader) -> None:
    """Write the files of one notebook. Raises NotFetched where one is not what it was when the corpus was made."""
    for file in entry.files:
        try:
            content = read(file.member)
        except KeyError:
            raise NotFetched(f"{entry.package} holds no {file.member}") from None
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise NotFetched(f"{file.member} of {entry.package} is not the file that the corpus was made with")
        place = entry.folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    for folder in entry.folders:
        (entry.folder / folder).mkdir(parents=True, exist_ok=True)


@contextmanager
def opened(package: Path) -> Iterator[Reader]:
    """Reads members of a source package by their name without its top folder; KeyError where there is none."""
    with tarfile.open(package) as archive:
        members = {member.name.partition("/")[2]: member for member in archive.getmembers() if member.isfile()}

        def read(name: str) -> bytes:
            content = archive.extractfile(members[name])
            assert content
            return content.read()

        yield read


def download(package: str) -> Path:
    """The source package ``name==version``, by pip, which also has it say its metadata: that needs its build tools.

    ``--no-binary`` is for this one name: for all of them pip would compile the build tools too.
    """
    PACKAGES.mkdir(parents=True, exist_ok=True)
    found = downloaded(package)
    if found:
        return found
    rules = PACKAGES / "build-with.txt"
    rules.write_text(BUILD_WITH, encoding="utf-8")
    name = package.split("==")[0]
    pip = [str(BIN / "python"), "-m", "pip", "download", "--disable-pip-version-check", "-q", "--no-deps"]
    outcome = run(
        f"fetch-{name}",
        [*pip, "--no-binary", name, "-d", str(PACKAGES), package],
        extra={"PIP_CONSTRAINT": str(rules), "PIP_BUILD_CONSTRAINT": str(rules)},
    )
    found = downloaded(package)
    if not found:
        raise NotFetched(f"{package} could not be downloaded.\n{tail_of(outcome)}")
    return found


def downloaded(package: str) -> Path | None:
    """The source package where it was downloaded before."""
    name, version = package.split("==")
    spelled = "[-_.]+".join(map(re.escape, re.split(r"[-_.]+", name)))
    pattern = re.compile(rf"{spelled}-{re.escape(version)}\.tar\.(gz|bz2)", re.IGNORECASE)
    return next((path for path in sorted(PACKAGES.glob("*.tar.*")) if pattern.fullmatch(path.name)), None)
