"""Annotations of parameters: from the kernel's values, from the person, and what they cost the module."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

import isort
import msgspec
import pytest

from jupyterlab_prodify.api.export import ExportRequest, LineRange, LiveType, ParamChoice, Plan, Refusal
from jupyterlab_prodify.refactor.export import plan_export
from tests.refactor.asking import cells_of, module_after, planned, refused, target_of


def T(path: str, *args: LiveType, defined_in: str | None = None) -> LiveType:
    module, _, name = path.partition(":")
    return LiveType(module=module if name else "builtins", name=name or module, args=list(args), defined_in=defined_in)


INT, STR, FLOAT, NONE, DOTS = T("int"), T("str"), T("float"), T("NoneType"), T("ellipsis")
FRAME = T("pandas:DataFrame", defined_in="pandas.core.frame")
HEADER = '"""Functions of explore.ipynb."""\n'
FUTURE = "from __future__ import annotations\n"
GUARD = "from typing import TYPE_CHECKING\n"


def ask(
    sources: Sequence[str],
    types: Mapping[str, LiveType] | None,
    *,
    module: str | None = None,
    counts: Sequence[int | None] = (1,),
    params: list[ParamChoice] | None = None,
    selected: Sequence[str] = ("c1",),
    name: str | None = "work",
) -> Plan | Refusal:
    """The second cell exported as ``work``; ``counts`` are the execution counts of the first cells."""
    cells = [
        msgspec.structs.replace(cell, execution_count=counts[place] if place < len(counts) else None)
        for place, cell in enumerate(cells_of(sources))
    ]
    request = ExportRequest(
        notebook="work/explore.ipynb",
        cells=cells,
        selected=list(selected),
        language="python",
        types=dict(types) if types is not None else None,
        params=params,
        name=name,
    )
    return plan_export(request, target_of(module))


def annotation(first: str, live: LiveType, module: str | None = None) -> str | None:
    """The annotation of ``x``, which the first cell binds after what is given here."""
    plan = planned(ask([f"{first}\nx = make()", "y = x.shape", "y"], {"x": live}, module=module))
    return plan.function.params[0].annotation


# -- spelling -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "live", "expected"),
    [
        ("", INT, "int"),
        ("", T("bool"), "bool"),
        ("", T("bytes"), "bytes"),
        ("", T("list"), "list"),
        ("", T("list", STR), "list[str]"),
        ("", T("dict", STR, T("list", FLOAT)), "dict[str, list[float]]"),
        ("", T("tuple", INT, STR), "tuple[int, str]"),
        ("", T("tuple", INT, DOTS), "tuple[int, ...]"),
        ("", T("list", T("types:UnionType", STR, NONE)), "list[str | None]"),
        ("", T("types:UnionType", NONE), None),
        ("", T("list", T("types:UnionType")), "list"),
        ("", T("frozenset", INT), "frozenset[int]"),
        ("", T("function"), None),
        ("", T("builtins:list.append"), None),
        ("import pandas as pd", FRAME, "pd.DataFrame"),
        ("import pandas", FRAME, "pandas.DataFrame"),
        ("import pandas as panda", FRAME, "panda.DataFrame"),
        ("from pandas import DataFrame", FRAME, "DataFrame"),
        ("from pandas import DataFrame as DF", FRAME, "DF"),
        ("from pandas.core.frame import DataFrame", FRAME, "DataFrame"),
        ("import pandas as pd\nfrom pandas import DataFrame", FRAME, "DataFrame"),
        ("", FRAME, "pd.DataFrame"),
        ("", T("numpy:ndarray"), "np.ndarray"),
        ("import pandas as pd", T("list", FRAME), "list[pd.DataFrame]"),
        ("import pandas as pd", T("dict", STR, T("pandas:Series")), "dict[str, pd.Series]"),
        ("import numpy as np", T("numpy.random:Generator", defined_in="numpy.random._generator"), "np.random.Generator"),
        ("import sklearn as sk", T("sklearn.linear_model:Lasso"), "Lasso"),
        ("from sklearn import linear_model", T("sklearn.linear_model:Lasso"), "linear_model.Lasso"),
        ("import scipy.sparse", T("scipy.sparse:csr_matrix"), "scipy.sparse.csr_matrix"),
        ("import scipy.sparse as sp", T("scipy.sparse:csr_matrix"), "sp.csr_matrix"),
        ("import scipy", T("scipy.sparse:csr_matrix"), "csr_matrix"),
        ("import datetime as dt", T("datetime:datetime"), "dt.datetime"),
        ("from datetime import datetime", T("datetime:datetime"), "datetime"),
        ("", T("collections:Counter"), "Counter"),
        ("", T("pathlib:PosixPath"), "Path"),
        ("from pathlib import Path", T("pathlib:PosixPath"), "Path"),
        ("from .steps import K", T("steps:K"), None),
        ("", T("outer:A.B"), "A.B"),
        ("from outer import A as X", T("outer:A.B"), "X.B"),
        ("pd = 3", FRAME, "pd.DataFrame"),
        ("try:\n    import polars as pd\nexcept ImportError:\n    import pandas as pd", FRAME, "pd.DataFrame"),
        ("class K: pass", T("__main__:K"), None),
        ("", T("os.system('x'):K"), None),
        ("", T("mod:K)\nimport os\ndef f(x"), None),
        ("", T("mod:class"), None),
        ("", T("a-b:K"), None),
    ],
)  # fmt: skip
def test_spelling(first: str, live: LiveType, expected: str | None) -> None:
    assert annotation(first, live) == expected


def test_a_class_of_the_notebook_that_moves_along() -> None:
    sources = ["class K:\n    n = 1\nk = K()", "m = k.n + K.n", "m"]
    text = module_after(planned(ask(sources, {"k": T("__main__:K")})))
    assert text == f"{HEADER}\n\nclass K:\n    n = 1\n\n\ndef work(k: K):\n    m = k.n + K.n\n    return m\n"


def test_a_class_that_an_earlier_export_moved_to_the_module() -> None:
    module = "class K:\n    n = 1\n"
    plan = planned(ask(["from steps import K\nk = K()", "m = k.n", "m"], {"k": T("steps:K")}, module=module))
    assert "def work(k: K):" in plan.function.source
    assert "import" not in module_after(plan)


# -- what the module gets -----------------------------------------------------------------------------------------

USES = "import pandas as pd\ndf = make()"
WORK = "def work(df{}):\n    df = df.dropna()\n    return df\n"


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        (
            None,
            f"{HEADER}\n{FUTURE}\n{GUARD}\nif TYPE_CHECKING:\n    import pandas as pd\n\n\n{WORK.format(': pd.DataFrame')}",
        ),
        (
            "import os\n\n\ndef g():\n    return os\n",
            f"import os\n{GUARD}\nif TYPE_CHECKING:\n    import pandas as pd\n\n\ndef g():\n    return os\n\n\n"
            + WORK.format(': "pd.DataFrame"'),
        ),
        (
            f"{FUTURE}\nX = 1\n",
            f"{FUTURE}\n{GUARD}\nif TYPE_CHECKING:\n    import pandas as pd\n\nX = 1\n\n\n{WORK.format(': pd.DataFrame')}",
        ),
        ("import pandas as pd\n", f"import pandas as pd\n\n\n{WORK.format(': pd.DataFrame')}"),
        (
            "from pandas import DataFrame\n",
            f"from pandas import DataFrame\n\n\n{WORK.format(': DataFrame')}",
        ),
        (
            f"{GUARD}\nif TYPE_CHECKING:\n    import numpy as np\n    import zlib_ng  # fast\n\nX = 1\n",
            f"{GUARD}\nif TYPE_CHECKING:\n    import numpy as np\n    import pandas as pd\n    import zlib_ng  # fast\n\nX = 1\n\n\n"
            + WORK.format(': "pd.DataFrame"'),
        ),
        (
            "import typing\n\nif typing.TYPE_CHECKING:\n    import pandas as pd\n",
            "import typing\n\nif typing.TYPE_CHECKING:\n    import pandas as pd\n\n\n" + WORK.format(': "pd.DataFrame"'),
        ),
        (
            f"{GUARD}\nif TYPE_CHECKING: import numpy as np\n",
            f"{GUARD}\nif TYPE_CHECKING:\n    import pandas as pd\n\nif TYPE_CHECKING: import numpy as np\n\n\n"
            + WORK.format(': "pd.DataFrame"'),
        ),
        (
            '"""Doc."""\nX = 1\n',
            f'"""Doc."""\n\n{GUARD}\nif TYPE_CHECKING:\n    import pandas as pd\n\nX = 1\n\n\n' + WORK.format(': "pd.DataFrame"'),
        ),
        (
            f"import os\n\nX = 1\n{GUARD}Y = 1\n",
            f"import os\n\nX = 1\n{GUARD}\nif TYPE_CHECKING:\n    import pandas as pd\n\nY = 1\n\n\n" + WORK.format(': "pd.DataFrame"'),
        ),
        (
            "pd = 1\n",
            f"{GUARD}\nif TYPE_CHECKING:\n    from pandas import DataFrame\n\npd = 1\n\n\n" + WORK.format(': "DataFrame"'),
        ),
        ("TYPE_CHECKING = 1\n", f"TYPE_CHECKING = 1\n\n\n{WORK.format('')}"),
        (
            "import polars as pd\n",
            f"{GUARD}\nimport polars as pd\n\nif TYPE_CHECKING:\n    from pandas import DataFrame\n\n\n"
            + WORK.format(': "DataFrame"'),
        ),
        ("pd = 1\nDataFrame = 2\n", f"pd = 1\nDataFrame = 2\n\n\n{WORK.format('')}"),
        (
            "import os\r\n",
            f"import os\n{GUARD}\nif TYPE_CHECKING:\n    import pandas as pd\n\n\n".replace("\n", "\r\n")
            + WORK.format(': "pd.DataFrame"').replace("\n", "\r\n"),
        ),
        (
            f"{GUARD}\nif TYPE_CHECKING:\n    import os\n".replace("\n", "\r\n"),
            f"{GUARD}\nif TYPE_CHECKING:\n    import os\n\n    import pandas as pd\n\n\n".replace("\n", "\r\n")
            + WORK.format(': "pd.DataFrame"').replace("\n", "\r\n"),
        ),
    ],
)  # fmt: skip
def test_module(module: str | None, expected: str) -> None:
    text = module_after(planned(ask([USES, "df = df.dropna()", "df"], {"df": FRAME}, module=module)))
    assert text == expected
    if "\r" not in text and "Y = 1" not in text:
        assert isort.code(text, profile="black") == text


def test_no_type_imports_when_the_module_imports_at_run_time_anyway() -> None:
    plan = planned(ask([USES, "m = pd.concat([df])", "m"], {"df": FRAME}))
    assert module_after(plan) == (
        f"{HEADER}\nimport pandas as pd\n\n\ndef work(df: pd.DataFrame):\n    m = pd.concat([df])\n    return m\n"
    )


def test_the_plan_tells_the_annotation_without_quotes() -> None:
    plan = planned(ask([USES, "df = df.dropna()", "df"], {"df": FRAME}, module="X = 1\n"))
    assert plan.function.params[0].annotation == "pd.DataFrame"
    assert '"pd.DataFrame"' in plan.function.source


@pytest.mark.parametrize(
    "annotated",
    [
        "@dataclass\nclass P:\n    n: int = 1",
        "def g(a: int):\n    return a",
        "def g() -> int:\n    return 1",
        "def g(*a: int): pass",
        "class K:\n    def m(self, x: 'K'): pass",
    ],
)
def test_quotes_where_the_notebook_has_annotations_of_its_own(annotated: str) -> None:
    """``from __future__ import annotations`` would change what a later export of that code sees."""
    sources = [USES, "df = df.dropna()", "df", f"from dataclasses import dataclass\n{annotated}"]
    text = module_after(planned(ask(sources, {"df": FRAME})))
    assert FUTURE not in text
    assert 'def work(df: "pd.DataFrame"):' in text


def test_the_future_import_of_the_notebook_is_enough() -> None:
    sources = ["from __future__ import annotations\n" + USES, "df = df.dropna()", "df", "def g(a: int): pass"]
    text = module_after(planned(ask(sources, {"df": FRAME})))
    assert text.count(FUTURE) == 1
    assert "def work(df: pd.DataFrame):" in text


def test_a_builtin_that_the_module_gives_another_meaning() -> None:
    assert annotation("", T("list", INT), module="def list(): pass\n") is None
    assert annotation("", T("dict", STR, INT), module="int = str\n") == "dict"


def test_the_parameter_may_be_called_like_its_type() -> None:
    plan = planned(ask(["list = [1]", "n = list[0]", "n"], {"list": T("list", INT)}))
    assert plan.function.source.startswith("def work(list: list[int]):")


# -- a second export into the same module -------------------------------------------------------------------------


def _after_first(**options: str) -> str:
    return module_after(planned(ask([USES, "df = df.dropna()", "df"], {"df": FRAME}, **options)))  # type: ignore[arg-type]


def test_exporting_again_changes_nothing() -> None:
    first = _after_first()
    again = planned(ask([USES, "df = df.dropna()", "df"], {"df": FRAME}, module=first))
    assert again.file_edits == []


@pytest.mark.parametrize("types", [None, {}, {"df": T("polars:DataFrame")}])
def test_the_same_function_is_found_whatever_the_kernel_tells(types: dict[str, LiveType] | None) -> None:
    for first in (_after_first(), module_after(planned(ask([USES, "df = df.dropna()", "df"], None)))):
        assert planned(ask([USES, "df = df.dropna()", "df"], types, module=first)).file_edits == []


def test_an_annotation_that_the_person_wants_makes_another_function() -> None:
    wanted = [ParamChoice(source="df", annotation="object")]
    refusal = refused(ask([USES, "df = df.dropna()", "df"], None, module=_after_first(), params=wanted))
    assert refusal.code == "name_taken"


def test_a_name_that_is_needed_at_run_time_leaves_the_block() -> None:
    text = module_after(
        planned(ask([USES, "m = pd.concat([df])", "m"], {"df": FRAME}, module=_after_first(), name="two"))
    )
    assert "TYPE_CHECKING" not in text
    assert text.startswith(f"{HEADER}\n{FUTURE}\nimport pandas as pd\n\n\ndef work(df: pd.DataFrame):")
    compile(text, "steps.py", "exec")


@pytest.mark.parametrize(
    ("block", "rest"),
    [
        ("    import numpy as np\n    import pandas as pd\n", "    import numpy as np\n"),
        ("    import pandas as pd\n    from a import b\n", "    from a import b\n"),
        ("    import pandas as pd  # big\n", "    import pandas as pd  # big\n"),
        ("    import numpy as np, pandas as pd\n", "    import numpy as np\n"),
        ("    # frames\n    import pandas as pd\n", "    # frames\n    import pandas as pd\n"),
        ("    import pandas as pd\n\n    Frame = pd.DataFrame\n", "\n    Frame = pd.DataFrame\n"),
    ],
)
def test_the_rest_of_the_block_stays(block: str, rest: str) -> None:
    module = f"{GUARD}\nif TYPE_CHECKING:\n{block}\nX = 1\n"
    text = module_after(planned(ask([USES, "m = pd.concat([df])", "m"], None, module=module)))
    assert f"if TYPE_CHECKING:\n{rest}\nX = 1\n" in text
    assert "\nimport pandas as pd\n" in text


def test_only_one_of_several_names_leaves_the_block() -> None:
    module = (
        f"{GUARD}\nif TYPE_CHECKING:\n    from pandas import (\n        DataFrame,\n        Series,\n    )\n\nX = 1\n"
    )
    sources = ["from pandas import Series\nx = 1", "s = Series([x])", "s"]
    text = module_after(planned(ask(sources, None, module=module)))
    assert "if TYPE_CHECKING:\n    from pandas import DataFrame\n" in text
    assert "\nfrom pandas import Series\n" in text


# -- is it the value that the function gets? -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "counts", "live", "expected"),
    [
        # nothing binds the name after the cell that gives the argument
        (["x = 1", "y = x", "y"], [1, 2, 3], INT, "int"),
        (["x = 1", "y = x", "y"], [None, None, None], INT, "int"),
        (["x = 1", "x = 'a'", "export: y = x", "y"], [1, 2], STR, "str"),
        # an earlier cell ran again after it
        (["x = 1", "x = 'a'", "export: y = x", "y"], [3, 2], INT, None),
        (["x = 1", "x = 'a'", "export: y = x", "y"], [3, None], INT, None),
        # a later cell binds the name anew: it has run, has not, or nobody knows
        (["x = '1'", "y = x", "x = 2", "y"], [1, 2, 3], INT, None),
        (["x = '1'", "y = x", "x = 2", "y"], [1, None, None], STR, "str"),
        (["x = '1'", "y = x", "x = 2", "y"], [4, 2, 3], STR, "str"),
        (["x = '1'", "y = x", "x = 2", "y"], [None, None, None], STR, None),
        # so does the exported code
        (["x = '1'", "x = int(x)", "x"], [1, 2], INT, None),
        (["x = '1'", "x = int(x)", "x"], [1, None], STR, "str"),
        (["x = '1'", "x = int(x)", "x"], [3, 2], STR, "str"),
        (["x = '1'", "for x in x: pass", "x"], [1, 2], STR, None),
        (["x = '1'", "x, y = x, 1", "x"], [1, 2], STR, None),
        # ... but in a way that keeps the type
        (["x = ' 1'", "x = x.strip().lower()", "x"], [1, 2], STR, "str"),
        (["x = 1", "x += 1", "x"], [1, 2], INT, "int"),
        (["x = 1", "x /= 2", "x"], [1, 2], FLOAT, None),
        (["x = 0", "x += y", "x"], [1, 2], T("numpy:float64"), None),
        (["x = make()", "x = x.dropna()", "x"], [1, 2], FRAME, "pd.DataFrame"),
        (["x = make()", "x = x.dropna().reset_index(drop=True)", "x"], [1, 2], FRAME, "pd.DataFrame"),
        (["x = make()", "x = x.reset_index()", "x"], [1, 2], FRAME, None),
        (["x = make()", "x = x[x.a > 1]", "x"], [1, 2], FRAME, "pd.DataFrame"),
        (["x = make()", "x = x[~x.a & x.b]", "x"], [1, 2], FRAME, "pd.DataFrame"),
        (["x = make()", "x = x.loc[x.a > 1].copy()", "x"], [1, 2], FRAME, "pd.DataFrame"),
        (["x = make()", "x = x[['a']]", "x"], [1, 2], FRAME, "pd.DataFrame"),
        (["x = make()", "x = x['a']", "x"], [1, 2], FRAME, None),
        (["x = make()", "x = x.groupby('a').sum()", "x"], [1, 2], FRAME, None),
        (["x = make()", "z = x.a\nx = y.dropna()", "x"], [1, 2], FRAME, None),
        (["x = make()", "if x.a:\n    x = x.dropna()\nelse:\n    x = x.copy()", "x"], [1, 2], FRAME, "pd.DataFrame"),
        (["x = make()", "if x.a:\n    x = x.dropna()\nelse:\n    x = 1", "x"], [1, 2], FRAME, None),
        (["x = make()", "try:\n    x = x.copy()\nexcept E:\n    x = 1", "x"], [1, 2], FRAME, None),
        (["x = make()", "x = x.copy(); x = load(x)", "x"], [1, 2], FRAME, None),
        (["x = make()", "x = x.dropna()", "x = x[x.a > 1]", "x"], [1, 2, 3], FRAME, "pd.DataFrame"),
        (["x = make()", "x = x.dropna()", "x = x.sum()", "x"], [1, 2, 3], T("pandas:Series"), None),
        (["x = make()", "y = x.n", "del x", "y"], [1, 2, 3], FRAME, None),
        # what is in a list may have been put there by the exported code
        (["x = []", "x.append(1)", "x"], [1, 2], T("list", INT), "list"),
        (["x = {}", "x['a'] = 1", "x"], [1, 2], T("dict", STR, INT), "dict"),
        (["x = []", "y = x", "x.append(1)", "x, y"], [1, 2, 3], T("list", INT), "list"),
        (["x = []", "y = x", "x.append(1)", "x, y"], [1, 2, 3], FRAME, "pd.DataFrame"),
    ],
)  # fmt: skip
def test_only_the_value_that_is_passed_counts(
    cells: list[str], counts: list[int | None], live: LiveType, expected: str | None
) -> None:
    place = next((place for place, cell in enumerate(cells) if cell.startswith("export: ")), 1)
    sources = [cell.removeprefix("export: ") for cell in cells]
    plan = planned(ask(["def make(): pass\ny = 1\ndef load(x): pass\nclass E(Exception): pass", *sources],
                       {"x": live}, counts=[0, *counts], selected=[f"c{place + 1}"]))  # fmt: skip
    assert {param.source: param.annotation for param in plan.function.params}["x"] == expected


def test_lines_of_a_cell() -> None:
    """The cell has one count; what stands above the lines gives the argument."""
    cells = cells_of(["x = 1\ny = x + 1\nx = 'a'", "x, y"])
    request = ExportRequest(
        notebook="n.ipynb",
        cells=[msgspec.structs.replace(cells[0], execution_count=1), cells[1]],
        selected=["c0"],
        lines=LineRange(first=2, last=2),
        language="python",
        types={"x": STR},
    )
    assert planned(plan_export(request, target_of(None))).function.params[0].annotation is None


# -- the person's own annotations ---------------------------------------------------------------------------------


def _own(text: str | None, module: str | None = None) -> Plan | Refusal:
    params = [ParamChoice(source="df", annotation=text)]
    return ask([USES, "df = df.dropna()", "df"], {"df": FRAME}, params=params, module=module)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "pd.DataFrame"),
        ("", None),
        ("  ", None),
        ("object", "object"),
        (" pd.Series ", "pd.Series"),
        ("pd.DataFrame | None", "pd.DataFrame | None"),
        ('"pd.DataFrame"', '"pd.DataFrame"'),
    ],
)
def test_the_person_decides(text: str | None, expected: str | None) -> None:
    assert planned(_own(text)).function.params[0].annotation == expected


def test_imports_of_the_persons_annotation_are_for_type_checkers_too() -> None:
    text = module_after(planned(_own("pd.DataFrame | None", "X = 1\n")))
    assert "if TYPE_CHECKING:\n    import pandas as pd\n" in text
    assert 'def work(df: "pd.DataFrame | None"):' in text


def test_quotes_inside_quotes() -> None:
    source = planned(_own('pd.Series["int"]', "X = 1\n")).function.source
    assert "def work(df: 'pd.Series[\"int\"]'):" in source
    source = planned(_own("pd.Series['\\n']", "X = 1\n")).function.source
    assert ast.literal_eval(source.split(": ")[1].split("):")[0]) == "pd.Series['\\n']"


@pytest.mark.parametrize(("text", "module"), [("missing", None), ("df", None), ("pd.DataFrame", "pd = 1\n")])
def test_annotations_that_mean_nothing_in_the_module(text: str, module: str | None) -> None:
    refusal = refused(_own(text, module))
    assert (refusal.code, refusal.field) == ("bad_expression", "params")


def test_renamed_parameters_keep_their_types() -> None:
    params = [ParamChoice(source="df", name="frame")]
    plan = planned(ask([USES, "df = df.dropna()", "df"], {"df": FRAME}, params=params))
    assert plan.function.source.startswith("def work(frame: pd.DataFrame):")
    again = planned(ask([USES, "df = df.dropna()", "df"], None, params=params, module=module_after(plan)))
    assert again.file_edits == []


def test_without_types_nothing_is_annotated() -> None:
    for types in (None, {}):
        plan = planned(ask([USES, "df = df.dropna()", "df"], types))
        assert module_after(plan) == f"{HEADER}\n\n{WORK.format('')}"


def test_annotations_are_never_evaluated_without_their_import() -> None:
    """Whatever the module was, it can be imported where pandas is not."""
    for module in (None, "X = 1\n", f"{FUTURE}X = 1\n"):
        text = module_after(planned(ask([USES, "df = df.dropna()", "df"], {"df": FRAME}, module=module)))
        namespace: dict[str, object] = {}
        exec(compile(text, "steps.py", "exec", dont_inherit=True), namespace)
        assert "pd" not in namespace
        assert isinstance(ast.parse(text).body[-1], ast.FunctionDef)
