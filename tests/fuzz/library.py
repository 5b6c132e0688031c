"""Every file of Python's own test suite as a cell: the analysis answers, and in sane time."""

from __future__ import annotations

import sysconfig
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jupyterlab_prodify.api.export import ExportRequest, LineRange, Plan, Refusal
from jupyterlab_prodify.refactor.export import plan_export
from jupyterlab_prodify.refactor.target import Target
from tests.proof.exported import apply
from tests.proof.prove import as_cells

SUITE = Path(sysconfig.get_paths()["stdlib"]) / "test"
MISSING = f"Python's own tests are not installed ({SUITE}); nothing was tried"
#: Processor seconds for one answer: some, and more for each 100,000 characters of the file. Ten times what is measured.
SECONDS, SECONDS_MORE = 5.0, 20.0


def library_files() -> list[Path]:
    """All files of the suite; none where it is not installed."""
    return sorted(path for path in SUITE.rglob("*.py") if path.stat().st_size)


def answer(
    texts: Sequence[str], chosen: Sequence[int], lines: tuple[int, int] | None = None, module: str | None = None
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

    files: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, int, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def try_file(self, path: Path) -> None:
        """The file as the exported cell, some of its lines, and as a cell before and after the exported one."""
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        lines = text.count("\n")
        self.files += 1
        self._try(path, "exported", text, lambda: answer(["import os", text, "print(os)"], [1]))
        self._try(path, "its lines", text, lambda: answer([text, "x = 1"], [0], (lines // 3 + 1, lines // 2 + 1)))
        self._try(path, "around it", text, lambda: answer([text, "a = 1\nb = a + 1", text, "print(b)"], [1]))

    def _try(self, path: Path, how: str, text: str, ask: Callable[[], Plan | Refusal]) -> None:
        what = f"{path.relative_to(SUITE)}, {how}"
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

    def report(self) -> str:
        """The figures, in lines."""
        counted = ", ".join(f"{code} {count}" for code, count in self.answers.most_common())
        slow = [f"  {seconds:6.2f} s  {size:>8,} characters  {what}" for seconds, size, what in self.slowest]
        return "\n".join([f"{self.files} files of Python's tests: {counted}", "slowest:", *slow, *self.wrong])


def try_files(files: Iterable[Path]) -> LibraryTally:
    """Try each file."""
    tally = LibraryTally()
    for path in files:
        tally.try_file(path)
    return tally
