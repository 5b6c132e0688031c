"""Outputs of a stage that is about to run, put aside instead of removed, so that a stop or a crash can bring them back.

Each stage that runs has a folder ``FOLDER/NUMBER`` with ``kept.json`` and the outputs. What is to be moved is written
down first, so that whatever a kill leaves can be told apart.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_RECORD = "kept.json"


class KeptOutputs:
    """The outputs of one stage. ``folder`` is the place of all stages' kept outputs."""

    def __init__(self, folder: Path, stage: str) -> None:
        self.place = folder / hashlib.sha256(stage.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        self.stage = stage
        self._outputs, self._done = self._left()

    def _left(self) -> tuple[list[dict[str, Any]], bool]:
        try:
            record = json.loads((self.place / _RECORD).read_text("utf-8"))
        except (OSError, ValueError):  # nothing has been moved yet
            return [], True
        return record["outputs"], record["done"]

    def take(self, moved: Sequence[str], copied: Sequence[str] = ()) -> None:
        """Put outputs aside; ``copied`` ones stay where they are as well. What a killed process had put aside comes
        back first."""
        self.put_back(over=True)
        self.place.mkdir(parents=True)
        paths = [(path, True) for path in moved] + [(path, False) for path in copied]
        self._outputs = [
            {"path": os.path.abspath(path), "kept": str(number), "moved": move}
            for number, (path, move) in enumerate(paths)
            if os.path.lexists(path)
        ]
        self._save(done=False)
        for output in self._outputs:
            kept = self.place / output["kept"]
            if output["moved"]:
                _move(Path(output["path"]), kept)
            else:
                _copy(Path(output["path"]), kept)

    def decide(self) -> None:
        """The new outputs count from now on."""
        self._save(done=True)

    def drop(self) -> None:
        """The kept outputs are not needed any more."""
        shutil.rmtree(self.place, ignore_errors=True)

    def put_back(self, over: bool) -> list[str]:
        """Bring outputs back; ``over`` what the stage has written in their place. The paths that were brought back."""
        back = []
        for output in [] if self._done else self._outputs:
            path, kept = Path(output["path"]), self.place / output["kept"]
            if not os.path.lexists(kept) or (os.path.lexists(path) and not over):
                continue
            _remove(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            _move(kept, path)
            back.append(str(path))
        self.drop()
        return back

    def _save(self, done: bool) -> None:
        self._done = done
        record = {"stage": self.stage, "outputs": self._outputs, "done": done}
        temporary = self.place / "kept.tmp"
        temporary.write_text(json.dumps(record), "utf-8")
        os.replace(temporary, self.place / _RECORD)


def bring_back_left(folder: Path) -> dict[str, list[str]]:
    """What killed runs have put aside goes back where it was; by stage, the paths. Expects that no run goes on."""
    found: dict[str, list[str]] = {}
    for place in sorted(folder.glob("*")) if folder.is_dir() else []:
        stage = _stage_of(place)
        if stage is None:
            shutil.rmtree(place, ignore_errors=True)
            continue
        back = KeptOutputs(folder, stage).put_back(over=True)
        if back:
            found[stage] = back
    return found


def _stage_of(place: Path) -> str | None:
    try:
        return str(json.loads((place / _RECORD).read_text("utf-8"))["stage"])
    except (OSError, ValueError):
        return None


def _move(source: Path, target: Path) -> None:
    """Also to another file system, where a copy must be whole before the original goes."""
    try:
        os.rename(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy(source, target)
        _remove(source)


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, part, symlinks=True)
    else:
        shutil.copy2(source, part, follow_symlinks=False)
    os.replace(part, target)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
