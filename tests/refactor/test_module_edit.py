"""Writing into a module: imports merged in isort's order, definitions at the end, everything else byte for byte."""

from __future__ import annotations

import ast
import random

import isort
import pytest

from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.notebook.flow import analyse_statements
from jupyterlab_prodify.refactor.module_edit import (
    check_builtins,
    edit_module,
    from_statement,
    has_same,
    merge_from_import,
    read_module,
    split_imports,
    wrap_from_import,
)
from jupyterlab_prodify.refactor.refusals import RefusalError

HEADER = '"""Functions of explore.ipynb."""'
FUNCTION = "def f(a):\n    return a"
TAIL = "\n\ndef f(a):\n    return a\n"


def _targets(*statements: str) -> list[ImportTarget]:
    flow = analyse_statements(ast.parse("\n".join(statements)).body)
    return [binding.target for found in flow.bindings.values() for binding in found if binding.target is not None]


def _edit(source: str, *imports: str, function: str | None = FUNCTION, first_party: tuple[str, ...] = ()) -> str:
    definitions = [function] if function else []
    return edit_module(read_module(source, "m.py"), _targets(*imports), definitions, frozenset(first_party), HEADER)


# -- the whole file -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "imports", "expected"),
    [
        ("", [], f"{HEADER}\n{TAIL}"),
        ("\n\n", ["import os"], f"{HEADER}\n\nimport os\n{TAIL}"),
        ("# licence\n", ["import os"], f"# licence\n\nimport os\n{TAIL}"),
        ("X = 1", [], f"X = 1\n{TAIL}"),
        ("X = 1\n\n\n\n", [], f"X = 1\n{TAIL}"),
        ("X = 1  # one\n# end\n", [], f"X = 1  # one\n# end\n{TAIL}"),
        ("def g():\n    return 1\n    # end of g\n", [], f"def g():\n    return 1\n    # end of g\n{TAIL}"),
        ("X = '''\n\n\n'''", [], f"X = '''\n\n\n'''\n{TAIL}"),
        ('"""Doc."""\nX = 1\n', ["import os"], f'"""Doc."""\n\nimport os\n\nX = 1\n{TAIL}'),
        ('"""Doc.\n\nMore."""\n\nX = 1\n', ["import os"], f'"""Doc.\n\nMore."""\n\nimport os\n\nX = 1\n{TAIL}'),
        ('# licence\n\n"""Doc."""\nX = 1\n', ["import os"], f'# licence\n\n"""Doc."""\n\nimport os\n\nX = 1\n{TAIL}'),
        (
            "#!/usr/bin/env python\n# -*- coding: latin-1 -*-\n# licence\n\nX = 1\n",
            ["import os"],
            f"#!/usr/bin/env python\n# -*- coding: latin-1 -*-\n# licence\n\nimport os\n\nX = 1\n{TAIL}",
        ),
        (
            "# licence\nimport sys\n",
            ["import os"],
            f"# licence\n\nimport os\nimport sys\n{TAIL}",
        ),
        (
            "from __future__ import annotations\n\nX = 1\n",
            ["import os"],
            f"from __future__ import annotations\n\nimport os\n\nX = 1\n{TAIL}",
        ),
        (
            '"""Doc."""\nimport sys\nX = 1\n',
            ["from __future__ import annotations"],
            f'"""Doc."""\n\nfrom __future__ import annotations\n\nimport sys\nX = 1\n{TAIL}',
        ),
        (
            "import sys\n\nimport numpy as np\n",
            ["import os", "import pandas as pd", "import zlib"],
            f"import os\nimport sys\nimport zlib\n\nimport numpy as np\nimport pandas as pd\n{TAIL}",
        ),
        ("import numpy as np\n\nX = 1\n", ["import os"], f"import os\n\nimport numpy as np\n\nX = 1\n{TAIL}"),
        ("import os\n\nX = 1\n", ["import numpy as np"], f"import os\n\nimport numpy as np\n\nX = 1\n{TAIL}"),
        (
            "import os\n\n# about numpy\nimport numpy as np\n",
            ["import attr"],
            f"import os\n\nimport attr\n# about numpy\nimport numpy as np\n{TAIL}",
        ),
        ("import sys; import re\nX = 1\n", ["import os"], f"import os\nimport sys; import re\nX = 1\n{TAIL}"),
        (
            "import sys; from re import match\n",
            ["from re import sub"],
            f"import sys; from re import match\nfrom re import sub\n{TAIL}",
        ),
        (
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import attr\n\nX = 1\n",
            ["import os"],
            "import os\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import attr\n\nX = 1\n" + TAIL,
        ),
        (
            'def main():\n    return 1\n\n\nif __name__ == "__main__":\n    main()\n',
            ["import os"],
            f'import os\n\ndef main():\n    return 1\n\n\nif __name__ == "__main__":\n    main()\n{TAIL}',
        ),
        ("X = 1\nimport sys\n", ["import os"], f"import os\n\nX = 1\nimport sys\n{TAIL}"),
    ],
)
def test_edit(source: str, imports: list[str], expected: str) -> None:
    assert _edit(source, *imports) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_are_those_of_the_file(newline: str) -> None:
    source = "import sys\n\n\ndef g():\n    return sys\n".replace("\n", newline)
    after = _edit(source, "import os")
    assert after == f"import os\nimport sys\n\n\ndef g():\n    return sys\n{TAIL}".replace("\n", newline)


@pytest.mark.parametrize(
    "source",
    ["import sys\r\nX = 1\nY = 2\r\n", "import sys\nX = '''a\r\nb'''\nY = 2\n"],
)
def test_mixed_line_ends_of_other_lines_stay(source: str) -> None:
    after = _edit(source, "import os")
    assert source in after


@pytest.mark.parametrize(
    "source",
    [
        "import sys\n\x0c\nX = 1\n",
        "X = 1 ;Y  =  2   \n\n\n\n# ---\nZ = [1,\n  2]\n",
        "if 1:\n\tX = 1\n",
        "X = 'ä' # 日本語 \U0001f600\n",
    ],
)
def test_everything_else_stays_byte_for_byte(source: str) -> None:
    assert source in _edit(source)
    assert source in _edit(source, "import os")


def test_several_definitions_keep_their_order() -> None:
    after = edit_module(read_module("X = 1\n", "m.py"), [], ["def b(): pass", "def a(): pass"], frozenset(), HEADER)
    assert after == "X = 1\n\n\ndef b(): pass\n\n\ndef a(): pass\n"


@pytest.mark.parametrize(
    ("source", "line"),
    [("x = 1\ndef (\n", 2), ("x = '''\n", 1), ("def f():\nreturn 1\n", 2), ("\tx = 1\n", 1)],
)
def test_a_module_with_a_syntax_error(source: str, line: int) -> None:
    with pytest.raises(RefusalError) as caught:
        read_module(source, "src/m.py")
    assert caught.value.refusal.code == "module_syntax_error"
    assert caught.value.refusal.line == line
    assert f"src/m.py, line {line}" in str(caught.value)


# -- imports: isort is the judge ----------------------------------------------------------------------------------

POOL = [
    "import ast",
    "import collections.abc",
    "import os",
    "import os.path",
    "import sys",
    "import matplotlib.pyplot as plt",
    "import numpy as np",
    "import pandas as pd",
    "import PIL",
    "import yaml",
    "import zoo.keeper as keeper",
    "from collections import OrderedDict",
    "from collections import defaultdict",
    "from collections.abc import Mapping",
    "from functools import partial",
    "from math import pi as PI",
    "from os import path",
    "from PIL import Image",
    "from sklearn.metrics import r2_score",
    "from sklearn.model_selection import KFold",
    "from sklearn.model_selection import TimeSeriesSplit",
    "from sklearn.model_selection import train_test_split",
    "from socket import AF_INET",
    "from socket import socket",
    "from typing import Any",
    "from zoo import Animal",
    "from . import sibling",
    "from .sibling import thing",
    "from .. import parent",
    "from ..parent import other",
    "from mine import first",
    "from mine.deep import second",
    "import mine.third",
    "from __future__ import annotations",
]


def _sorted(source: str) -> str:
    return isort.code(source, profile="black", known_first_party=["mine"])


@pytest.mark.parametrize("seed", range(40))
def test_insertions_keep_a_sorted_header_sorted(seed: int) -> None:
    chosen = random.Random(seed).sample(POOL, 12)
    before = _sorted("\n".join(chosen[:6]) + "\n\n\nX = 1\n")
    after = _edit(before, *chosen[6:], function=None, first_party=("mine",))
    assert after == _sorted(after)
    names = {alias for node in ast.parse(after).body if isinstance(node, ast.ImportFrom | ast.Import)
             for alias in (ast.dump(a) for a in node.names)}  # fmt: skip
    wanted = {ast.dump(a) for node in ast.parse("\n".join(chosen)).body for a in getattr(node, "names", [])}
    assert names == wanted


@pytest.mark.parametrize("seed", range(10))
def test_a_new_header_is_sorted(seed: int) -> None:
    chosen = random.Random(1000 + seed).sample(POOL, 9)
    after = _edit("", *chosen, first_party=("mine",))
    assert after == _sorted(after)


@pytest.mark.parametrize(
    ("statement", "names", "expected"),
    [
        ("from a import c", ["b"], "from a import b, c"),
        ("from a import c as d", ["b as e"], "from a import b as e, c as d"),
        ("from a import (b, d)", ["c"], "from a import b, c, d"),
        ("from a import b", ["b"], "from a import b"),
        ("from a import b  # keep", ["c"], "from a import b, c  # keep"),
        ("from a import (  # first\n    b,\n)", ["c"], "from a import (  # first\n    b,\n    c,\n)"),
        ("from a import (\n    b,  # why\n    c,\n)", ["d"], "from a import (\n    b,  # why\n    c,\n    d,\n)"),
        ("from a import (\n    b,\n    c,  # why\n)", ["d"], "from a import (\n    b,\n    c,  # why\n    d,\n)"),
        ("from a import (\n    b,\n    # on its own\n    c,\n)", ["d"],
         "from a import (\n    b,\n    # on its own\n    c,\n    d,\n)"),
        ("from a import b, \\\n    c", ["d"], "from a import b, \\\n    c, d"),
    ],
)  # fmt: skip
def test_merge_from_import(statement: str, names: list[str], expected: str) -> None:
    assert merge_from_import(statement, names) == expected


@pytest.mark.parametrize(
    "statement",
    ["from a import (\n    b,  # why\n    c  # last\n)", "from a import (\n    b,\n    c\n    # end\n)"],
)
def test_merged_names_do_not_take_a_comment_away(statement: str) -> None:
    merged = merge_from_import(statement, ["d", "e as f"])
    node = ast.parse(merged).body[0]
    assert isinstance(node, ast.ImportFrom)
    assert [alias.name for alias in node.names] == ["b", "c", "d", "e"]
    assert [line for line in merged.split("\n") if "#" in line and "c" in line.split("#")[0]] in (
        [],
        ["    c,  # last"],
    )
    assert merged.count("#") == statement.count("#")


def test_long_imports_are_wrapped() -> None:
    names = [f"a_rather_long_name_{number}" for number in range(6)]
    wrapped = wrap_from_import("from module import", names)
    assert wrapped == isort.code(wrapped, profile="black").rstrip("\n")
    assert max(map(len, wrapped.split("\n"))) <= 88


def test_from_statement_of_a_group() -> None:
    assert from_statement(_targets("from ..a import c, b as d")) == "from ..a import b as d, c"


# -- what fits ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "imports", "others", "top", "inside"),
    [
        ("", ["import json"], [], ["import json"], []),
        ("import json\n", ["import json"], [], [], []),
        ("import numpy as np\n", ["import numpy as np"], [], [], []),
        ("from a import b\n", ["from a import b"], [], [], []),
        ("json = 3\n", ["import json"], [], [], ["import json"]),
        ("import ujson as json\n", ["import json"], [], [], ["import json"]),
        ("def json(): pass\n", ["import json"], [], [], ["import json"]),
        ("try:\n    import ujson as json\nexcept ImportError:\n    import json\n", ["import json"], [], [], ["import json"]),
        ("if TYPE_CHECKING:\n    import attr\n", ["import attr"], [], ["import attr"], []),
        ("if TYPE_CHECKING:\n    import attr\nelse:\n    attr = 1\n", ["import attr"], [], [], ["import attr"]),
        ("import a.b\n", ["import a.c"], [], ["import a.c"], []),
        ("import a as x\n", ["import a.c"], [], ["import a.c"], []),
        ("", ["import json"], ["json"], [], ["import json"]),
        ("def g():\n    return open(1)\n", ["from io import open"], [], [], ["from io import open"]),
        ("from __future__ import annotations\n", ["from __future__ import annotations"], [], [], []),
        # what stands there may be bound again
        ("import json\ntry:\n    import x\nexcept ImportError:\n    json = None\n", ["import json"], [], [], ["import json"]),
        ("import json\ndef f():\n    global json\n    json = 1\n", ["import json"], [], [], ["import json"]),
        ("from math import floor\nfrom numpy import *\n", ["from math import floor"], [], [], ["from math import floor"]),
        ("from numpy import *\n", ["import json"], [], [], ["import json"]),
    ],
)  # fmt: skip
def test_split_imports(source: str, imports: list[str], others: list[str], top: list[str], inside: list[str]) -> None:
    at_top, in_function = split_imports(read_module(source, "m.py"), _targets(*imports), others)
    assert [target.statement() for target in at_top] == top
    assert [target.statement() for target in in_function] == inside


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("", False),
        ("X = 1\n", False),
        ("def f(a):\n    return a\n", True),
        ("def f( a ):   # spaced\n\n    return (a)\n", True),
    ],
)
def test_has_same(source: str, same: bool) -> None:
    assert has_same(read_module(source, "m.py"), "f", FUNCTION, "m.py") is same


@pytest.mark.parametrize(
    "source",
    [
        "def f(a):\n    return -a\n",
        "def f(a, b):\n    return a\n",
        "async def f(a):\n    return a\n",
        "@deco\ndef f(a):\n    return a\n",
        "f = 1\n",
        "import f\n",
        "class f: pass\n",
        "if x:\n    def f(a):\n        return a\n",
        "def f(a):\n    return a\nf = deco(f)\n",
    ],
)
def test_a_name_that_means_something_else(source: str) -> None:
    with pytest.raises(RefusalError) as caught:
        has_same(read_module(source, "m.py"), "f", FUNCTION, "m.py")
    assert caught.value.refusal.code == "name_taken"
    assert caught.value.refusal.field == "name"


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ("def len(x): return 1\n", True),
        ("from numpy import sum as len\n", True),
        ("if x:\n    len = 3\n", True),
        ("def g(len): return len\n", False),
        ("class A:\n    def len(self): pass\n", False),
        ("", False),
    ],
)
def test_builtins_that_the_module_hides(source: str, refused: bool) -> None:
    module = read_module(source, "m.py")
    if not refused:
        check_builtins(module, ["len", "x"], "m.py")
        return
    with pytest.raises(RefusalError) as caught:
        check_builtins(module, ["len", "x"], "m.py")
    assert caught.value.refusal.code == "module_hides_builtin"
