"""The whole plan: files, cells, the set-up of a running kernel, and that nothing is ever raised."""

from __future__ import annotations

import ast
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from jupyterlab_prodify.api.export import Cell, ExportRequest, FileEdit, Plan, Planned, Refusal
from jupyterlab_prodify.refactor.export import plan_export, setup_code
from jupyterlab_prodify.refactor.target import Target
from tests.refactor.asking import MODULE, ask, cells_of, module_after, notebook_after, planned, target_of

SOURCES = ["import os\na, b = 1, 2", "c = a + b\nd = os.sep * c", "print(c, d)"]


def test_the_plan_of_a_new_module() -> None:
    plan = planned(ask(SOURCES, name="work", docstring="Add."))
    assert (plan.module, plan.import_name, plan.import_line) == (MODULE, "steps", "from steps import work")
    assert plan.function.source == (
        'def work(a, b):\n    """Add."""\n    c = a + b\n    d = os.sep * c\n    return c, d'
    )
    assert module_after(plan) == f'"""Functions of explore.ipynb."""\n\nimport os\n\n\n{plan.function.source}\n'
    assert (plan.moved, plan.warnings) == ([], [])
    (edit,) = plan.file_edits
    assert (edit.hash_before, edit.text_before, edit.encoding) == (None, None, "utf-8")


def test_the_plan_of_an_existing_module() -> None:
    plan = planned(ask(SOURCES, name="work", module="X = 1\n"))
    (edit,) = plan.file_edits
    assert (edit.path, edit.hash_before, edit.text_before) == (MODULE, "sha256:0", "X = 1\n")


def test_extra_files_and_encoding_come_from_the_target() -> None:
    extra = FileEdit(path="src/__init__.py", hash_before=None, text_before=None, text_after="")
    target = Target(MODULE, "steps", "X = 'ä'\n", "sha256:1", "latin-1", (extra,))
    request = ExportRequest(notebook="nb.ipynb", cells=cells_of(SOURCES), selected=["c1"])
    plan = planned(plan_export(request, target))
    assert plan.file_edits[0] == extra
    assert plan.file_edits[1].encoding == "latin-1"


@pytest.mark.parametrize(
    "sources",
    [
        SOURCES,
        ["a = 1", "b = a\nb"],
        ["a = [1]", "b = a\nb.pop()", "b"],
        ["def h(x):\n    return x\na = 1", "b = h(a)", "b"],
        ["a = 1", "def f(x):\n    return x", "f(a)"],
        ["import asyncio\na = 1", "b = await asyncio.sleep(0, a)", "b"],
        ["a = 1", "%%time\nb = a", "b"],
    ],
)
def test_exporting_again_changes_nothing(sources: list[str]) -> None:
    first = planned(ask(sources, name="work"))
    again = planned(ask(sources, name="work", module=module_after(first)))
    assert again.file_edits == []
    assert again.function.source == first.function.source
    assert again.cell_edits == first.cell_edits


def test_exporting_the_call_again_changes_nothing() -> None:
    first = planned(ask(SOURCES, name="work"))
    sources = notebook_after(SOURCES, first)
    again = ask(sources, name="again", module=module_after(first))
    assert isinstance(again, Refusal)
    assert (again.code, again.cell_id, again.line) == ("already_exported", "c1", 1)


def test_a_second_function_goes_to_the_same_module() -> None:
    sources = [*SOURCES[:2], "e = c * 2", "print(e)"]
    first = planned(ask(sources, name="first"))
    after = notebook_after(sources, first)
    second = planned(ask(after, [2], name="second", module=module_after(first)))
    final = notebook_after(after, second)
    assert final[0] == "import os\n%reload_ext autoreload\n%autoreload 2\nfrom steps import first, second\na, b = 1, 2"
    assert module_after(second).index("def first") < module_after(second).index("def second")


def test_every_plan_can_cross_the_wire() -> None:
    plan = planned(ask(SOURCES))
    assert msgspec.json.decode(msgspec.json.encode(Planned(plan=plan)), type=Planned).plan == plan


# -- never an exception -------------------------------------------------------------------------------------------

ODD = [
    "",
    " ",
    "\n",
    "\t",
    "\\",
    "\\\n",
    "\0",
    "\ufeffx = 1",
    "\ud800",
    "x = '\ud800'",
    "x = 1\r\ny = x\r\n",
    "x = 1\ry = x",
    "x\x0c = 1",
    "x = 1\x0cy = 2",
    "  x = 1",
    "x = 1\n  y = 2",
    "%",
    "%%",
    "!",
    "?",
    "%%time",
    "%%time\n%%time\nx",
    "%%capture",
    "def",
    "return 1",
    "yield 1",
    "break",
    "await x",
    "nonlocal x",
    "global x",
    "x: int",
    "*a, = b",
    "del (x)",
    "pass",
    "...",
    "'doc'",
    "lambda: (yield)",
    "class A:\n    class B:\n        x = A",
    "def f(x=(y := 1)): return x, y",
    "[x async for x in y]",
    "match x:\n    case _: pass",
    "try:\n    pass\nexcept* E:\n    pass",
    "with (a as b, c as d): pass",
    "assert x, f'{x=}'",
    "from __future__ import annotations",
    "from __future__ import annotations\nx = 1",
    "from . import x",
    "from .x import *",
    "import a.b.c as d, e",
    "import a; import b; a.x(b)",
    "x = 1;",
    ";",
    "x = 1;; y = 2",
    "\u2028x = 1",
    "x = 1\u2029y = 2",
    "x = '''\r\n'''",
    "# only a comment",
    "if x:\n    pass\n# dangling\n    # inside",
    "x = (1,\n# c\n2)",
    "@\ndef f(): pass",
    "print(x) if x else None",
    "\N{MATHEMATICAL BOLD SMALL X} = 1\nx",
    "x = 0777",
    "x = 1_000j",
    "print x",
    "exec 'x'",
    "raise",
    "raise E\nx = 1",
    "while True: pass",
    "for x in x: x",
    "x = x = x",
    "(x)",
    "(x) = 1",
    "(x): int = 1",
    "x.y, x[0] = 1, 2",
    "None",
    "__debug__",
    "__class__",
    "super()",
    "type x = int",
    "def f[T](x: T): return x",
    "f'{x!r:{y}}'",
    "f'''{\nx\n}'''",
    "t'{x}'",
    "x = b'\\xff'",
    "a = 1 if",
    "(" * 500,
    "x = " + "[" * 90 + "]" * 90,
    "if x:\n" + "".join("    " * depth + "if x:\n" for depth in range(1, 90)) + "    " * 90 + "y = 1",
    "x" * 100_000 + " = 1",
    "\n" * 5_000 + "x = 1",
]


@pytest.mark.parametrize("position", ["selected", "before", "after", "module"])
@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_no_text_makes_it_raise(text: str, position: str) -> None:
    cells = {"before": "a = 1", "selected": "b = a\nb", "after": "print(b)", "module": "X = 1\n"} | {position: text}
    answer = ask([cells["before"], cells["selected"], cells["after"]], module=cells["module"])
    assert isinstance(answer, Plan | Refusal)
    if isinstance(answer, Plan):
        ast.parse(module_after(answer) if answer.file_edits else "")
        if "\ud800" not in text:
            msgspec.json.encode(answer)


@pytest.mark.parametrize(
    "request_",
    [
        ExportRequest(notebook="", cells=[], selected=[]),
        ExportRequest(notebook="n", cells=[], selected=["a"]),
        ExportRequest(notebook="n", cells=[Cell(id="a", source="x = 1"), Cell(id="a", source="y = 2")], selected=["a"]),
        ExportRequest(notebook="n", cells=[Cell(id="", source="x = 1")], selected=[""]),
        ExportRequest(notebook="n", cells=[Cell(id="#0", source="x = 1"), Cell(id="#1", source="x")], selected=["#0"]),
        ExportRequest(notebook="n", cells=[Cell(id="a", source="x", cell_type="raw")], selected=["a"]),
        ExportRequest(notebook='a"""b\\.ipynb', cells=[Cell(id="a", source="x = 1")], selected=["a"]),
    ],
)
def test_odd_requests(request_: ExportRequest) -> None:
    answer = plan_export(request_, target_of(None))
    assert isinstance(answer, Plan | Refusal)
    if isinstance(answer, Plan):
        ast.parse(module_after(answer))


@pytest.mark.parametrize("language", ["python", "Python", "python3", "ipython", None, ""])
def test_languages_that_are_python(language: str | None) -> None:
    assert isinstance(ask(SOURCES, language=language), Plan)


# -- the running kernel -------------------------------------------------------------------------------------------


class _Shell:
    """Stands for IPython's shell and notes what was asked of it."""

    def __init__(self, loaded: set[str]) -> None:
        self.extension_manager = types.SimpleNamespace(loaded=loaded)
        self.lines: list[tuple[str, str]] = []

    def run_line_magic(self, name: str, line: str) -> None:
        self.lines.append((name, line))


@pytest.fixture
def module_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield tmp_path
    sys.modules.pop("prodify_steps", None)


def _run_setup(folder: Path, shell: _Shell, line: str = "from prodify_steps import work") -> dict[str, object]:
    target = Target(str(folder), "prodify_steps", path_line=f"import sys; sys.path.insert(0, {str(folder)!r})")
    namespace: dict[str, object] = {"get_ipython": lambda: shell}
    exec(setup_code(target, line), namespace)
    return namespace


def test_setup_makes_the_function_usable_at_once(module_folder: Path) -> None:
    (module_folder / "prodify_steps.py").write_text("def work():\n    return 1\n")
    shell = _Shell(set())
    namespace = _run_setup(module_folder, shell)
    assert namespace["work"]() == 1  # type: ignore[operator]
    assert shell.lines == [("load_ext", "autoreload"), ("autoreload", "2")]
    assert not [name for name in namespace if "prodify" in name]


def test_setup_sees_a_function_added_to_a_loaded_module(module_folder: Path) -> None:
    path = module_folder / "prodify_steps.py"
    path.write_text("def old():\n    return 0\n")
    _run_setup(module_folder, _Shell(set()), "from prodify_steps import old")
    path.write_text("def old():\n    return 0\n\n\ndef work():\n    return 1\n")
    shell = _Shell({"autoreload"})
    namespace = _run_setup(module_folder, shell)
    assert namespace["work"]() == 1  # type: ignore[operator]
    assert shell.lines == []


def test_the_plan_holds_the_setup() -> None:
    plan = planned(ask(SOURCES, name="work", path_line="import sys; sys.path.insert(0, 'src')"))
    assert plan.setup.endswith("from steps import work\n")
    assert "sys.path.insert(0, 'src')" in plan.setup
    compile(plan.setup, "<setup>", "exec")


def test_a_future_feature_that_there_is_not_does_not_reach_the_module() -> None:
    cells = [
        "from __future__ import no_such_feature",
        "from __future__ import annotations\na = 1",
        "b = a\nc = b",
        "print(c)",
    ]
    text = planned(ask(cells, [2])).file_edits[-1].text_after or ""
    assert "from __future__ import annotations" in text
    assert "no_such_feature" not in text
