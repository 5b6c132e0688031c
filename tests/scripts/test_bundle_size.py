"""The limit of the bundle holds for a production build and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import bundle_size


@pytest.fixture
def built(tmp_path: Path) -> Path:
    static = tmp_path / "static"
    static.mkdir()
    (static / "remoteEntry.1a.js").write_text("var a;", encoding="utf-8")
    (static / "266.2b.js").write_text("x" * 1000, encoding="utf-8")
    (static / "266.2b.js.map").write_text("y" * 9000, encoding="utf-8")
    return tmp_path


def test_scripts_count_and_maps_do_not(built: Path) -> None:
    assert bundle_size.sizes(built) == {"266.2b.js": 1000, "remoteEntry.1a.js": 6}


@pytest.mark.parametrize(("limit", "code"), [(1006, 0), (1005, 1)])
def test_the_limit_is_exact(built: Path, monkeypatch: pytest.MonkeyPatch, limit: int, code: int) -> None:
    monkeypatch.setattr(bundle_size, "LIMIT", limit)
    assert bundle_size.main(built) == code


def test_a_build_for_development_is_not_measured(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (built / "static" / "remoteEntry.1a.js").write_text("var a;\n" * 100, encoding="utf-8")
    assert bundle_size.main(built) == 1
    assert "make build" in capsys.readouterr().err


def test_no_build_is_not_success(built: Path) -> None:
    for path in (built / "static").iterdir():
        path.unlink()
    assert bundle_size.main(built) == 1
