"""``jupyter prodify verify`` with real kernels."""

from __future__ import annotations

import io
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from jupyterlab_prodify.api.jobs import JobProgress
from jupyterlab_prodify.cli.verify_report import Progress
from jupyterlab_prodify.jobs.processes import MARK
from tests.cli.conftest import MakeNotebook, Program


@pytest.fixture(autouse=True)
def own_ipython(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))


def save_outputs(notebook: Path, texts: dict[int, str]) -> None:
    data = json.loads(notebook.read_text())
    for index, text in texts.items():
        data["cells"][index]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    notebook.write_text(json.dumps(data))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestTwoNotebooks:
    def test_an_export_and_what_was_before(self, program: Program, make_notebook: MakeNotebook, folder: Path) -> None:
        before, after = make_notebook(name="before.ipynb"), make_notebook(name="after.ipynb")
        assert program("export", "after.ipynb", "--cell", "3", "--to", "steps.py", "--name", "length").code == 0
        there = files(folder)
        outcome = program("verify", before, after)
        assert outcome.code == 0, outcome.err
        assert outcome.out.startswith("Same outputs in 4 of 4 cells (")
        assert outcome.err == "", "progress is for terminals"
        assert files(folder) == there

    def test_the_first_difference_side_by_side(
        self, program: Program, make_notebook: MakeNotebook, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "63")
        make_notebook(["import time", "print('same\\n' * 9 + 'old')", "time.time_ns()", "1"], "before.ipynb")
        make_notebook(["import time", "print('same\\n' * 9 + 'new')", "time.time_ns()", "2"], "after.ipynb")
        outcome = program("verify", "before.ipynb", "after.ipynb", "--kernel", "python3", "--timeout", "60")
        assert outcome.code == 5
        lines = outcome.out.splitlines()
        assert lines[0].startswith("Same outputs in 1 of 4 cells; 2 differ; 1 differs from run to run by itself (")
        assert lines[1] == "Differ from run to run by themselves: cell-2"
        assert lines[2:] == [
            "First difference, cell 1 (cell-1), stdout:",
            "before                         | after",
            "-------------------------------+-------------------------------",
            "(6 equal lines)                |",
            "same                           | same",
            "same                           | same",
            "same                           | same",
            "old                            | new",
            "Also different: cell 3.",
        ]

    def test_json_and_another_folder(self, program: Program, make_notebook: MakeNotebook, folder: Path) -> None:
        (folder / "data").mkdir()
        (folder / "data" / "x.txt").write_text("7")
        make_notebook(["open('x.txt').read()"], "before.ipynb", ids=False)
        make_notebook(["# Title", "open('x.txt').read()"], "deep/after.ipynb", ids=False)
        outcome = program("verify", "before.ipynb", "deep/after.ipynb", "--folder", "data", "--json")
        assert outcome.code == 0
        result = outcome.json["verify"]
        assert (result["verdict"], result["same"], result["total"], result["kernel"]) == ("same", 1, 1, "python3")
        assert result["summary"] == "Same outputs in 1 of 1 cell", "no error: the file is found"


class TestOneNotebook:
    def test_does_it_reproduce(self, program: Program, make_notebook: MakeNotebook) -> None:
        notebook = make_notebook(["print(1)", "print(hidden)"])
        save_outputs(notebook, {0: "1\n", 1: "2\n"})
        outcome = program("verify", notebook)
        assert outcome.code == 5
        assert "First difference, cell 1 (cell-1), error:" in outcome.out
        assert "NameError: name 'hidden' is not" in outcome.out

    def test_a_notebook_that_ends_its_kernel(self, program: Program, make_notebook: MakeNotebook) -> None:
        notebook = make_notebook(["import os", "os._exit(1)"])
        save_outputs(notebook, {0: "1\n"})
        outcome = program("verify", notebook)
        assert outcome.code == 3
        assert "Cell 2: The kernel died in the cell." in outcome.out

    def test_one_without_outputs(self, program: Program, make_notebook: MakeNotebook, folder: Path) -> None:
        notebook = make_notebook()
        data = json.loads(notebook.read_text())
        for cell in data["cells"]:
            cell.pop("execution_count", None)
        notebook.write_text(json.dumps(data))
        outcome = program("verify", notebook)
        assert outcome.code == 3
        assert "holds no outputs, so there is nothing to compare with" in outcome.err
        refused = program("verify", notebook, "--json")
        assert (refused.code, refused.json["refusal"]["code"]) == (3, "no_saved_outputs")


class TestInCI:
    def test_the_loop_of_the_documentation(self, make_notebook: MakeNotebook, folder: Path, state: Path) -> None:
        page = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")
        loop = page.split("```sh\n")[1].split("```")[0]
        words = f"{shlex.quote(sys.executable)} -m jupyterlab_prodify verify"
        loop = loop.replace("jupyter prodify verify", words)
        assert words in loop
        make_notebook(["print(1)"], "notebooks/never run.ipynb")
        save_outputs(make_notebook(["print(1)"], "notebooks/good.ipynb"), {0: "1\n"})
        done = subprocess.run(["sh", "-c", loop], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Same outputs in 1 of 1 cell")
        save_outputs(folder / "notebooks" / "good.ipynb", {0: "2\n"})
        assert subprocess.run(["sh", "-c", loop], capture_output=True, check=False).returncode == 1


class TestRefusedAndWrong:
    @pytest.mark.parametrize(
        ("metadata", "options", "code"),
        [
            ({"language_info": {"name": "julia"}}, [], "not_python"),
            ({"kernelspec": {"name": "nowhere", "language": "python"}}, [], "no_kernel"),
            ({}, ["--kernel", "nowhere"], "no_kernel"),
        ],
    )
    def test_refused(
        self, program: Program, make_notebook: MakeNotebook, metadata: Any, options: list[str], code: str
    ) -> None:
        notebook = make_notebook(metadata=metadata)
        outcome = program("verify", notebook, notebook, "--json", *options)
        assert (outcome.code, outcome.json["refusal"]["code"]) == (3, code)
        assert outcome.json["refusal"]["remedy"]

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["nowhere.ipynb"],
            ["explore.ipynb", "nowhere.ipynb"],
            ["explore.ipynb", "--folder", "."],
            ["explore.ipynb", "explore.ipynb", "--folder", "nowhere"],
            ["explore.ipynb", "--timeout", "0"],
            ["explore.ipynb", "--timeout", "soon"],
        ],
    )
    def test_wrong_use(self, program: Program, make_notebook: MakeNotebook, arguments: list[str]) -> None:
        make_notebook()
        outcome = program("verify", *arguments)
        assert outcome.code == 2
        assert outcome.err.startswith("jupyter prodify: ")

    def test_not_a_notebook(self, program: Program, folder: Path) -> None:
        (folder / "x.ipynb").write_text("x")
        assert program("verify", "x.ipynb").code == 3


class TestProgress:
    def test_on_a_terminal_one_line(self) -> None:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        stream = Terminal()
        show = Progress(stream)
        for label in ("Before: cell 1 of 2", "Before: cell 1 of 2", "Before: cell 2 of 2"):
            show(JobProgress(done=0, total=2, label=label))
        show(None)
        show.end()
        assert stream.getvalue() == "\r\x1b[KBefore: cell 1 of 2\r\x1b[KBefore: cell 2 of 2\r\x1b[K"

    def test_elsewhere_nothing(self) -> None:
        stream = io.StringIO()
        show = Progress(stream)
        show(JobProgress(done=0, total=2, label="Before: cell 1 of 2"))
        show.end()
        assert stream.getvalue() == ""


def own_marked(there: Path) -> list[psutil.Process]:
    """The job's processes: those that carry the mark that the cell has written down."""
    mark = there.read_text()
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_the_end_of_the_program_is_the_end_of_its_kernels(
    make_notebook: MakeNotebook, state: Path, tmp_path: Path, number: int
) -> None:
    there = tmp_path / "there"
    code = f"import os\nopen({str(there)!r}, 'w').write(os.environ[{MARK!r}])\nwhile True: pass"
    notebook = make_notebook([code])
    command = [sys.executable, "-m", "jupyterlab_prodify", "verify", str(notebook), str(notebook)]
    started = subprocess.Popen(command, env=dict(os.environ), stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not (there.exists() and there.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert len(own_marked(there)) == 2, "the job and its kernel"
    started.send_signal(number)
    _, err = started.communicate(timeout=60)
    while own_marked(there):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert list((state / "jobs" / "command-line" / "scratch").iterdir()) == []
    if number == signal.SIGINT:
        assert (started.returncode, err) == (130, "jupyter prodify: Stopped by Ctrl C.\n")
