from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_prodify.jobs.service import JobService, Work
from jupyterlab_prodify.project.export_service import ExportService
from jupyterlab_prodify.project.journal import new_journal
from jupyterlab_prodify.project.steps import FileStep
from jupyterlab_prodify.project.text_file import hash_of

CODE = "import json, sys, jupyterlab_prodify.app; print(json.dumps(sorted(sys.modules)))"
HEAVY = {"libcst", "nbclient", "nbformat", "git", "dvc", "isort", "pandas", "IPython"}


@pytest.fixture
def jp_server_config() -> dict[str, Any]:
    return {"ServerApp": {"jpserver_extensions": {"jupyterlab_prodify": True}}}


def modules(code: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_nothing_heavy_is_imported_at_the_start_of_a_server() -> None:
    before = modules("import json, sys, jupyter_server.serverapp; print(json.dumps(sorted(sys.modules)))")
    added = modules(CODE) - before
    assert not {name.split(".")[0] for name in added} & HEAVY
    assert not [name for name in added if name.startswith("jupyterlab_prodify.refactor")]


def test_the_service_works_in_the_servers_folder(jp_serverapp: Any, jp_root_dir: Path) -> None:
    service = jp_serverapp.web_app.settings["prodify_export_service"]
    assert isinstance(service, ExportService)
    assert service.root == jp_root_dir.resolve()


async def test_the_engine_is_loaded_once_the_server_runs(jp_serverapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "jupyterlab_prodify.refactor.export", raising=False)
    await jp_serverapp.extension_manager.start_all_extensions()
    assert "jupyterlab_prodify.refactor.export" in sys.modules


async def test_jobs_in_a_temporary_folder_leave_nothing(
    jp_serverapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_service: JobService) -> None:
        raise OSError("no space left")

    app = jp_serverapp.extension_manager.extension_apps["jupyterlab_prodify"].copy().pop()
    monkeypatch.setattr(JobService, "recover", full)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    jobs = app._job_service(tmp_path)
    (folder,) = tmp_path.glob("prodify-jobs-*")
    jobs.wait(jobs.start(Work("verify", "Nothing", ["/no/such/program"])).id, 60)
    monkeypatch.setitem(app.settings, "prodify_jobs", jobs)
    await app.stop_extension()
    assert not folder.exists()


@pytest.fixture
def interrupted(jp_environ: Any, jp_root_dir: Path) -> Path:
    """A transaction that was decided and not finished when its process ended."""
    target, staged, backup = (jp_root_dir / name for name in ("a.py", ".prodify-1.new", ".prodify-1.old"))
    target.write_text("old")
    staged.write_text("new")
    os.link(target, backup)
    journal = new_journal()
    journal.steps.append(FileStep(str(target), str(staged), str(backup), hash_of(b"old"), hash_of(b"new")))
    journal.save(ready=True)
    return target


def test_the_start_of_a_server_finishes_what_a_killed_one_left(interrupted: Path, jp_serverapp: Any) -> None:
    assert interrupted.read_text() == "new"
    assert [path.name for path in interrupted.parent.iterdir()] == ["a.py"]


class TestChangedSince:
    @pytest.fixture
    def changed(self, interrupted: Path) -> Path:
        interrupted.unlink()
        interrupted.write_text("mine")
        return interrupted

    def test_a_file_that_was_changed_since_is_kept(self, changed: Path, jp_serverapp: Any) -> None:
        assert changed.read_text() == "mine"
