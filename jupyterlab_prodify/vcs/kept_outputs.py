"""Outputs of a stage that is about to run, put aside instead of removed, so that a stop or a crash can bring them back.

Each stage that runs has a folder ``FOLDER/NUMBER`` with ``kept.json`` and the outputs. What is to be moved is written
down first, so that whatever a kill leaves can be told apart.
"""

from __future__ import annotations

import contextlib
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
        self._outputs: list[dict[str, Any]] = []

    def take(self, moved: Sequence[str], copied: Sequence[str] = ()) -> None:
        """Put outputs aside; ``copied`` ones stay where they are as well."""
        shutil.rmtree(self.place, ignore_errors=True)
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
                shutil.move(output["path"], kept)
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
        for output in self._outputs:
            path, kept = Path(output["path"]), self.place / output["kept"]
            if not os.path.lexists(kept) or (os.path.lexists(path) and not over):
                continue
            _remove(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(kept, path)
            back.append(str(path))
        self.drop()
        return back

    def _save(self, done: bool) -> None:
        record = {"stage": self.stage, "outputs": self._outputs, "done": done}
        temporary = self.place / "kept.tmp"
        temporary.write_text(json.dumps(record), "utf-8")
        os.replace(temporary, self.place / _RECORD)


def bring_back_left(folder: Path) -> dict[str, list[str]]:
    """What killed runs have put aside goes back where it was; by stage, the paths. Expects that no run goes on."""
    found: dict[str, list[str]] = {}
    for place in sorted(folder.glob("*")) if folder.is_dir() else []:
        try:
            record = json.loads((place / _RECORD).read_text("utf-8"))
        except (OSError, ValueError):  # nothing had been moved yet
            shutil.rmtree(place, ignore_errors=True)
            continue
        kept = KeptOutputs(folder, record["stage"])
        kept.place, kept._outputs = place, record["outputs"]
        if record["done"]:
            kept.drop()
            continue
        _forget_unfinished_copies(place, record["outputs"])
        back = kept.put_back(over=True)
        if back:
            found[record["stage"]] = back
    return found


def _forget_unfinished_copies(place: Path, outputs: list[dict[str, Any]]) -> None:
    """A copy that was cut short is no copy; its original stands where it was. It is known by its name."""
    for output in outputs:
        _remove(place / f"{output['kept']}.part")


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
