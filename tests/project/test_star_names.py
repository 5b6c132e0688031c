"""The names behind ``*`` are asked of the kernel's own Python."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from jupyterlab_prodify.api.export import Cell, ExportRequest, Planned, Refused
from jupyterlab_prodify.project.export_service import ExportService
from jupyterlab_prodify.project.kernel import Kernel
from jupyterlab_prodify.project.star_names import StarResolver


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    (tmp_path / "shapes.py").write_text("__all__ = ['area']\narea = hidden = 1\nprint('loud')\n")
    (tmp_path / "broken.py").write_text("raise SystemExit(3)\n")
    return tmp_path / "explore.ipynb"


def test_installed_local_and_missing_modules(notebook: Path) -> None:
    found = StarResolver().names_of(["math", "shapes", "broken", "no_such_module"], Kernel(), notebook)
    assert set(found) == {"math", "shapes"}
    assert list(found["shapes"]) == ["area"]
    assert "sqrt" in found["math"]


def test_a_changed_module_is_asked_again(notebook: Path) -> None:
    resolver = StarResolver()
    assert resolver.names_of(["shapes"], Kernel(), notebook) == {"shapes": ("area",)}
    (notebook.parent / "shapes.py").write_text("side = 4\n")
    assert resolver.names_of(["shapes"], Kernel(), notebook) == {"shapes": ("side",)}


def test_what_is_known_is_not_asked_again(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = StarResolver()
    first = resolver.names_of(["math"], Kernel(), notebook)
    monkeypatch.setattr(Kernel, "run", lambda *_, **__: pytest.fail("asked again"))
    assert resolver.names_of(["math"], Kernel(), notebook) == first


def test_a_python_that_does_not_start(notebook: Path) -> None:
    assert StarResolver().names_of(["math"], Kernel((str(notebook.parent / "no-python"),)), notebook) == {}


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
