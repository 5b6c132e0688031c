from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from jupyterlab_prodify.api.export import Cell, ExportRequest, FileEdit, Plan, Planned, Refusal, Refused
from jupyterlab_prodify.api.project import ImportCheckRequest, InstallRequest
from jupyterlab_prodify.project.errors import (
    ChangedError,
    ForbiddenPathError,
    NotFoundError,
    OutsideRootError,
    RequestError,
)
from jupyterlab_prodify.project.export_service import ExportService
from jupyterlab_prodify.project.text_file import hash_of

pytestmark = pytest.mark.usefixtures("state")

SOURCES = ["import math", "a = 1\nb = 2", "c = math.hypot(a, b)", "print(c)"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "world"
    (root / "notebooks").mkdir(parents=True)
    (root / "src" / "pkg").mkdir(parents=True)
    (root / "src" / "pkg" / "__init__.py").touch()
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


def request(notebook: str = "notebooks/20_steps.ipynb", sources: list[str] | None = None, **more: Any) -> ExportRequest:
    cells = [Cell(id=f"c{index}", source=source) for index, source in enumerate(sources or SOURCES)]
    return ExportRequest(notebook=notebook, cells=cells, **{"selected": ["c2"], "name": "length", **more})


def plan(service: ExportService, asked: ExportRequest) -> Plan:
    answer = service.plan(asked)
    assert isinstance(answer, Planned), answer
    return answer.plan


def refusal(service: ExportService, asked: ExportRequest) -> Refusal:
    answer = service.plan(asked)
    assert isinstance(answer, Refused), answer
    return answer.refusal


def execute(folder: Path, cells: list[str]) -> str:
    """What the cells print as a program that is started in the notebook's folder."""
    lines = [line for cell in cells for line in cell.split("\n") if not line.startswith("%")]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def edited(plan: Plan, sources: list[str]) -> list[str]:
    after = {edit.cell_id: edit.source_after for edit in plan.cell_edits if hasattr(edit, "source_after")}
    return [after.get(f"c{index}", source) for index, source in enumerate(sources)]


@pytest.mark.parametrize(
    "module",
    [
        None,
        "notebooks/steps.py",
        "notebooks/sub/steps.py",
        "src/pkg/new/steps.py",
        "src/other/steps.py",
        "lib/steps.py",
        "odd-folder/steps.py",
        "src/steps.py",
    ],
)
def test_the_notebook_runs_as_before_wherever_the_module_lies(root: Path, module: str | None) -> None:
    service = ExportService(root)
    found = plan(service, request(module=module))
    service.apply(found.file_edits)
    assert (root / found.module).is_file()
    assert execute(root / "notebooks", edited(found, SOURCES)) == execute(root / "notebooks", SOURCES)


def test_the_suggested_module_is_the_stage_of_the_package(root: Path) -> None:
    found = plan(ExportService(root), request())
    assert (found.module, found.import_name) == ("src/pkg/steps.py", "pkg.steps")


def test_the_path_line_is_there_when_it_is_needed(root: Path) -> None:
    line = 'import sys; sys.path.insert(0, "../src")'
    spec = SimpleNamespace(argv=["python", "-m", "x"], language="python", env={"PYTHONPATH": str(root / "src")})
    service = ExportService(root, lambda name: spec)
    texts = {
        (choice, kernel): "\n".join(edited(plan(service, request(make_importable=choice, kernel_name=kernel)), SOURCES))
        for choice in ("auto", "path", "none")
        for kernel in (None, "with-package")
    }
    assert {key for key, text in texts.items() if line in text} == {
        ("auto", None),
        ("path", None),
        ("path", "with-package"),
    }


def test_the_path_line_is_written_once(root: Path) -> None:
    service = ExportService(root)
    first = edited(plan(service, request()), SOURCES)
    second = plan(service, request(sources=first, selected=["c3"], name="show"))
    assert "\n".join(edited(second, first)).count("sys.path.insert") == 1


def test_an_impatient_service_takes_the_safe_way(root: Path, tmp_path: Path) -> None:
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text("import time; time.sleep(1)")
    paths = f"{tmp_path / 'slow'}{os.pathsep}{root / 'src'}"
    spec = SimpleNamespace(argv=["python", "-m", "x"], language="python", env={"PYTHONPATH": paths})
    service = ExportService(root, lambda name: spec, patience=0.05)
    assert "sys.path" in "\n".join(edited(plan(service, request(kernel_name="slow")), SOURCES))


def test_new_package_folders_come_with_their_files_and_go_with_undo(root: Path) -> None:
    service = ExportService(root)
    found = plan(service, request(module="src/pkg/deep/er/steps.py"))
    assert [edit.path for edit in found.file_edits] == [
        "src/pkg/deep/__init__.py",
        "src/pkg/deep/er/__init__.py",
        "src/pkg/deep/er/steps.py",
    ]
    written = service.apply(found.file_edits).written
    undo = [
        FileEdit(path=edit.path, hash_before=file.hash, text_before=edit.text_after, text_after=edit.text_before)
        for edit, file in zip(found.file_edits, written, strict=True)
    ]
    assert [file.hash for file in service.apply(undo).written] == [None, None, None]
    assert sorted(path.name for path in (root / "src" / "pkg").iterdir()) == ["__init__.py"]


@pytest.mark.parametrize(
    "content",
    [
        b"# -*- coding: latin-1 -*-\r\n'''\xe9t\xe9'''\r\n\r\n\r\ndef other():\r\n    return '\xe9'  # \xfc\r\n",
        b"\xef\xbb\xbf'''BOM'''\n",
        b"'''no last line end'''",
    ],
)
def test_encoding_and_line_ends_of_the_module_are_kept(root: Path, content: bytes) -> None:
    module = root / "src" / "pkg" / "steps.py"
    module.write_bytes(content)
    service = ExportService(root)
    service.apply(plan(service, request(module="src/pkg/steps.py")).file_edits)
    after = module.read_bytes()
    assert b"def length(" in after
    assert after.startswith(content.splitlines()[0].rstrip())
    if b"\r\n" in content:
        assert after.count(b"\n") == after.count(b"\r\n")
    assert all(line in after for line in content.splitlines())
    execute(root / "notebooks", ["import sys; sys.path.insert(0, '../src')", "from pkg.steps import length"])


def test_a_module_whose_encoding_cannot_hold_the_code(root: Path) -> None:
    (root / "src" / "pkg" / "steps.py").write_bytes(b"# coding: latin-1\n")
    found = refusal(
        ExportService(root), request(sources=[*SOURCES[:2], "c = '€'", SOURCES[3]], module="src/pkg/steps.py")
    )
    assert (found.field, found.code) == ("module", "not_writable")


def test_a_module_behind_a_link_inside_the_root(root: Path) -> None:
    (root / "src" / "pkg" / "real.py").write_text("")
    (root / "notebooks" / "link.py").symlink_to(root / "src" / "pkg" / "real.py")
    service = ExportService(root)
    service.apply(plan(service, request(module="notebooks/link.py")).file_edits)
    assert (root / "notebooks" / "link.py").is_symlink()
    assert "def length(" in (root / "src" / "pkg" / "real.py").read_text()


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("../steps.py", "outside_root"),
        ("/etc/steps.py", "outside_root"),
        ("C:\\steps.py", "outside_root"),
        ("outside/steps.py", "outside_root"),
        (".git/steps.py", "not_writable"),
        ("steps.txt", "not_writable"),
        ("src/pkg", "not_writable"),
        ("folder.py", "not_writable"),
        ("", "not_writable"),
        ("src/10_steps.py", "bad_module_name"),
        ("src/json.py", "bad_module_name"),
        ("locked.py", "not_writable"),
        ("binary.py", "not_writable"),
        ("src/pkg/__init__.py/steps.py", "not_writable"),
        ("a\0.py", "bad_request"),
        ("x" * 300 + ".py", "bad_request"),
        ("broken.py", "module_syntax_error"),
    ],
)
def test_a_module_that_cannot_be_the_target(root: Path, tmp_path: Path, module: str, code: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / "outside").symlink_to(tmp_path / "elsewhere")
    (root / "folder.py").mkdir()
    (root / "locked.py").write_text("")
    (root / "locked.py").chmod(0o444)
    (root / "binary.py").write_bytes(b"\xff\x00")
    (root / "broken.py").write_text("a = 1\ndef f(:\n")
    found = refusal(ExportService(root), request(module=module))
    assert (found.code, found.field) == (code, "module")
    assert found.remedy
    if code == "module_syntax_error":
        assert "line 2" in found.message
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("language", ["R", "julia", "SQL"])
def test_a_notebook_in_another_language(root: Path, language: str) -> None:
    assert refusal(ExportService(root), request(language=language)).code == "not_python"


def test_a_notebook_elsewhere(root: Path) -> None:
    with pytest.raises(OutsideRootError):
        ExportService(root).plan(request("../nb.ipynb"))
    with pytest.raises(NotFoundError):
        ExportService(root).plan(request("nowhere/nb.ipynb"))


def test_a_plan_writes_nothing(root: Path) -> None:
    before = sorted(root.rglob("*"))
    plan(ExportService(root), request(module="new/steps.py"))
    assert sorted(root.rglob("*")) == before


def test_a_plan_of_an_older_state_is_not_applied(root: Path) -> None:
    service = ExportService(root)
    found = plan(service, request())
    (root / found.module).write_text("mine")
    with pytest.raises(ChangedError):
        service.apply(found.file_edits)
    assert (root / found.module).read_text() == "mine"


@pytest.mark.parametrize(
    ("path", "error"),
    [("../a.py", OutsideRootError), ("nb.ipynb", ForbiddenPathError), (".git/config", ForbiddenPathError)],
)
def test_only_modules_inside_the_root_are_written(root: Path, path: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        ExportService(root).apply([FileEdit(path=path, hash_before=None, text_before=None, text_after="")])


@pytest.mark.parametrize("encoding", ["nonsense", "hex", "ascii", "idna"])
def test_an_encoding_that_cannot_be(root: Path, encoding: str) -> None:
    edit = FileEdit(path="a.py", hash_before=None, text_before=None, text_after="€" * 80, encoding=encoding)
    with pytest.raises(ForbiddenPathError):
        ExportService(root).apply([edit])


def test_project_info(root: Path) -> None:
    (root / "src" / "pkg" / "eda.py").touch()
    (root / "notebooks" / "tools.py").touch()
    (root / "notebooks" / "10 bad name.py").touch()
    info = ExportService(root.parent).project_info("world/notebooks/20_steps.ipynb")
    assert (info.root, info.name, info.kind, info.package) == ("world", "world", "git", "pkg")
    assert info.suggested_module == "world/src/pkg/steps.py"
    assert {module.path: module.import_name for module in info.modules} == {
        "world/src/pkg/eda.py": "pkg.eda",
        "world/notebooks/tools.py": "tools",
    }
    assert ExportService(root).project_info("notebooks/x.ipynb").root == ""
    with pytest.raises(NotFoundError):
        ExportService(root).project_info("nowhere/x.ipynb")


def test_the_check_says_what_is_found_and_what_can_be_done(root: Path) -> None:
    service = ExportService(root)
    asked = ImportCheckRequest(notebook="notebooks/nb.ipynb", module="src/pkg/steps.py")
    answer = service.check_import(asked)
    assert (answer.import_name, answer.importable, answer.found, answer.installable) == (
        "pkg.steps",
        False,
        None,
        False,
    )
    assert answer.interpreter == sys.executable
    assert answer.path_line == 'import sys; sys.path.insert(0, "../src")'
    (root / "pyproject.toml").write_text("[project]\nname = 'pkg'\n")
    assert service.check_import(asked).installable
    beside = ImportCheckRequest(notebook="notebooks/nb.ipynb", module="notebooks/steps.py")
    assert service.check_import(beside).importable


def test_a_project_without_pyproject_is_not_installed(root: Path) -> None:
    with pytest.raises(RequestError) as caught:
        ExportService(root).install(InstallRequest(notebook="notebooks/nb.ipynb"))
    assert caught.value.remedy


def test_undo_of_a_change_compares_first(root: Path) -> None:
    service = ExportService(root)
    module = root / "src" / "pkg" / "steps.py"
    module.write_text("x = 1\n")
    edit = plan(service, request()).file_edits[0]
    written = service.apply([edit]).written[0]
    assert written.hash == hash_of(module.read_bytes())
    undo = FileEdit(path=edit.path, hash_before=written.hash, text_before=edit.text_after, text_after=edit.text_before)
    service.apply([undo])
    assert module.read_text() == "x = 1\n"
    with pytest.raises(ChangedError):
        service.apply([undo])


class TestOutsideTheProject:
    """What the server serves may hold more than the project of the notebook."""

    def codes(self, served: Path, notebook: str, module: str) -> list[str]:
        return [w.code for w in plan(ExportService(served), request(notebook, module=module)).warnings]

    def test_a_module_beside_the_repository_is_warned_of(self, root: Path) -> None:
        asked = request("world/notebooks/20_steps.ipynb", module="tools.py")
        warning = plan(ExportService(root.parent), asked).warnings[0]
        assert (warning.code, warning.cell_id) == ("outside_project", None)
        assert warning.message.startswith("`tools.py` lies outside of the project `world`: ")

    def test_one_inside_is_not(self, root: Path) -> None:
        assert "outside_project" not in self.codes(root.parent, "world/notebooks/n.ipynb", "world/src/pkg/tools.py")

    def test_without_a_repository_its_folder_counts(self, tmp_path: Path) -> None:
        (tmp_path / "lib").mkdir()
        (tmp_path / "work" / "deep").mkdir(parents=True)
        asked = (tmp_path, "work/deep/n.ipynb", "lib/tools.py")
        assert "outside_project" not in self.codes(*asked), "a plain folder has no bounds"
        (tmp_path / "work" / "pyproject.toml").touch()
        assert "outside_project" in self.codes(*asked)
