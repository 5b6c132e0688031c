"""The names behind ``*``: of the project read, of installed packages asked of the kernel's own Python."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from jupyterlab_prodify.api.export import Cell, ExportRequest, Planned, Refused
from jupyterlab_prodify.project import star_names
from jupyterlab_prodify.project.export_service import ExportService
from jupyterlab_prodify.project.kernel import Kernel
from jupyterlab_prodify.project.star_names import StarResolver


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    (tmp_path / "shapes.py").write_text("__all__ = ['area']\narea = hidden = 1\nopen('ran', 'w')\n")
    (tmp_path / "broken.py").write_text("raise SystemExit(3)\n")
    return tmp_path / "explore.ipynb"


def ask(resolver: StarResolver, notebook: Path, *modules: str, kernel: Kernel | None = None) -> dict[str, Any]:
    return resolver.names_of(modules, kernel or Kernel(), [notebook.parent], notebook.parent)


def site(folder: Path, name: str, text: str) -> Kernel:
    """A Python that has a package of this name installed."""
    place = folder / "lib" / "site-packages" / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "__init__.py").write_text(text)
    return Kernel(environment={"PYTHONPATH": str(place.parent)})


def test_installed_local_and_missing_modules(notebook: Path) -> None:
    found = ask(StarResolver(), notebook, "math", "shapes", "broken", "no_such_module")
    assert set(found) == {"math", "shapes"}
    assert list(found["shapes"]) == ["area"]
    assert "sqrt" in found["math"]


def test_nothing_of_the_project_is_run(notebook: Path) -> None:
    folder = notebook.parent
    for name in ("json", "importlib", "os", "sitecustomize", "usercustomize", "broken_too", "numbers"):
        (folder / f"{name}.py").write_text(f"open({str(folder / 'ran')!r}, 'w')\nx = 1\n")
    (folder / "src").mkdir()
    (folder / "src" / "late.py").write_text(f"open({str(folder / 'ran')!r}, 'w')\nlate = 1\n")
    kernel = Kernel(environment={"PYTHONPATH": os.pathsep.join([str(folder), str(folder / "src"), "src"])})
    found = ask(StarResolver(), notebook, "shapes", "broken_too", "late", "fractions", "json", kernel=kernel)
    assert not (folder / "ran").exists()
    assert list(found["late"]) == ["late"], "found where the kernel finds it, and read"
    assert "json" not in found, "a kernel may have loaded that of Python already"
    assert "Fraction" in found["fractions"]


def test_what_an_installed_package_loads_is_never_of_the_project(notebook: Path, tmp_path: Path) -> None:
    (notebook.parent / "plugin.py").write_text("open('ran', 'w')\n")
    kernel = site(tmp_path / "env", "tool", "try:\n    import plugin\nexcept ImportError:\n    plugin = None\n")
    found = ask(StarResolver(), notebook, "tool", kernel=kernel)
    assert list(found["tool"]) == ["plugin"]
    assert not (notebook.parent / "ran").exists()


def test_a_module_of_the_project_that_hands_on_installed_names(notebook: Path) -> None:
    (notebook.parent / "more.py").write_text("from fractions import *\nfrom shapes import *\nown = 1\n")
    assert {"Fraction", "area", "own"} <= set(ask(StarResolver(), notebook, "more")["more"])


def test_a_name_that_may_be_bound_matters_only_where_it_is_used(notebook: Path) -> None:
    (notebook.parent / "m.py").write_text("a = 1\nif a > 1:\n    b = 2\n")
    places = (Kernel(), [notebook.parent], notebook.parent)
    assert StarResolver().names_of(["m"], *places, used={"a", "c"}) == {"m": ("a",)}
    assert StarResolver().names_of(["m"], *places, used={"a", "b"}) == {}
    assert StarResolver().names_of(["m"], *places) == {}


def test_a_changed_module_is_asked_again(notebook: Path) -> None:
    resolver = StarResolver()
    assert ask(resolver, notebook, "shapes") == {"shapes": ("area",)}
    (notebook.parent / "shapes.py").write_text("side = 4\n")
    assert ask(resolver, notebook, "shapes") == {"shapes": ("side",)}


def test_an_installed_package_is_asked_again_when_any_file_of_it_changes(notebook: Path, tmp_path: Path) -> None:
    kernel = site(tmp_path / "env", "tool", "from .inner import *\n")
    inner = tmp_path / "env/lib/site-packages/tool/inner.py"
    inner.write_text("a = 1\n")
    resolver = StarResolver()
    assert set(ask(resolver, notebook, "tool", kernel=kernel)["tool"]) == {"a", "inner"}
    inner.write_text("a = bb = 1\n")
    assert set(ask(resolver, notebook, "tool", kernel=kernel)["tool"]) == {"a", "bb", "inner"}


@pytest.mark.parametrize("module", ["math", "no_such_module"])
def test_what_is_known_is_not_asked_again(module: str, notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = StarResolver()
    first = ask(resolver, notebook, module)
    monkeypatch.setattr(star_names, "run_alone", lambda *_: pytest.fail("asked again"))
    assert ask(resolver, notebook, module) == first


def test_a_module_that_is_missing_is_looked_for_again_after_a_while(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(star_names, "_MISSING_SECONDS", 0.0)
    resolver, kernel = StarResolver(), site(tmp_path / "env", "other", "")
    assert ask(resolver, notebook, "tool", kernel=kernel) == {}
    site(tmp_path / "env", "tool", "a = 1")
    assert ask(resolver, notebook, "tool", kernel=kernel) == {"tool": ("a",)}


def test_a_slow_module_costs_only_itself_and_leaves_no_process(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(star_names, "_SECONDS", 2.0)
    started = tmp_path / "started"
    text = (
        "import subprocess, sys, time\n"
        "one = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(100)'], start_new_session=True)\n"
        "two = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(100)'])\n"
        f"open({str(started)!r}, 'w').write(f'{{one.pid}} {{two.pid}}')\n"
        "time.sleep(100)\n"
    )
    kernel = site(tmp_path / "env", "slow", text)
    site(tmp_path / "env", "quick", "a = 1")
    resolver = StarResolver()
    begin = time.monotonic()
    assert ask(resolver, notebook, "slow", "quick", kernel=kernel) == {"quick": ("a",)}
    assert time.monotonic() - begin < 10
    pids = [int(pid) for pid in started.read_text().split()]
    deadline = time.monotonic() + 10
    while any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    begin = time.monotonic()
    assert ask(resolver, notebook, "slow", kernel=kernel) == {}
    assert time.monotonic() - begin < 1


def test_who_asks_for_another_module_does_not_wait(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resolver, waiting, go_on = StarResolver(), threading.Event(), threading.Event()
    real = star_names.run_alone

    def run(kernel: Kernel, arguments: list[str], folder: Path, seconds: float) -> str:
        if "fractions" in arguments:
            waiting.set()
            assert go_on.wait(30)
        return real(kernel, arguments, folder, seconds)

    monkeypatch.setattr(star_names, "run_alone", run)
    slow = threading.Thread(target=ask, args=(resolver, notebook, "fractions"))
    slow.start()
    assert waiting.wait(30)
    assert "sqrt" in ask(resolver, notebook, "math")["math"]
    go_on.set()
    slow.join()


def test_a_python_that_does_not_start(notebook: Path) -> None:
    kernel = Kernel((str(notebook.parent / "no-python"),))
    assert ask(StarResolver(), notebook, "math", kernel=kernel) == {}


def test_plans_of_the_service(notebook: Path) -> None:
    def asked(module: str) -> ExportRequest:
        sources = [f"from {module} import *", "y = area", "print(y)"]
        cells = [Cell(id=f"c{place}", source=source) for place, source in enumerate(sources)]
        return ExportRequest(notebook=notebook.name, cells=cells, selected=["c1"], module="steps.py")

    service = ExportService(notebook.parent)
    answer = service.plan(asked("shapes"))
    assert isinstance(answer, Planned)
    assert "from shapes import area" in (answer.plan.file_edits[-1].text_after or "")
    refused = service.plan(asked("no_such_module"))
    assert isinstance(refused, Refused)
    assert refused.refusal.code == "star_import"
    assert sys.modules.get("shapes") is None
    assert not (notebook.parent / "ran").exists()
