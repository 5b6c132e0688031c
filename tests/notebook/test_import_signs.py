"""Signs that a notebook changes what its imports find."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.notebook.facts import facts_of
from jupyterlab_prodify.notebook.import_signs import is_standard


@pytest.mark.parametrize(
    ("source", "lines", "writes"),
    [
        ("%%writefile x.py\nA = 1", (1,), True),
        ("%%writefile x.txt\nA = 1", (), False),
        ("a = 1\n!echo A > x.py", (2,), True),
        ("!git clone somewhere", (1,), False),
        ("!ls", (), False),
        ("%cd src", (1,), False),
        ("%run x.py", (), False),
        ("with open('x.py', 'w') as f:\n    f.write('A = 1')", (1,), True),
        ("name = f'{a}.py'", (1,), True),
        ("open('x.pyx', 'w')", (), False),
        ("import os\nos.chdir('x')", (2,), False),
        ("sys.modules['x'] = y", (1,), False),
    ],
)
def test_signs(source: str, lines: tuple[int, ...], writes: bool) -> None:
    signs = facts_of(source).import_signs
    assert (signs.lines, signs.writes) == (lines, writes)


def test_attributes_that_are_set() -> None:
    assert facts_of("conf.K = 1\na.b.c = 2\nconf.L").import_signs.changed == {"conf.K"}


def test_modules_of_python() -> None:
    assert is_standard("os.path")
    assert not is_standard("numpy")
