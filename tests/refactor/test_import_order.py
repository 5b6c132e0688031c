"""Sections and order of imports."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.refactor.import_order import name_key, section, statement_key


@pytest.mark.parametrize(
    ("module", "level", "expected"),
    [
        ("__future__", 0, 0),
        ("os", 0, 1),
        ("os.path", 0, 1),
        ("zoneinfo", 0, 1),
        ("numpy", 0, 2),
        ("osmnx", 0, 2),
        ("mine", 0, 3),
        ("mine.deep", 0, 3),
        ("miner", 0, 2),
        ("", 1, 4),
        ("os", 1, 4),
    ],
)
def test_section(module: str, level: int, expected: int) -> None:
    assert section(ImportTarget(module, "x", "x", level), frozenset({"mine"})) == expected


def test_plain_imports_stand_before_from_imports() -> None:
    plain = statement_key(ImportTarget("zlib", None, "zlib"), frozenset())
    of_names = statement_key(ImportTarget("ast", "parse", "parse"), frozenset())
    assert plain < of_names


def test_modules_are_sorted_without_regard_to_case() -> None:
    keys = [statement_key(ImportTarget(module, None, module), frozenset()) for module in ("attr", "PIL", "yaml")]
    assert keys == sorted(keys)


def test_names_are_constants_then_classes_then_the_rest() -> None:
    names = ["socket", "Thing", "AF_INET", "a", "Any as any", "PI", "X"]
    assert sorted(names, key=name_key) == ["AF_INET", "PI", "Any as any", "Thing", "X", "a", "socket"]
