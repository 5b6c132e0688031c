"""Run notebooks in a real IPython shell; fork the running notebook where a variant begins.

Runs as a script under the notebook's own Python, which needs IPython and nothing of this project. Requests come as
JSON lines on standard input, answers go as JSON lines to standard output::

    {"cells": [{"id", "source"}], "watch": {id: [name]}, "folder": path | null, "seconds": n,
     "variants": [{"key", "start", "prelude", "cells", "files": {path: text}, "watch"}]}
    {"key": ..., "cells": [{"id", "outputs", "error", "warnings", "values", "aliases", "figures"}]}    per run
    {"done": true}

``start`` is the position of the first cell that differs; ``cells`` are the cells from there on. ``prelude`` is code that
runs right before them (an import that the variant has in an earlier cell). The run of the original has the key null.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import importlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import warnings
from io import TextIOBase
from pathlib import Path
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path = [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]
sys.path.insert(0, HERE)
from fingerprint import aliases, fingerprint  # noqa: E402

sys.path[0] = ""

from IPython.core.displayhook import DisplayHook  # noqa: E402
from IPython.core.displaypub import DisplayPublisher  # noqa: E402
from IPython.core.interactiveshell import InteractiveShell  # noqa: E402
from traitlets.config import Config  # noqa: E402

Record = dict[str, Any]


class Recorder:
    """Collects what the running cell shows, in order."""

    def __init__(self) -> None:
        self.outputs: list[Record] = []
        self.warnings: list[str] = []
        self.clear_next = False

    def start(self) -> None:
        self.outputs, self.warnings, self.clear_next = [], [], False

    def add(self, output: Record) -> None:
        if self.clear_next:
            self.outputs, self.clear_next = [], False
        last = self.outputs[-1] if self.outputs else None
        if "stream" in output and last and last.get("stream") == output["stream"]:
            last["text"] += output["text"]
        else:
            self.outputs.append(output)

    def clear(self, wait: bool) -> None:
        if wait:
            self.clear_next = True
        else:
            self.outputs = []

    def warn(self, message: Warning | str, category: type[Warning], *_place: object, **_more: object) -> None:
        self.warnings.append(f"{category.__name__}: {message}")


RECORDER = Recorder()


class Stream(TextIOBase):
    """Standard output or error of a cell."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str) -> None:
        self.stream = name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if text:
            RECORDER.add({"stream": self.stream, "text": text})
        return len(text)


def small(bundle: dict[str, Any]) -> dict[str, Any]:
    """A mime bundle without the bulk: images by their hash."""
    return {mime: _small_value(mime, value) for mime, value in sorted(bundle.items())}


def _small_value(mime: str, value: Any) -> Any:
    if mime.startswith(("image/", "application/pdf")) and mime != "image/svg+xml":
        data = value if isinstance(value, bytes) else str(value).encode()
        if isinstance(value, str):
            data = base64.b64decode(value, validate=False)
        return "sha256:" + hashlib.sha256(data).hexdigest()[:24]
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)


class ShownValue(DisplayHook):
    """The shown last expression becomes an output."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        RECORDER.add({"data": small(format_dict), "kind": "result"})

    def finish_displayhook(self) -> None:
        self._is_active = False

    def log_output(self, format_dict: dict[str, Any]) -> None:
        pass


class Published(DisplayPublisher):
    """What ``display()`` and the plotting backend publish becomes an output."""

    def publish(self, data: dict[str, Any], *_positional: object, **named: Any) -> None:
        RECORDER.add({"data": small(data), "kind": "update" if named.get("update") else "display"})

    def clear_output(self, wait: bool = False) -> None:
        RECORDER.clear(wait)


class Shell(InteractiveShell):
    """An IPython shell that keeps quiet about errors; the caller reads them from the result."""

    def _showtraceback(self, *_what: object) -> None:
        pass

    def ask_exit(self) -> None:
        pass

    def enable_gui(self, gui: str | None = None) -> None:
        pass


def make_shell() -> Shell:
    """The one shell of this process."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config, displayhook_class=ShownValue, display_pub_class=Published)
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")  # type: ignore[assignment]
    return shell


def spare_autoreload(known: frozenset[str]) -> None:
    """``%autoreload`` looks at the files of all modules before each cell; those loaded by now do not change."""
    from IPython.extensions.autoreload import ModuleReloader

    look = ModuleReloader.filename_and_mtime

    def look_at_new(self: Any, module: Any) -> Any:
        return (None, None) if getattr(module, "__name__", None) in known else look(self, module)

    ModuleReloader.filename_and_mtime = look_at_new


def seed() -> None:
    """The same random numbers in each run."""
    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)


def offline() -> None:
    """No connection leaves the machine."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if (
            event == "socket.connect"
            and isinstance(args[1], tuple)
            and args[1][0] not in ("127.0.0.1", "localhost", "::1")
        ):
            raise OSError("network disabled")
        if event == "socket.getaddrinfo" and args[0] not in ("", None, "127.0.0.1", "localhost", "::1", b"localhost"):
            raise OSError("network disabled")

    sys.addaudithook(hook)


def limit_memory() -> None:
    """No notebook takes the machine down: what asks for more memory than allowed gets a ``MemoryError``."""
    allowed = int(os.environ.pop("PROOF_MEMORY", "") or 0)
    if allowed:
        resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))


def run_cell(shell: Shell, cell: Record, watch: list[str]) -> Record:
    """Run one cell and record what it showed and the values of the watched names."""
    RECORDER.start()
    error = None
    try:
        result = shell.run_cell(cell["source"], store_history=True)
        raised = result.error_before_exec or result.error_in_exec
        error = None if raised is None else [type(raised).__name__, str(raised)]
    except BaseException as raised:
        error = [type(raised).__name__, str(raised)]
    outputs, noted = RECORDER.outputs, RECORDER.warnings
    RECORDER.start()
    record: Record = {"id": cell["id"], "outputs": outputs, "error": error, "warnings": sorted(set(noted))}
    record["figures"] = open_figures()
    present = {name: shell.user_ns[name] for name in watch if name in shell.user_ns}
    record["values"] = {name: fingerprint(value) for name, value in present.items()}
    record["aliases"] = aliases(present)
    return record


def open_figures() -> list[int]:
    """Numbers of the figures that are still open."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return list(pyplot.get_fignums()) if pyplot else []


class Folder:
    """The working folder, put back as it was after each variant."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.kept = Path(tempfile.mkdtemp(prefix="kept"))
        self.listing: dict[str, tuple[int, int]] = {}

    def scan(self) -> dict[str, tuple[int, int]]:
        found = {}
        for path in self.root.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                state = path.stat()
                found[str(path.relative_to(self.root))] = (state.st_size, state.st_mtime_ns)
        return found

    def keep(self) -> None:
        now = self.scan()
        for name in now.keys() - {n for n, s in self.listing.items() if now.get(n) == s}:
            (self.kept / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.root / name, self.kept / name)
        self.listing = now

    def restore(self) -> None:
        now = self.scan()
        for name in now.keys() - self.listing.keys():
            (self.root / name).unlink()
        for name, state in self.listing.items():
            if now.get(name) != state:
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self.kept / name, self.root / name)


def write_modules(files: dict[str, str]) -> None:
    """The variant's modules in a new folder, first on the path."""
    folder = Path(tempfile.mkdtemp(prefix="modules"))
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()


def run_variant(shell: Shell, variant: Record) -> Record:
    """In a forked process: the rest of the notebook as the variant has it."""
    write_modules(variant["files"])
    cells = []
    if variant.get("prelude"):
        record = run_cell(shell, {"id": "prelude", "source": variant["prelude"]}, [])
        if record["error"]:
            return {"key": variant["key"], "cells": [record]}
    for cell in variant["cells"]:
        cells.append(run_cell(shell, cell, variant["watch"].get(cell["id"], [])))
    return {"key": variant["key"], "cells": cells}


def in_fork(work: Any, seconds: float) -> Record | None:
    """Do ``work`` in a forked process; its answer, or None when it died or took too long."""
    handle, name = tempfile.mkstemp(prefix="answer")
    os.close(handle)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setpgid(0, 0)
            signal.setitimer(signal.ITIMER_REAL, seconds + 2)  # should the parent be gone
            answer = json.dumps(work())
            with open(name, "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(answer)
            status = 0
        finally:
            os._exit(status)
    wait_for(child, seconds)
    text = Path(name).read_text(encoding="utf-8", errors="surrogatepass")
    os.unlink(name)
    return json.loads(text) if text else None


def wait_for(child: int, seconds: float) -> None:
    """Wait for a forked process and end its group when the time is over."""
    deadline, pause = time.monotonic() + seconds, 0.001
    while os.waitpid(child, os.WNOHANG)[0] == 0:
        if time.monotonic() > deadline:
            try:
                os.killpg(child, signal.SIGKILL)
            except ProcessLookupError:
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return
        time.sleep(pause)
        pause = min(pause * 1.2, 0.02)


def serve(shell: Shell, request: Record, answer: Any) -> None:
    """In a process of its own: run the notebook once, each variant from where it begins."""
    root = enter_folder(request.get("folder"))
    folder = Folder(root)
    by_start: dict[int, list[Record]] = {}
    for variant in request["variants"]:
        by_start.setdefault(variant["start"], []).append(variant)
    seed()
    cells = []
    for index, cell in enumerate([*request["cells"], None]):
        if by_start.get(index):
            folder.keep()
        for variant in by_start.get(index, []):
            answer(in_fork(lambda v=variant: run_variant(shell, v), request["seconds"]) or lost(variant["key"]))
            folder.restore()
        if cell is not None:
            cells.append(run_cell(shell, cell, request["watch"].get(cell["id"], [])))
    answer({"key": None, "cells": cells})


def lost(key: str) -> Record:
    return {"key": key, "cells": None}


def enter_folder(source: str | None) -> Path:
    """A private copy of the notebook's folder as the working folder."""
    root = Path(tempfile.mkdtemp(prefix="run")).resolve()
    if source:
        shutil.copytree(source, root, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))
    os.chdir(root)
    return root


def main(preload: list[str]) -> None:
    """Answer requests until standard input ends."""
    protocol = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="surrogatepass")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    requests = os.fdopen(os.dup(0), encoding="utf-8", errors="surrogatepass")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for name in preload:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    offline()
    limit_memory()
    spare_autoreload(frozenset(sys.modules))
    shell = make_shell()
    warnings.showwarning = RECORDER.warn  # type: ignore[assignment]

    def answer(record: Record) -> None:
        protocol.write(json.dumps(record) + "\n")
        protocol.flush()

    for line in requests:
        request = json.loads(line)
        temporary = tempfile.mkdtemp(prefix="proof")
        in_fork(lambda r=request, t=temporary: serve_in(t, shell, r, answer), request.get("total_seconds", 3600.0))
        shutil.rmtree(temporary, ignore_errors=True)
        answer({"done": True})


def serve_in(temporary: str, shell: Shell, request: Record, answer: Any) -> Record:
    tempfile.tempdir = temporary
    serve(shell, request, answer)
    tempfile.tempdir = None
    return {}


if __name__ == "__main__":
    main(sys.argv[1:])
