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


def test_what_comes_on_first_use_is_told_and_not_limited(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = '"./index":()=>Promise.all([n.e(266),n.e(7)]).then(()=>n(1)),"./style":()=>n.e(9).then(()=>n(2));n.e(5)'
    static = built / "static"
    (static / "remoteEntry.1a.js").write_text(entry, encoding="utf-8")
    for name in ("5.a.js", "7.b.js", "9.c.js", "style.js"):
        (static / name).write_text("z" * 10, encoding="utf-8")
    start = bundle_size.at_start(built)
    assert set(start) == {"remoteEntry.1a.js", "266.2b.js", "7.b.js", "9.c.js", "style.js"}
    monkeypatch.setattr(bundle_size, "LIMIT", sum(start.values()))
    assert bundle_size.main(built) == 0
    monkeypatch.setattr(bundle_size, "LIMIT", sum(start.values()) - 1)
    assert bundle_size.main(built) == 1


def test_a_build_for_development_is_not_measured(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (built / "static" / "remoteEntry.1a.js").write_text("var a;\n" * 100, encoding="utf-8")
    assert bundle_size.main(built) == 1
    assert "make build" in capsys.readouterr().err


def test_no_build_is_not_success(built: Path) -> None:
    for path in (built / "static").iterdir():
        path.unlink()
    assert bundle_size.main(built) == 1
