"""No text makes ``plan_export`` raise: it answers with a plan or a refusal, whatever the cells hold."""

from __future__ import annotations

import random
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jupyterlab_prodify.api.export import ExportRequest, LineRange, Plan, Refusal
from jupyterlab_prodify.refactor.export import plan_export
from jupyterlab_prodify.refactor.target import Target
from tests.proof.exported import apply
from tests.proof.prove import as_cells

LIBRARY = Path(sysconfig.get_paths()["stdlib"])
LARGEST = 60_000
QUIET = settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)

#: Pieces of Python and of IPython, so that texts are often nearly right.
PIECES = st.sampled_from(
    [
        "x = 1\n",
        "y = x + 1\n",
        "def f(a, b=1):\n",
        "    return a\n",
        "\t",
        "    ",
        "if x:\n",
        "else:\n",
        "'''",
        '"""',
        "'",
        "\\\n",
        "%time ",
        "%%time\n",
        "!ls\n",
        "?",
        "x?\n",
        "for i in x:\n",
        "await y\n",
        "lambda: ",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "f'{x}'",
        "f'{",
        "#",
        ";",
        "@",
        ":=",
        "*",
        "**",
        ",",
        "import a.b as c\n",
        "from . import d\n",
        "from e import *\n",
        "class C:\n",
        "try:\n",
        "except* E as e:\n",
        "match x:\n",
        "case {'a': b, **c}:\n",
        "global x\n",
        "del x\n",
        "yield x\n",
        "return\n",
        "\r\n",
        "\r",
        "\x0c",
        "\x00",
        "\ufeff",
        "ü",
        "𝒳",
        "\u2028",
        "�",
        "print x\n",
        "exec('a')",
        "raise\n",
        "type X = int\n",
        "\x1a",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=12).map("".join),
    st.text(max_size=60),
    st.binary(max_size=60).map(lambda data: data.decode("latin-1")),
    st.binary(max_size=60).map(lambda data: data.decode("utf-8", "surrogateescape")),
)


def plan(
    texts: Sequence[str], chosen: Sequence[int], lines: tuple[int, int] | None = None, module: str | None = None
) -> Plan | Refusal:
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
    answer = plan_export(request, target)
    assert isinstance(answer, Plan | Refusal)
    if isinstance(answer, Plan):
        apply(cells, answer)
        compile(answer.file_edits[0].text_after or "", "m.py", "exec")
    else:
        assert answer.code
        assert answer.message
        assert answer.remedy
    return answer


@QUIET
@given(TEXTS, TEXTS, TEXTS)
@example("x = 1", "\x00", "y")
@example("x = (" * 200, "y = " + "(" * 150 + ")" * 150, "x")
@example("", "x = " + "-" * 3_000 + "1", "x")
@example("%%time", "%%time", "%%time")
def test_any_cells(before: str, exported: str, after: str) -> None:
    plan([before, exported, after], [1])


@QUIET
@given(TEXTS, TEXTS, st.integers(-2, 9), st.integers(-2, 9))
def test_any_lines_of_any_cell(before: str, exported: str, first: int, last: int) -> None:
    plan([before, exported], [1], (first, last))


@QUIET
@given(TEXTS, st.lists(st.integers(0, 2), max_size=4))
def test_any_selection(text: str, chosen: list[int]) -> None:
    plan([text, "x = 1", text], chosen)


@QUIET
@given(TEXTS)
def test_any_module(module: str) -> None:
    plan(["a = 1", "b = a + 1", "print(b)"], [1], module=module)


def library_files(count: int) -> list[Path]:
    """Some files of Python's own library (of its tests where they are installed), always the same ones."""
    tests = sorted(LIBRARY.joinpath("test").rglob("*.py"))
    files = tests if len(tests) > count else sorted(LIBRARY.glob("*.py")) + sorted(LIBRARY.glob("*/*.py"))
    fitting = [path for path in files if 0 < path.stat().st_size <= LARGEST and "site-packages" not in path.parts]
    return random.Random(7).sample(fitting, min(count, len(fitting)))


@pytest.mark.parametrize("path", library_files(40), ids=lambda path: path.name)
def test_files_of_the_library_as_cells(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    plan(["import os", text, "print(1)"], [1])


@pytest.mark.slow
@pytest.mark.parametrize("path", library_files(400), ids=lambda path: path.name)
def test_more_files_of_the_library_as_cells(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    lines = text.count("\n")
    plan([text, "x = 1"], [0])
    plan([text, "x = 1"], [0], (lines // 3, lines // 2))
