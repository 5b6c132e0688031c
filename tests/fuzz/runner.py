"""Run cells in this process, as IPython would: quick enough for thousands of notebooks.

What is shown is recorded in its order. Line magics do nothing. ``tests.proof`` runs a counterexample again in a real
IPython shell before it counts.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.abc
import importlib.machinery
import random
import signal
import sys
import types
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import TextIOBase
from typing import Any

import IPython.display

from tests.proof.fingerprint import aliases, fingerprint

SECONDS = 3.0


class TooSlow(BaseException):
    """The cells ran longer than they may."""


@dataclass
class Shown:
    """What one cell showed, in order, and the values it left of the names asked for."""

    outputs: list[tuple[str, str]] = field(default_factory=list)
    error: tuple[str, str] | None = None
    values: dict[str, str] = field(default_factory=dict)
    one_object: list[list[str]] = field(default_factory=list)


class _Stream(TextIOBase):
    encoding = "utf-8"

    def __init__(self, outputs: list[tuple[str, str]]) -> None:
        self.outputs = outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        last = self.outputs[-1] if self.outputs else None
        if last and last[0] == "stdout":
            self.outputs[-1] = ("stdout", last[1] + text)
        elif text:
            self.outputs.append(("stdout", text))
        return len(text)


class _Modules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules that exist only as texts."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def find_spec(self, name: str, *_where: Any) -> importlib.machinery.ModuleSpec | None:
        return importlib.machinery.ModuleSpec(name, self) if name in self.texts else None

    def exec_module(self, module: types.ModuleType) -> None:
        exec(compile(self.texts[module.__name__], module.__name__, "exec", dont_inherit=True), module.__dict__)


class Notebook:
    """A namespace in which cells run one after the other; use it inside ``running``."""

    def __init__(self, module: types.ModuleType) -> None:
        self.names: dict[str, Any] = module.__dict__
        self.names.update(__builtins__=__builtins__, display=_display)

    def run(self, source: str, watch: Collection[str] = ()) -> Shown:
        """Run one cell. Raises TooSlow."""
        shown = Shown()
        _OUTPUTS.append(shown.outputs)
        try:
            with contextlib.redirect_stdout(_Stream(shown.outputs)):  # type: ignore[type-var]
                self._run(source)
        except Exception as error:
            shown.error = (type(error).__name__, str(error))
        finally:
            _OUTPUTS.pop()
        present = {name: self.names[name] for name in sorted(watch) if name in self.names}
        shown.values = {name: fingerprint(value) for name, value in present.items()}
        shown.one_object = aliases(present)
        return shown

    def _run(self, source: str) -> None:
        text = "\n".join("" if line.startswith("%") else line for line in source.split("\n"))
        tree = ast.parse(text)
        last = tree.body[-1] if tree.body else None
        value = None
        if isinstance(last, ast.Expr) and not _is_quiet(text, last):
            tree.body.pop()
            value = ast.Expression(last.value)
        self._evaluate(tree, "exec")
        if value is not None:
            result = self._evaluate(value, "eval")
            if result is not None:
                _OUTPUTS[-1].append(("shown", repr(result)))
                self.names["_"] = result

    def _evaluate(self, tree: ast.AST, mode: str) -> Any:
        code = compile(tree, "<cell>", mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)  # type: ignore[arg-type]
        result = eval(code, self.names)
        return _await(result) if code.co_flags & 0x80 else result


_OUTPUTS: list[list[tuple[str, str]]] = []


def _display(*values: Any) -> None:
    _OUTPUTS[-1].extend(("shown", repr(value)) for value in values)


def _is_quiet(text: str, last: ast.Expr) -> bool:
    lines = text.split("\n")
    rest = lines[(last.end_lineno or 1) - 1].encode()[last.end_col_offset or 0 :].decode()
    return rest.strip().startswith(";")


def _await(coroutine: Any) -> Any:
    while True:
        try:
            coroutine.send(None)
        except StopIteration as end:
            return end.value


@contextlib.contextmanager
def running(modules: Mapping[str, str], seconds: float = SECONDS) -> Iterator[Notebook]:
    """A fresh notebook; ``modules`` maps names to texts. Random numbers start anew; more time raises TooSlow."""
    finder = _Modules(modules)
    main, sys.modules["__main__"] = sys.modules["__main__"], types.ModuleType("__main__")
    before = signal.signal(signal.SIGALRM, _too_slow)
    shown = IPython.display.display
    sys.meta_path.insert(0, finder)
    IPython.display.display = _display  # type: ignore[assignment]
    signal.setitimer(signal.ITIMER_REAL, seconds)
    random.seed(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield Notebook(sys.modules["__main__"])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.modules["__main__"] = main
        signal.signal(signal.SIGALRM, before)
        IPython.display.display = shown
        sys.meta_path.remove(finder)
        for name in modules:
            sys.modules.pop(name, None)


def _too_slow(*_what: Any) -> None:
    raise TooSlow


def run_all(
    cells: Sequence[tuple[str, str]], watch: Mapping[str, Collection[str]], modules: Mapping[str, str]
) -> dict[str, Shown] | None:
    """What each of the cells (id, text) shows; None when they take too long."""
    try:
        with running(modules) as notebook:
            return {key: notebook.run(text, watch.get(key, ())) for key, text in cells}
    except TooSlow:
        return None
