from __future__ import annotations

import json
import os
import shlex
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from jupyterlab_prodify.api.export import ExportRequest, PlanAnswer
from jupyterlab_prodify.project.export_service import ExportService
from jupyterlab_prodify.project.transaction import _Transaction
from tests.cli.conftest import SOURCES, MakeNotebook, Program, notebook_of, sources_of


def execute(notebook: Path, sources: list[str] | None = None) -> str:
    """What the code cells print, run as a program in the notebook's folder."""
    data = json.loads(notebook.read_text("utf-8"))
    code = ["".join(cell["source"]) for cell in data["cells"] if cell["cell_type"] == "code"]
    lines = [line for cell in (sources or code) for line in cell.split("\n") if not line.startswith("%")]
    folder = notebook.parent
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def repository(folder: Path) -> Path:
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    (folder / "notebooks").mkdir()
    (folder / "src" / "pkg").mkdir(parents=True)
    (folder / "src" / "pkg" / "__init__.py").touch()
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".git/" not in str(path)}


def test_an_export_in_a_plain_folder(program: Program, make_notebook: MakeNotebook, folder: Path) -> None:
    notebook = make_notebook()
    before = execute(notebook)
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--name", "length")
    assert outcome.code == 0
    assert "length is now in steps.py (cell 3 calls it)." in outcome.out
    assert "def length(" in (folder / "steps.py").read_text()
    assert execute(notebook) == before
    sources = sources_of(notebook)
    assert "from steps import length" in sources[0]
    assert sources[1] == SOURCES[1]
    assert sorted(path.name for path in folder.iterdir() if path.name != "__pycache__") == ["explore.ipynb", "steps.py"]


def test_without_a_target_the_module_stands_beside(program: Program, make_notebook: MakeNotebook, folder: Path) -> None:
    make_notebook(name="10_processing.ipynb")
    assert program("export", "10_processing.ipynb", "--cell", "3").code == 0
    assert (folder / "processing.py").is_file()


def test_a_package_in_a_repository(
    program: Program, make_notebook: MakeNotebook, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = make_notebook(name="notebooks/explore.ipynb")
    before = execute(notebook)
    monkeypatch.chdir(repository / "notebooks")
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "../src/pkg/deep/steps.py", "--json")
    assert outcome.code == 0
    plan = outcome.json["plan"]
    assert plan["module"] == "src/pkg/deep/steps.py"
    assert [edit["path"] for edit in plan["file_edits"]] == ["src/pkg/deep/__init__.py", "src/pkg/deep/steps.py"]
    assert execute(notebook) == before


def test_the_target_may_be_absolute(program: Program, make_notebook: MakeNotebook, repository: Path) -> None:
    make_notebook(name="notebooks/explore.ipynb")
    target = repository / "src" / "pkg" / "steps.py"
    assert program("export", "notebooks/explore.ipynb", "--cell", "3", "--to", target).code == 0
    assert target.is_file()


def test_the_json_of_a_plan(program: Program, make_notebook: MakeNotebook, folder: Path) -> None:
    before = snapshot(folder)
    make_notebook()
    before = snapshot(folder)
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--dry-run", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert list(outcome.json) == ["plan"]
    plan = outcome.json["plan"]
    assert {"function", "module", "moved", "cell_edits", "file_edits", "warnings"} <= plan.keys()
    assert {"name", "params", "returns", "is_async", "source"} <= plan["function"].keys()
    assert [{"name", "default", "annotation"} <= param.keys() for param in plan["function"]["params"]] == [True, True]
    assert [edit["cell_id"] for edit in plan["cell_edits"]] == ["cell-0", "cell-3"]
    assert snapshot(folder) == before


def test_a_dry_run_shows_the_diff_and_writes_nothing(
    program: Program, make_notebook: MakeNotebook, folder: Path
) -> None:
    make_notebook()
    before = snapshot(folder)
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--dry-run")
    assert outcome.code == 0
    for line in ("--- /dev/null", "+++ b/steps.py", "--- a/explore.ipynb [cell 3]", "-c = math.hypot(a, b)"):
        assert line in outcome.out.splitlines()
    assert "Nothing was written" in outcome.out
    assert snapshot(folder) == before


@pytest.mark.parametrize("cell", ["3", "cell-3"])
def test_a_cell_by_index_or_id(program: Program, make_notebook: MakeNotebook, cell: str) -> None:
    make_notebook()
    outcome = program("export", "explore.ipynb", "--cell", cell, "--dry-run", "--json")
    assert [param["name"] for param in outcome.json["plan"]["function"]["params"]] == ["a", "b"]


@pytest.mark.parametrize("cell", ["5", "-1", "cell-9", "", "1.5", "99999999999999999999"])
def test_there_is_no_such_cell(program: Program, make_notebook: MakeNotebook, cell: str) -> None:
    make_notebook()
    assert program("export", "explore.ipynb", f"--cell={cell}").code == 2


def test_several_cells(program: Program, make_notebook: MakeNotebook) -> None:
    notebook = make_notebook()
    before = execute(notebook)
    outcome = program("export", "explore.ipynb", "--cell", "2", "--cell", "cell-3", "--cell", "2", "--to", "s.py")
    assert outcome.code == 0, outcome.err
    assert len(sources_of(notebook)) == 4
    assert execute(notebook) == before


def test_lines_of_a_cell(program: Program, make_notebook: MakeNotebook) -> None:
    notebook = make_notebook()
    before = execute(notebook)
    assert program("export", "explore.ipynb", "--cell", "3", "--lines", "1:1", "--to", "s.py").code == 0
    assert "print('c', c)" in sources_of(notebook)[3]
    assert execute(notebook) == before


@pytest.mark.parametrize("lines", ["a:b", "0:1", "2:1", ":", "1:", "", "1:2:3"])
def test_lines_that_are_none(program: Program, make_notebook: MakeNotebook, lines: str) -> None:
    make_notebook()
    assert program("export", "explore.ipynb", "--cell", "3", f"--lines={lines}").code == 2


def test_lines_of_two_cells(program: Program, make_notebook: MakeNotebook) -> None:
    make_notebook()
    assert program("export", "explore.ipynb", "--cell", "2", "--cell", "3", "--lines", "1:1").code == 2


def test_a_refusal(program: Program, make_notebook: MakeNotebook, folder: Path) -> None:
    make_notebook(["a = 1", "b = a\nexec('a = 2')", "print(a, b)"])
    before = snapshot(folder)
    outcome = program("export", "explore.ipynb", "--cell", "1", "--to", "steps.py")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("Refused (cell 1, line 2): ")
    assert "    exec('a = 2')\n" in outcome.err
    assert outcome.err.endswith("Nothing was written.\n")
    as_json = program("export", "explore.ipynb", "--cell", "1", "--to", "steps.py", "--json")
    assert (as_json.code, as_json.err) == (3, "")
    assert list(as_json.json) == ["refusal"]
    assert {"code", "message", "cell_id", "line", "remedy"} <= as_json.json["refusal"].keys()
    assert (as_json.json["refusal"]["cell_id"], as_json.json["refusal"]["line"]) == ("cell-1", 2)
    assert snapshot(folder) == before


def test_a_refusal_names_the_command_that_takes_the_way_out(
    program: Program, make_notebook: MakeNotebook, folder: Path
) -> None:
    make_notebook(["window = 3", "def smooth(x):\n    return x * window", "a = smooth(2)", "print(a)"], "my book.ipynb")
    given = ["export", "my book.ipynb", "--cell", "2", "--to", "steps.py"]
    outcome = program(*given)
    assert outcome.code == 3
    line = next(line.strip() for line in outcome.err.splitlines() if "jupyter prodify export" in line)
    assert line == "jupyter prodify export 'my book.ipynb' --cell 2 --to steps.py --pass-globals"
    assert "Let `smooth` take `window` as a parameter" in outcome.err
    assert "--pass-globals" in program(*given, "--json").json["refusal"]["remedy"]
    assert program(*shlex.split(line)[2:]).code == 0
    assert "def smooth(x, window):" in (folder / "steps.py").read_text()


@pytest.mark.parametrize("name", ["class", "print", "a", "not a name", "1a", ""])
def test_a_name_that_cannot_be(program: Program, make_notebook: MakeNotebook, folder: Path, name: str) -> None:
    make_notebook()
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--name", name, "--json")
    assert outcome.code == 3
    assert outcome.json["refusal"]["field"] == "name"
    assert not (folder / "steps.py").exists()


def test_a_name_that_the_module_has(program: Program, make_notebook: MakeNotebook, folder: Path) -> None:
    make_notebook()
    (folder / "steps.py").write_text("def length():\n    return 7\n")
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--name", "length")
    assert outcome.code == 3
    assert (folder / "steps.py").read_text() == "def length():\n    return 7\n"


@pytest.mark.parametrize("target", ["../steps.py", "/tmp/steps.py", "out/steps.py", "out.py", "sub/../../steps.py"])
def test_a_target_outside(
    program: Program, make_notebook: MakeNotebook, folder: Path, tmp_path: Path, target: str
) -> None:
    make_notebook()
    (tmp_path / "elsewhere").mkdir()
    (folder / "out").symlink_to(tmp_path / "elsewhere")
    (folder / "out.py").symlink_to(tmp_path / "elsewhere" / "x.py")
    before = snapshot(tmp_path)
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", target, "--json")
    assert (outcome.code, outcome.json["refusal"]["code"]) == (3, "outside_root")
    assert {path: data for path, data in snapshot(tmp_path).items() if "/user/" not in path} == before


def test_a_target_outside_is_named_as_it_was_given(
    program: Program, make_notebook: MakeNotebook, folder: Path, tmp_path: Path
) -> None:
    make_notebook()
    target = str(tmp_path / "other" / "steps.py")
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", target)
    assert outcome.code == 3
    assert outcome.err.startswith(f"Refused: `{target}` lies outside of the notebook's project, `{folder}`.\n")
    assert "`..`" not in outcome.err


def test_ctrl_c_stops_an_export_and_what_it_has_started(
    make_notebook: MakeNotebook, folder: Path, state: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    (tmp_path / "installed").mkdir()
    (tmp_path / "installed" / "slow.py").write_text(
        f"import os, time\nopen({str(there)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n"
    )
    make_notebook(["from slow import *", "a = 1", "b = a", "print(b)"])
    before = snapshot(folder)
    command = [sys.executable, "-m", "jupyterlab_prodify", "export", "explore.ipynb", "--cell", "2", "--to", "x.py"]
    path = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    started = subprocess.Popen(command, cwd=folder, env=path, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not (there.exists() and there.read_text()):
        assert time.monotonic() < deadline
        assert started.poll() is None
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=15)
    assert (started.returncode, err) == (130, "jupyter prodify: Stopped by Ctrl C.\n")
    assert not psutil.pid_exists(int(there.read_text()))
    assert snapshot(folder) == before


def test_ctrl_c_while_the_files_are_written_comes_too_late(
    program: Program, make_notebook: MakeNotebook, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = make_notebook()
    place = _Transaction._place

    def interrupted(self: _Transaction) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        place(self)

    monkeypatch.setattr(_Transaction, "_place", interrupted)
    assert program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--name", "length").code == 0
    assert "def length(" in (folder / "steps.py").read_text()
    assert "from steps import length" in sources_of(notebook)[0]


def test_a_notebook_that_changes_meanwhile_is_not_overwritten(
    program: Program, make_notebook: MakeNotebook, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole file is compared, also what the plan does not edit."""
    make_notebook()
    plan = ExportService.plan

    def slow(self: ExportService, request: ExportRequest) -> PlanAnswer:
        answer = plan(self, request)
        make_notebook([*SOURCES[:4], "c * 3"])
        return answer

    monkeypatch.setattr(ExportService, "plan", slow)
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py")
    assert outcome.code == 3
    assert outcome.err == (
        "Refused: `explore.ipynb` has changed since the plan was made.\nPlan again.\nNothing was written.\n"
    )
    assert not (folder / "steps.py").exists()


@pytest.mark.parametrize("target", ["steps.txt", ".hidden/steps.py", "10_steps.py", "json.py", "locked.py", "", "."])
def test_a_target_that_cannot_be(program: Program, make_notebook: MakeNotebook, folder: Path, target: str) -> None:
    make_notebook()
    (folder / "locked.py").write_text("")
    (folder / "locked.py").chmod(0o444)
    before = snapshot(folder)
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", target)
    assert outcome.code == 3
    assert outcome.err.startswith("Refused")
    assert snapshot(folder) == before


def test_a_module_with_a_syntax_error(program: Program, make_notebook: MakeNotebook, folder: Path) -> None:
    make_notebook()
    (folder / "steps.py").write_text("x = 1\ndef f(:\n")
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py")
    assert outcome.code == 3
    assert "line 2" in outcome.err


@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]])
def test_a_read_only_notebook(program: Program, make_notebook: MakeNotebook, folder: Path, dry_run: list[str]) -> None:
    make_notebook().chmod(0o444)
    before = snapshot(folder)
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", *dry_run)
    assert outcome.code == 3
    assert "read-only" in outcome.err
    assert snapshot(folder) == before


@pytest.mark.parametrize("kernelspec", [{"name": "ir", "language": "R"}, {"name": "julia-1.9", "language": "julia"}])
def test_another_language(program: Program, make_notebook: MakeNotebook, kernelspec: dict[str, str]) -> None:
    make_notebook(metadata={"kernelspec": kernelspec})
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--json")
    assert (outcome.code, outcome.json["refusal"]["code"]) == (3, "not_python")


@pytest.mark.parametrize(
    ("sources", "cell"), [(["# Title", "a = 1"], "0"), (["a = 1", ""], "1"), (["a = 1", "def f(:"], "1")]
)
def test_a_cell_without_code(
    program: Program, make_notebook: MakeNotebook, folder: Path, sources: list[str], cell: str
) -> None:
    make_notebook(sources)
    before = snapshot(folder)
    assert program("export", "explore.ipynb", "--cell", cell, "--to", "steps.py").code == 3
    assert snapshot(folder) == before


def test_a_syntax_error_in_another_cell(program: Program, make_notebook: MakeNotebook) -> None:
    notebook = make_notebook([*SOURCES, "def f(:"])
    assert program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py").code == 0
    assert sources_of(notebook)[-1] == "def f(:"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"nbformat": 3, "worksheets": []}', '{"nbformat": 4}', "\x00"])
def test_a_file_that_is_no_notebook(program: Program, folder: Path, content: str) -> None:
    (folder / "explore.ipynb").write_text(content)
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--json")
    assert (outcome.code, outcome.json["refusal"]["code"]) == (3, "not_a_notebook")
    assert outcome.json["refusal"]["remedy"]
    assert snapshot(folder) == {str(folder / "explore.ipynb"): content.encode()}


@pytest.mark.parametrize("name", ["nowhere.ipynb", "no/where.ipynb", ".", "explore.ipynb/x.ipynb"])
def test_there_is_no_such_notebook(program: Program, make_notebook: MakeNotebook, name: str) -> None:
    make_notebook()
    outcome = program("export", name, "--cell", "3", "--json")
    assert (outcome.code, outcome.json["error"]["code"]) == (2, "wrong_use")


@pytest.mark.parametrize("minor", [2, 4])
def test_an_older_notebook_without_ids(program: Program, make_notebook: MakeNotebook, minor: int) -> None:
    notebook = make_notebook(["a = 3", "b = a * 2", "print(b)"], minor=minor)
    before = execute(notebook)
    assert program("export", "explore.ipynb", "--cell", "1", "--to", "steps.py").code == 0
    data = json.loads(notebook.read_text())
    assert data["nbformat_minor"] == minor
    assert not any("id" in cell for cell in data["cells"])
    assert execute(notebook) == before


def test_only_the_edited_cells_are_touched(program: Program, make_notebook: MakeNotebook) -> None:
    notebook = make_notebook()
    before = notebook.read_text().splitlines()
    program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--name", "length")
    after = notebook.read_text().splitlines()
    gone = [line for line in before if line not in after]
    assert [line.strip() for line in gone] == ['"import math"', '"c = math.hypot(a, b)\\n",', "\"print('c', c)\""]
    assert json.loads(notebook.read_text())["cells"][3]["execution_count"] == 3


def test_mode_of_the_notebook_and_a_link_to_it_are_kept(
    program: Program, make_notebook: MakeNotebook, folder: Path, tmp_path: Path
) -> None:
    real = tmp_path / "shared" / "real.ipynb"
    real.parent.mkdir()
    make_notebook().rename(real)
    real.chmod(0o640)
    (folder / "explore.ipynb").symlink_to(real)
    assert program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py").code == 0
    assert (folder / "explore.ipynb").is_symlink()
    assert "from steps import" in sources_of(real)[0]
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert (folder / "steps.py").is_file(), "the folder in which the notebook was named counts"


def test_a_notebook_that_changes_meanwhile(
    program: Program, make_notebook: MakeNotebook, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jupyterlab_prodify.project.export_service import ExportService

    notebook = make_notebook()
    real = ExportService.apply

    def late(self: ExportService, *arguments: object) -> object:
        notebook.write_text(notebook_of(["mine = 1"]))
        return real(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ExportService, "apply", late)
    outcome = program("export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--json")
    assert (outcome.code, outcome.json["refusal"]["code"]) == (3, "changed")
    assert sources_of(notebook) == ["mine = 1"]
    assert not (folder / "steps.py").exists()


def test_exporting_one_cell_after_the_other(program: Program, make_notebook: MakeNotebook, folder: Path) -> None:
    notebook = make_notebook(["import math", "a = 3", "b = math.sqrt(a)", "c = b + a", "print(a, b, c)"])
    before = execute(notebook)
    for cell in ("2", "3", "4"):
        assert program("export", "explore.ipynb", "--cell", cell, "--to", "steps.py").code == 0
        assert execute(notebook) == before
    assert (folder / "steps.py").read_text().count("def ") == 3


def test_three_terminals_at_the_same_moment(make_notebook: MakeNotebook, folder: Path, state: Path) -> None:
    notebook = make_notebook(["a = 3", "b = a * 2", "c = a * 3", "d = a * 4", "print(a, b, c, d)"])
    before = execute(notebook)
    command = [sys.executable, "-m", "jupyterlab_prodify", "export", "explore.ipynb", "--to", "steps.py", "--cell"]
    running = [
        subprocess.Popen([*command, str(cell)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for cell in (1, 2, 3)
    ]
    errors = [process.communicate()[1] for process in running]
    codes = [process.returncode for process in running]
    assert set(codes) <= {0, 3}, errors
    assert 0 in codes
    assert (folder / "steps.py").read_text().count("def ") == codes.count(0)
    assert execute(notebook) == before


def test_killed_at_any_moment_module_and_notebook_are_both_old_or_both_new(
    make_notebook: MakeNotebook, folder: Path, tmp_path: Path
) -> None:
    scenario = {
        "folder": str(folder),
        "files": {"explore.ipynb": notebook_of(SOURCES), "steps.py": "x = 1\n"},
        "argv": ["export", "explore.ipynb", "--cell", "3", "--to", "steps.py", "--json"],
        "second_deaths": False,
    }
    done = subprocess.run(
        [sys.executable, Path(__file__).parents[1] / "project" / "crash.py"],
        input=json.dumps(scenario),
        env={**os.environ, "JUPYTER_DATA_DIR": str(tmp_path / "user")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["deaths"] > 10
    assert {json.dumps(outcome) for outcome in answer["outcomes"]} == {
        json.dumps(answer["old"]),
        json.dumps(answer["new"]),
    }
