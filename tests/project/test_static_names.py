"""What a star gives, read from the text: sure, maybe, or not to be told. Where it is told, Python agrees."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from jupyterlab_prodify.project.static_names import Names, StaticNames

CASES: list[tuple[str, str | None, str]] = [
    ("import os, a.b as c\nfrom x import y, z as w\n_private = 1", "os c y w", ""),
    ("a = b, (c, *d) = 1, (2, 3)\ne: int\nf: int = 1\ng += 1\nclass H: x = 1\ndef i(j): k = 1", "a b c d f g H i", ""),
    ("__all__ = ['b', '_c']\na = b = _c = 1", "b _c", ""),
    (
        "__all__ = ('a',) + ('b',)\n__all__ += ['c']\n__all__.append('d')\n__all__.extend(['e'])\n__all__.remove('a')",
        "b c d e",
        "",
    ),
    ("__all__ = [n for n in dir()]", None, ""),
    ("__all__ = ['a']\nif x:\n    __all__.append('b')", None, ""),
    ("__all__ = ['a']\ndef __dir__():\n    return __all__", "a", ""),
    ("try:\n    import fast\nexcept ImportError:\n    fast = None", "fast", ""),
    ("try:\n    import fast\n    HAS = True\nexcept ImportError as error:\n    HAS = False", "HAS", "fast"),
    ("try:\n    import fast\nexcept ImportError:\n    raise", "fast", ""),
    ("try:\n    a = 1\nfinally:\n    b = 1", "a b", ""),
    ("if TYPE_CHECKING:\n    import a\nelse:\n    b = 1", "b", ""),
    ("if __name__ == '__main__':\n    a = 1", "", ""),
    ("if x:\n    a = b = 1\nelse:\n    b = c = 1", "b", "a c"),
    ("if x:\n    a = 1\nelif y:\n    a = 2\nelse:\n    raise SystemExit", "a", ""),
    ("for i in x:\n    a = i\nwhile x:\n    b = 1", "", "i a b"),
    ("a = b = 1\ndel a\nif x:\n    del b", "", "b"),
    ("a = 1\nfor i in x:\n    a = 2\ndel i", "a", ""),
    ("with open(x) as f, y:\n    a = 1", "f a", ""),
    ("with contextlib.suppress(ImportError):\n    import fast", "", "fast"),
    ("def f():\n    global a\n    a = 1", "f", "a"),
    ("b = [(a := x) for x in y]\nif (c := 1): pass", "b", "a"),
    ("match x:\n    case [a, *b]: c = 1", "", "a b c"),
    ("lambda x: (y := 1)\nz = [w for w in v]", "z", "y"),
    ("globals()['a'] = 1", None, ""),
    ("def f():\n    globals()['a'] = 1", None, ""),
    ("exec('a = 1')", None, ""),
    ("sys.modules[__name__] = Lazy()", None, ""),
    ("raise SystemExit(3)", None, ""),
    ("a = (", None, ""),
    ("from .inner import *\nb = 1", None, ""),
    ("from other import *\nb = 1", "b x", ""),
    ("from outside import *", "o p", ""),
    ("from unknown import *", None, ""),
    ("try:\n    from other import *\nexcept ImportError:\n    pass", None, ""),
    ("import other\n__all__ = ['a'] + other.__all__", "a x", ""),
    ("from circle import *\nb = 1", "b c", ""),
    ("# -*- coding: latin-1 -*-\na = 1", "a", ""),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "other.py").write_text("__all__ = ['x']\nx = y = 1")
    (tmp_path / "circle.py").write_text("from m import *\nc = 1")
    return tmp_path


def outside(module: str) -> Sequence[str] | None:
    return {"outside": ["o", "p"]}.get(module)


@pytest.mark.parametrize(("text", "sure", "maybe"), CASES)
def test_names(text: str, sure: str | None, maybe: str, folder: Path) -> None:
    (folder / "m.py").write_text(text)
    found = StaticNames([folder], outside).star("m")
    assert found == (None if sure is None else Names(frozenset(sure.split()), frozenset(maybe.split())))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    inner = tmp_path / "pkg" / "sub"
    inner.mkdir(parents=True)
    (tmp_path / "pkg" / "__init__.py").write_text("from . import one\nfrom .sub import *\nfrom .one import a as b\n")
    (tmp_path / "pkg" / "one.py").write_text("from .two import *\na = 1\n")
    (tmp_path / "pkg" / "two.py").write_text("c = 1\n")
    (inner / "__init__.py").write_text("from ..two import c as d\nfrom ..one import *\n")
    return tmp_path


@pytest.mark.parametrize(
    ("module", "sure", "maybe"),
    [("pkg", "one a b c d", "two sub"), ("pkg.one", "a c", ""), ("pkg.sub", "a c d", ""), ("pkg.none", None, "")],
)
def test_packages(module: str, sure: str | None, maybe: str, package: Path) -> None:
    found = StaticNames([package], outside).star(module)
    assert found == (None if sure is None else Names(frozenset(sure.split()), frozenset(maybe.split())))


@pytest.mark.parametrize("module", ["pkg", "pkg.one", "pkg.sub"])
def test_python_agrees(module: str, package: Path) -> None:
    code = f"names = {{}}; exec('from {module} import *', names); print(*sorted(set(names) - {{'__builtins__'}}))"
    said = subprocess.run([sys.executable, "-c", code], cwd=package, capture_output=True, text=True, check=True).stdout
    found = StaticNames([package], outside).star(module)
    assert found is not None
    assert found.sure <= set(said.split()) <= found.sure | found.maybe


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    for text, expected in (("a = 1", {"a"}), ("a = bb = 1", {"a", "bb"})):
        (tmp_path / "m.py").write_text(text)
        found = StaticNames([tmp_path], outside).star("m")
        assert found is not None
        assert found.sure == expected


def test_a_built_module_is_the_projects_and_is_not_told_of(tmp_path: Path) -> None:
    (tmp_path / "fast.cpython-311-x86_64-linux-gnu.so").write_bytes(b"")
    assert StaticNames([tmp_path], lambda module: ["never"]).star("fast") is None
