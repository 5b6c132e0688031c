"""Texts that nobody wrote as a notebook: the analysis answers, whatever they are, and in sane time.

Every file of Python's own test suite is a cell, in several ways; so are pieces of these files with bytes changed, and
bytes that are nothing at all.
"""

from __future__ import annotations

import ast
import multiprocessing
import sysconfig
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from jupyterlab_prodify.api.export import ExportRequest, LineRange, Plan, Refusal
from jupyterlab_prodify.refactor.export import plan_export
from jupyterlab_prodify.refactor.target import Target
from tests.proof.exported import apply
from tests.proof.prove import as_cells

STDLIB = Path(sysconfig.get_paths()["stdlib"])
#: Processor seconds for one answer: some, and more for each 100,000 characters of the file. Ten times what is measured.
SECONDS, SECONDS_MORE = 5.0, 20.0
LONGEST_PIECE = 3_000


def library_files() -> list[Path]:
    """All files of Python's tests; where they are not installed, of its library."""
    tests = sorted(STDLIB.joinpath("test").rglob("*.py"))
    library = (path for path in sorted(STDLIB.rglob("*.py")) if "site-packages" not in path.parts)
    return [path for path in (tests if len(tests) > 100 else library) if path.stat().st_size]


def answer(
    texts: Sequence[str],
    chosen: Sequence[int],
    lines: tuple[int, int] | None = None,
    module: str | None = None,
    pass_globals: bool = False,
) -> Plan | Refusal:
    """What ``plan_export`` answers for these cells, checked: a plan fits and parses, a refusal says why and what to do."""
    cells = as_cells(texts)
    request = ExportRequest(
        notebook="n.ipynb",
        cells=cells,
        selected=[cells[index].id for index in chosen],
        lines=LineRange(*lines) if lines else None,
        language="python",
        module="m.py",
        pass_globals=pass_globals,
    )
    target = Target(path="m.py", import_name="m", source=module, hash="sha256:0" if module is not None else None)
    found = plan_export(request, target)
    assert isinstance(found, Plan | Refusal)
    if isinstance(found, Refusal):
        assert found.code
        assert found.message
        assert found.remedy
        return found
    apply(cells, found)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(found.file_edits[0].text_after or "", "m.py", "exec", dont_inherit=True)
    return found


@dataclass
class LibraryTally:
    """Answers so far; ``slowest`` are (processor seconds, size, what), ``wrong`` what must not be."""

    texts: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, int, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def try_file(self, path: Path) -> None:
        """The file as the exported cell, some of its lines, its functions called from the exported cell, and the file
        before and after the exported cell."""
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        lines = text.count("\n")
        name = path.relative_to(STDLIB).as_posix()
        calls = "\n".join(f"print({one}())" for one in _functions(text)[:20]) or "a = 1"
        self.texts += 1
        self._try(f"{name}, exported", text, lambda: answer(["import os", text, "print(os)"], [1]))
        self._try(f"{name}, its lines", text, lambda: answer([text, "x = 1"], [0], (lines // 3 + 1, lines // 2 + 1)))
        self._try(f"{name}, around", text, lambda: answer([text, "a = 1\nb = a + 1", text, "print(b)"], [1]))
        for given in (False, True):
            ask = lambda given=given: answer([text, calls, "print(1)"], [1], pass_globals=given)  # noqa: E731
            self._try(f"{name}, called, pass_globals={given}", text, ask)

    def try_damaged(self, path: Path, rng: Random) -> None:
        """A piece of the file with some bytes changed, as the exported cell and as one before it; and plain bytes."""
        data = path.read_bytes()
        begin = rng.randrange(len(data))
        piece = bytearray(data[begin : begin + rng.randint(1, LONGEST_PIECE)])
        for _ in range(rng.randint(0, 5)):
            piece[rng.randrange(len(piece))] = rng.randrange(256)
        for what, one in (("damaged", bytes(piece)), ("bytes", rng.randbytes(rng.randint(1, 200)))):
            text = one.decode(*rng.choice([("utf-8", "surrogateescape"), ("latin-1",), ("utf-8", "replace")]))
            given = rng.random() < 0.5
            lines = rng.choice([None, (1, text.count("\n") + 1), (2, 3)])
            self.texts += 1
            name = f"{path.relative_to(STDLIB).as_posix()}, {what} at {begin}"
            self._try(name, text, lambda text=text, given=given, lines=lines: answer(  # type: ignore[misc]
                ["a = 1", text, "print(a)"], [1], lines, pass_globals=given))  # fmt: skip
            self._try(f"{name}, before", text, lambda text=text: answer([text, "b = a + 1", text], [1]))  # type: ignore[misc]

    def _try(self, what: str, text: str, ask: Callable[[], Plan | Refusal]) -> None:
        began = time.process_time()
        try:
            found = ask()
            self.answers["planned" if isinstance(found, Plan) else found.code] += 1
            if isinstance(found, Refusal) and found.code == "self_check":
                self.wrong.append(f"{what}: {found.message}")
        except Exception as error:
            self.wrong.append(f"{what}: {type(error).__name__}: {error}")
        seconds = time.process_time() - began
        if seconds > SECONDS + SECONDS_MORE * len(text) / 100_000:
            self.wrong.append(f"{what}: {seconds:.1f} s")
        self.slowest = sorted([*self.slowest, (seconds, len(text), what)], reverse=True)[:5]

    def add(self, other: LibraryTally) -> None:
        """Count another's answers too."""
        self.texts += other.texts
        self.answers += other.answers
        self.wrong += other.wrong
        self.slowest = sorted([*self.slowest, *other.slowest], reverse=True)[:5]

    def report(self) -> str:
        """The figures, in lines."""
        counted = ", ".join(f"{code} {count}" for code, count in self.answers.most_common())
        slow = [f"  {seconds:6.2f} s  {size:>8,} characters  {what}" for seconds, size, what in self.slowest]
        total = sum(self.answers.values())
        head = f"{self.texts} texts that are no notebooks, {total} answers, {len(self.wrong)} wrong: {counted}"
        return "\n".join([head, "slowest:", *slow, *self.wrong])


def _functions(text: str) -> list[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def try_texts(path: Path) -> LibraryTally:
    """Try one file, whole and damaged: always in the same way."""
    tally = LibraryTally()
    rng = Random(path.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tally.try_file(path)
        for _ in range(5):
            tally.try_damaged(path, rng)
    return tally


def try_files(files: Iterable[Path], jobs: int = 1) -> LibraryTally:
    """Try each file."""
    tally = LibraryTally()
    if jobs < 2:
        for one in map(try_texts, files):
            tally.add(one)
        return tally
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for one in pool.imap_unordered(try_texts, files):
            tally.add(one)
    return tally
