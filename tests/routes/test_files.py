from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_prodify.project.text_file import hash_of
from tests.routes.conftest import Ask


def edit(path: str, after: str | None, before: str | None = None) -> dict[str, Any]:
    hashed = None if before is None else hash_of(before.encode())
    return {"path": path, "hash_before": hashed, "text_before": before, "text_after": after}


async def test_files_are_written_and_their_hashes_told(ask: Ask, root: Path) -> None:
    (root / "a.py").write_text("old")
    answer = await ask("files/apply", {"edits": [edit("a.py", "new", "old"), edit("pkg/Größe.py", "é")]})
    assert answer.status == 200
    assert answer.body["written"] == [
        {"path": "a.py", "hash": hash_of(b"new")},
        {"path": "pkg/Größe.py", "hash": hash_of("é".encode())},
    ]
    assert (root / "pkg" / "Größe.py").read_text("utf-8") == "é"


async def test_apply_and_undo(ask: Ask, root: Path) -> None:
    await ask("files/apply", {"edits": [edit("pkg/__init__.py", ""), edit("pkg/a.py", "new")]})
    answer = await ask("files/apply", {"edits": [edit("pkg/__init__.py", None, ""), edit("pkg/a.py", None, "new")]})
    assert [file["hash"] for file in answer.body["written"]] == [None, None]
    assert not (root / "pkg").exists()


async def test_a_file_that_has_changed(ask: Ask, root: Path) -> None:
    (root / "b.py").write_text("edited")
    answer = await ask("files/apply", {"edits": [edit("a.py", "new"), edit("b.py", "new", "old")]})
    assert answer.status == 409
    assert (answer.body["code"], answer.body["path"]) == ("changed", "b.py")
    assert answer.body["remedy"]
    assert not (root / "a.py").exists()
    assert (root / "b.py").read_text() == "edited"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("../a.py", 403, "outside_root"),
        ("/tmp/a.py", 403, "outside_root"),
        ("C:/a.py", 403, "outside_root"),
        ("out/a.py", 403, "outside_root"),
        ("out.py", 403, "outside_root"),
        (".ipython/a.py", 403, "not_writable"),
        ("a.ipynb", 403, "not_writable"),
        ("locked.py", 403, "not_writable"),
        ("a\0.py", 400, "bad_request"),
    ],
)
async def test_a_path_that_may_not_be_written(
    ask: Ask, root: Path, tmp_path: Path, path: str, status: int, code: str
) -> None:
    (root / "out").symlink_to(tmp_path)
    (tmp_path / "target.py").write_text("old")
    (root / "out.py").symlink_to(tmp_path / "target.py")
    (root / "locked.py").write_text("old")
    (root / "locked.py").chmod(0o444)
    answer = await ask("files/apply", {"edits": [edit("first.py", "new"), edit(path, "new", "old")]})
    assert (answer.status, answer.body["code"]) == (status, code)
    assert not (root / "first.py").exists()
    assert (tmp_path / "target.py").read_text() == "old"


async def test_of_two_tabs_at_the_same_moment_one_wins(ask: Ask, root: Path) -> None:
    (root / "a.py").write_text("old")
    texts = [f"new {number}\n" * 10_000 for number in range(6)]
    answers = await asyncio.gather(*(ask("files/apply", {"edits": [edit("a.py", text, "old")]}) for text in texts))
    assert sorted(answer.status for answer in answers) == [200] + [409] * 5
    won = next(index for index, answer in enumerate(answers) if answer.status == 200)
    assert (root / "a.py").read_text() == texts[won]
