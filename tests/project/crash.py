"""Processes that die by SIGKILL between any two changes of the file system; run by ``test_transaction``.

Audit events come before the change that they speak of, so dying at event n is dying between change n - 1 and change n.
Reads a scenario as JSON. With ``until`` it leaves the folder as a death left it in which the files read so; without, it
prints what the files were like after every death, a second death during recovery, and a recovery.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from jupyterlab_prodify.cli import main as main_of_program
from jupyterlab_prodify.project.recovery import recover
from jupyterlab_prodify.project.text_file import hash_of
from jupyterlab_prodify.project.transaction import Write, write_all

CHANGES = {"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "os.utime"}
Tree = dict[str, str | None]


def die_at(number: int) -> None:
    """From now on count changes, and die before the given one."""
    seen = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        flags = arguments[2] if event == "open" and isinstance(arguments[2], int) else 0
        if event in CHANGES or flags & (os.O_WRONLY | os.O_RDWR):
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1

    sys.addaudithook(watch)


def dies(action: Callable[[], object], number: int) -> bool:
    """Run the action in a process that dies at the given change; False when it was done before that."""
    child = os.fork()
    if child == 0:
        die_at(number)
        with contextlib.redirect_stdout(sys.stderr):
            action()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


def tree(folder: Path) -> Tree:
    """All files with their texts, and all folders."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_text()
        for path in sorted(folder.rglob("*"))
    }


def build(folder: Path, files: dict[str, str]) -> None:
    """The scenario's files, and nothing else, not even journals."""
    for old in (folder, Path(os.environ["JUPYTER_DATA_DIR"])):
        shutil.rmtree(old, ignore_errors=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def writes_of(folder: Path, after: dict[str, str | None]) -> list[Write]:
    found = []
    for name, text in after.items():
        path = folder / name
        before = hash_of(path.read_bytes()) if path.exists() else None
        found.append(Write(path, before, None if text is None else text.encode(), name))
    return found


def action_of(scenario: dict[str, Any]) -> Callable[[], object]:
    """The command line with ``argv``, or a transaction that makes the files ``after``."""
    folder = Path(scenario["folder"])
    if "argv" in scenario:
        os.chdir(folder)
        return lambda: main_of_program(scenario["argv"])
    writes = writes_of(folder, scenario["after"])
    return lambda: write_all(writes)


def main() -> None:
    os.fsync = lambda descriptor: None  # type: ignore[assignment]  # slow, and only a power failure needs it
    scenario = json.loads(sys.stdin.read())
    if "until" in scenario:
        stop_when(scenario)
    else:
        print(json.dumps(every_death(scenario)))


def stop_when(scenario: dict[str, Any]) -> None:
    for number in count():
        build(Path(scenario["folder"]), scenario["files"])
        assert dies(action_of(scenario), number)
        if scenario["until"].items() <= tree(Path(scenario["folder"])).items():
            return


def every_death(scenario: dict[str, Any]) -> dict[str, Any]:
    folder, files = Path(scenario["folder"]), scenario["files"]
    build(folder, files)
    old = tree(folder)
    with contextlib.redirect_stdout(sys.stderr):
        action_of(scenario)()
    new = tree(folder)
    outcomes: list[Tree] = []
    for first in count():
        build(folder, files)
        if not dies(action_of(scenario), first):
            break
        for second in count() if scenario.get("second_deaths", True) else [10_000]:
            build(folder, files)
            assert dies(action_of(scenario), first)
            recovered = not dies(recover, second)
            assert recover() == []
            outcomes.append(tree(folder))
            if recovered:
                break
    return {"old": old, "new": new, "deaths": first, "outcomes": outcomes}


if __name__ == "__main__":
    main()
