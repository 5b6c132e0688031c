"""Verify with real kernels. Each notebook looks at several things at once, because a kernel takes its time to start."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from jupyterlab_prodify.api.export import Cell, DeleteCell, InsertCell
from jupyterlab_prodify.api.verify import VerifyNotebookRequest
from jupyterlab_prodify.jobs.processes import marked
from jupyterlab_prodify.jobs.service import JobService
from jupyterlab_prodify.project.errors import ChangedError, NotFoundError, OutsideRootError, RequestError
from jupyterlab_prodify.verify.errors import NoKernelError, NoSavedOutputsError, NotPythonError
from jupyterlab_prodify.verify.service import VerifyService
from tests.verify.conftest import (
    LONG,
    Export,
    cells_of,
    contents,
    new_file,
    replace,
    request,
    result_of,
    write_notebook,
)

IMAGE = "from IPython.display import Image, display\ndisplay(Image(data=b'\\x89PNG fake %d', format='png'))"


def text(value: str) -> dict[str, object]:
    return {"output_type": "execute_result", "data": {"text/plain": value}, "metadata": {}, "execution_count": 1}


class TestSame:
    def test_an_export_to_a_module_that_is_not_on_disk_yet(self, export: Export, project: Path) -> None:
        cells = cells_of(
            "import os, random, sys\nsys.path.insert(0, '../src')",
            "print(open('../data/raw.csv').read(), os.path.basename(os.getcwd()))",
            "x = [3, 4]",
            "y = sum(x) + random.random()\nprint(y)\ny",
            "1 / 0",
            "object(), id(x) > 0, hash('text'), os.getcwd()",
            IMAGE % 1,
        )
        edits = [
            replace(cells, 0, cells[0].source + "\nfrom pkg.steps import total"),
            replace(cells, 3, "y = total(x)\ny"),
        ]
        source = "import random\n\n\ndef total(x):\n    y = sum(x) + random.random()\n    print(y)\n    return y\n"
        before = contents(project)
        result = export(cells, edits, new_file("src/pkg/steps.py", source))
        assert result.verdict == "same", result.differences
        assert result.summary == "Same outputs in 7 of 7 cells; 1 ends with an error in the original"
        assert (result.same, result.total, result.nondeterministic) == (7, 7, [])
        assert result.kernel == "python3"
        assert contents(project) == before

    def test_cells_that_became_one_and_an_import_of_their_own(self, export: Export) -> None:
        cells = [*cells_of("print(1)", "print(2)", "3"), Cell(id="text", source="# T", cell_type="markdown")]
        edits = [
            InsertCell(cell_id="new", source="import os", before="c0"),
            replace(cells, 0, "print('1\\n2')"),
            DeleteCell(cell_id="c1", source_before=cells[1].source),
        ]
        result = export(cells, edits)
        assert (result.verdict, result.same, result.total) == ("same", 3, 3)

    def test_applied_already_the_module_before_comes_from_the_plan(self, export: Export, project: Path) -> None:
        module = project / "notebooks" / "steps.py"
        module.write_text("def one():\n    return 1\n\n\ndef two():\n    return 2\n")
        cells = cells_of("import steps", "hasattr(steps, 'two')", "1 + 1")
        edit = new_file("notebooks/steps.py", module.read_text(), "def one():\n    return 1\n")
        result = export(cells, [replace(cells, 2, "steps.two()")], edit, applied=True)
        assert [difference.cell_id for difference in result.differences] == ["c1"], "the one cell that looks"
        assert result.differences[0].before[0].text == "False"
        assert result.differences[0].after[0].text == "True"


class TestDiffers:
    def test_what_differs_and_what_does_so_by_itself(self, export: Export, project: Path) -> None:
        cells = cells_of(
            "import os, time, warnings\nopen('left.txt', 'a').write('x')",
            "print('a' if os.environ.get('NO') else 'b')",
            "time.time_ns()",
            "warnings.warn('odd')\n1",
            IMAGE % 1,
            "print(len(open('left.txt').read()))",
        )
        edits = [
            replace(cells, 1, "print('c')"),
            replace(cells, 3, "1"),
            replace(cells, 4, IMAGE % 2),
            InsertCell(cell_id="new", source="'hello'"),
        ]
        result = export(cells, edits)
        assert result.verdict == "differs"
        assert result.summary == "Same outputs in 3 of 7 cells; 3 differ; 1 differs from run to run by itself"
        assert (result.same, result.total) == (3, 7)
        assert result.nondeterministic == ["c2"]
        assert result.warnings_differ == ["c3"]
        first, picture, new = result.differences
        assert (first.cell_id, first.index, first.kind) == ("c1", 1, "stdout")
        assert (first.before[0].text, first.after[0].text) == ("b\n", "c\n")
        assert (picture.cell_id, picture.kind) == ("c4", "display")
        assert picture.before[0].image != picture.after[0].image
        assert (picture.before[0].image or "").startswith("data:image/png;base64,")
        assert (new.cell_id, new.index, new.before, new.after[0].text) == ("new", None, [], "'hello'")
        assert not (project / "notebooks" / "left.txt").exists()

    def test_a_cell_that_does_not_come_to_run(self, export: Export) -> None:
        cells = cells_of("print(1)", "print(2)")
        result = export(cells, [replace(cells, 0, "import os\nos._exit(3)")])
        assert (result.verdict, result.same) == ("differs", 0)
        assert [(d.cell_id, d.kind, d.after[0].kind) for d in result.differences] == [
            ("c0", "missing", "missing"),
            ("c1", "missing", "missing"),
        ]
        assert result.differences[0].before[0].text == "1\n"
        assert "died" in result.differences[0].after[0].text

    def test_an_error_that_was_not_there(self, export: Export) -> None:
        cells = cells_of("x = 1\nx")
        (difference,) = export(cells, [replace(cells, 0, "from pkg.nowhere import x")]).differences
        assert difference.kind == "error"
        assert difference.after[0].text == "ModuleNotFoundError: No module named 'pkg'"


class TestNotRun:
    def test_the_original_ends_its_kernel(self, export: Export) -> None:
        cells = cells_of("1", "exit_now = __import__('os')._exit\nexit_now(1)")
        result = export(cells, [replace(cells, 0, "2")])
        assert result.verdict == "not_run"
        assert result.summary == "Cell 2: The kernel died in the cell."

    def test_a_cell_that_takes_too_long(self, project: Path, jobs: JobService) -> None:
        cells = cells_of("1", "import time\ntime.sleep(100)")
        verify = VerifyService(project, jobs, timeout=1)
        result = result_of(jobs, verify.export(request(cells, [replace(cells, 0, "2")])))
        assert (result.verdict, result.summary) == ("not_run", "Cell 2: The cell takes longer than 1 s.")

    def test_a_kernel_that_does_not_start(self, project: Path, jobs: JobService) -> None:
        from jupyter_client.kernelspec import KernelSpec

        spec = KernelSpec(argv=["/no/such/python", "-m", "ipykernel_launcher"], language="python", display_name="Gone")
        verify = VerifyService(project, jobs, lambda name: spec)
        cells = cells_of("1")
        result = result_of(jobs, verify.export(request(cells, [replace(cells, 0, "2")])))
        assert result.verdict == "not_run"
        assert result.summary.startswith("The kernel does not start: ")


class TestSavedOutputs:
    def run(self, verify: VerifyService, jobs: JobService) -> object:
        return result_of(jobs, verify.notebook(VerifyNotebookRequest(notebook="notebooks/nb.ipynb")))

    def test_a_notebook_that_does_not_reproduce(self, verify: VerifyService, jobs: JobService, project: Path) -> None:
        path = project / "notebooks" / "nb.ipynb"
        folder = project / "notebooks"
        cells = [
            ("import os, random", []),
            ("os.getcwd()", [text(repr(str(folder)))]),
            ("random.random()", [text("0.123")]),
            ("hidden", [text("42")]),
            ("print('never run')", None),
            ("1 + 1", [text("2")]),
        ]
        write_notebook(path, cells)
        before = contents(project)
        result = result_of(jobs, verify.notebook(VerifyNotebookRequest(notebook="notebooks/nb.ipynb")))
        assert result.verdict == "differs"
        assert (result.same, result.total, result.nondeterministic) == (3, 5, ["c2"])
        (difference,) = result.differences
        assert (difference.cell_id, difference.index, difference.kind) == ("c3", 3, "error")
        assert difference.before[0].text == "42"
        assert contents(project) == before

    def test_one_that_does(self, verify: VerifyService, jobs: JobService, project: Path) -> None:
        write_notebook(project / "notebooks" / "nb.ipynb", [("x = 2", []), ("x * 2", [text("4")])])
        result = result_of(jobs, verify.notebook(VerifyNotebookRequest(notebook="notebooks/nb.ipynb")))
        assert (result.verdict, result.summary) == ("same", "Same outputs in 2 of 2 cells")


def test_of_a_folder_that_is_no_project_what_was_not_copied_is_told(
    verify: VerifyService, jobs: JobService, tmp_path: Path
) -> None:
    folder = tmp_path / "home"
    (folder / "films").mkdir(parents=True)
    with open(folder / "films" / "long.mp4", "wb") as film:
        film.truncate(1_100_000_000)
    write_notebook(folder / "nb.ipynb", [("import os\nsorted(os.listdir())", [text("['films', 'nb.ipynb']")])])
    job = verify.saved(folder / "nb.ipynb")
    result = result_of(jobs, job)
    assert result.verdict == "differs"
    assert result.summary.endswith("; not copied, since large and not named in any cell: `films`")
    assert str(folder / "films") in jobs.log(job.id).text


class TestRefused:
    def test_nothing_saved(self, verify: VerifyService, project: Path) -> None:
        write_notebook(project / "notebooks" / "nb.ipynb", [("1", None), ("2", None)])
        with pytest.raises(NoSavedOutputsError):
            verify.notebook(VerifyNotebookRequest(notebook="notebooks/nb.ipynb"))

    def test_another_language(self, verify: VerifyService, project: Path) -> None:
        write_notebook(project / "notebooks" / "nb.ipynb", [("1", [text("1")])], language_info={"name": "R"})
        with pytest.raises(NotPythonError):
            verify.notebook(VerifyNotebookRequest(notebook="notebooks/nb.ipynb"))

    def test_no_such_kernel(self, verify: VerifyService) -> None:
        with pytest.raises(NoKernelError, match="no-such-kernel"):
            verify.export(request(cells_of("1"), [], kernel_name="no-such-kernel"))

    def test_paths(self, verify: VerifyService) -> None:
        with pytest.raises(OutsideRootError):
            verify.notebook(VerifyNotebookRequest(notebook="../nb.ipynb"))
        with pytest.raises(NotFoundError):
            verify.notebook(VerifyNotebookRequest(notebook="notebooks/nowhere.ipynb"))
        with pytest.raises(OutsideRootError):
            verify.export(request(cells_of("1"), [], new_file("../a.py", "")))

    def test_a_plan_that_does_not_fit(self, verify: VerifyService, project: Path) -> None:
        cells = cells_of("1")
        with pytest.raises(RequestError, match="reads otherwise"):
            verify.export(request(cells_of("2"), [replace(cells, 0, "3")]))
        with pytest.raises(RequestError, match="not there"):
            verify.export(request([], [replace(cells, 0, "3")]))
        (project / "notebooks" / "steps.py").write_text("mine")
        with pytest.raises(ChangedError):
            verify.export(request(cells, [], new_file("notebooks/steps.py", "new", "old")))


class TestThePersonsFiles:
    def test_an_editable_install_leads_to_the_copy(
        self, export: Export, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As a ``.pth`` file of an editable install, ``PYTHONPATH`` leads to the original."""
        monkeypatch.setenv("PYTHONPATH", str(project / "src"))
        (project / "src" / "pkg" / "steps.py").write_text("def one():\n    return 1\n")
        cells = cells_of(
            "import subprocess, sys\nimport pkg\npkg.__file__",
            "from pkg import steps\nsteps.one()",
            "print(subprocess.run([sys.executable, '-c', 'import pkg.steps; print(pkg.steps.one())'], "
            "capture_output=True, text=True).stdout)",
        )
        edit = new_file("src/pkg/steps.py", "def one():\n    return 2\n", "def one():\n    return 1\n")
        result = export(cells, [], edit)
        assert [(d.cell_id, d.before[0].text, d.after[0].text) for d in result.differences] == [
            ("c1", "1", "2"),
            ("c2", "1\n\n", "2\n\n"),
        ]

    def test_absolute_paths_are_read_and_not_written(self, export: Export, project: Path) -> None:
        raw = project / "data" / "raw.csv"
        cells = cells_of(
            f"print(len(open({str(raw)!r}).read()))",
            f"open({str(raw)!r}, 'w')",
            f"import os\nos.remove({str(raw)!r})",
            f"os.chdir({str(project)!r})\nopen('new.txt', 'w')",
            f"import pathlib\npathlib.Path({str(project / 'made')!r}).mkdir()",
        )
        before = contents(project)
        result = export(cells, [])
        assert result.summary == "Same outputs in 5 of 5 cells; 4 end with an error in the original"
        assert contents(project) == before
        assert not (project / "made").exists()


class TestCancel:
    def test_midway_no_process_and_no_copy_is_left(
        self, verify: VerifyService, jobs: JobService, project: Path, tmp_path: Path
    ) -> None:
        there = tmp_path / "there"
        loop = "import subprocess, time\nsubprocess.Popen(['sleep', '100'], start_new_session=True)\n"
        cells = cells_of(f"{loop}open({str(there)!r}, 'w').write(__import__('os').getcwd())\nwhile True: pass")
        asked = request(cells, [replace(cells, 0, "2")])
        job = verify.export(asked)
        assert verify.export(asked).id == job.id, "equal requests are one job"
        assert jobs.cancel(job.id).state in ("queued", "running"), "it stays for the other one"
        deadline = time.monotonic() + LONG
        while not (there.exists() and there.read_text()):
            assert time.monotonic() < deadline, jobs.log(job.id).text
            time.sleep(0.05)
        now = jobs.get(job.id)
        assert now.progress is not None
        assert (now.progress.label, now.progress.total) == ("Before: cell 1 of 1", 2)
        kernels = [process for process in marked(job.id) if "ipykernel_launcher" in " ".join(process.cmdline())]
        assert kernels
        assert Path(there.read_text()).is_dir()
        assert jobs.cancel(job.id).state == "cancelled"
        assert marked(job.id) == []
        assert not any(kernel.is_running() and kernel.status() != "zombie" for kernel in kernels)
        assert not Path(there.read_text()).exists()
        assert "Before: cell 1 of 1" in jobs.log(job.id).text

    def test_kill_of_the_job_ends_its_kernel(self, verify: VerifyService, jobs: JobService, tmp_path: Path) -> None:
        there = tmp_path / "there"
        job = verify.export(request(cells_of(f"open({str(there)!r}, 'w').close()\nwhile True: pass"), []))
        deadline = time.monotonic() + LONG
        while not there.exists():
            assert time.monotonic() < deadline, jobs.log(job.id).text
            time.sleep(0.05)
        (child,) = [process for process in marked(job.id) if process.ppid() == os.getpid()]
        child.send_signal(signal.SIGKILL)
        ended = jobs.wait(job.id, LONG)
        assert (ended.state, ended.error and ended.error.code) == ("failed", "killed")
        assert marked(job.id) == []
