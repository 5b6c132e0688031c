"""What the kernel tells of its values, and that asking touches nothing."""

from __future__ import annotations

import collections
import datetime
import gc
import io
import json
import os
import pathlib
import re
import sys
import threading
import time
import types
import weakref
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from sklearn.linear_model import LinearRegression

from jupyterlab_prodify.api.export import LiveType
from jupyterlab_prodify.in_kernel import live_types
from scripts.kernel_code import question


def ask(namespace: dict[str, Any], *names: str) -> dict[str, LiveType]:
    """The answer as the server takes it."""
    namespace.setdefault("__builtins__", __builtins__)
    return msgspec.json.decode(eval(question(names or list(namespace)), namespace), type=dict[str, LiveType])


def text(live: LiveType | None) -> str | None:
    """A type in short: ``list[int]``, ``pandas:DataFrame``."""
    if live is None:
        return None
    head = live.name if live.module == "builtins" else f"{live.module}:{live.name}"
    return f"{head}[{', '.join(str(text(arg)) for arg in live.args)}]" if live.args else head


class Local:
    class Inner:
        pass


def _recursive() -> list[Any]:
    values: list[Any] = []
    values.append(values)
    return values


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, "int"),
        (True, "bool"),
        (1.5, "float"),
        ("a", "str"),
        (b"a", "bytes"),
        (1j, "complex"),
        (None, None),
        (..., None),
        (int, None),
        (Local, None),
        (print, None),
        (lambda: 1, None),
        (json, None),
        ((i for i in ()), None),
        ([], "list"),
        (["a"], "list[str]"),
        ([1, 2.5], "list[float]"),
        ([1, True], "list"),
        ([1, "a"], "list"),
        (["a", None], "list[types:UnionType[str, NoneType]]"),
        ([None], "list"),
        ([1, "a", None], "list"),
        ({"a": 1}, "dict[str, int]"),
        ({"a": 1, "b": "c"}, "dict"),
        ({"a": [1], "b": []}, "dict[str, list[int]]"),
        ([{"a": 1}, {"b": 2.5}], "list[dict[str, float]]"),
        ([[1], ["a"]], "list[list]"),
        ({1, 2}, "set[int]"),
        (frozenset("a"), "frozenset[str]"),
        ((), "tuple"),
        ((1, "a"), "tuple[int, str]"),
        ((1, None), "tuple"),
        ((1,) * 9, "tuple[int, ellipsis]"),
        ((1, "a") * 9, "tuple"),
        ([(1, "a"), (2, "b")], "list[tuple[int, str]]"),
        ([(1,), (2, 3)], "list[tuple[int, ellipsis]]"),
        (_recursive(), "list[list[list[list]]]"),
        ([[[[[1]]]]], "list[list[list[list]]]"),
        (collections.Counter("a"), "collections:Counter"),
        (collections.OrderedDict(a=1), "collections:OrderedDict"),
        (datetime.date(2020, 1, 1), "datetime:date"),
        (re.compile("a"), "re:Pattern"),
        (io.StringIO(), "io:StringIO"),
        (pathlib.PurePosixPath("a"), "pathlib:PurePosixPath"),
        (types.SimpleNamespace(), "types:SimpleNamespace"),
        (pd.DataFrame({"a": [1]}), "pandas:DataFrame"),
        (pd.Series([1]), "pandas:Series"),
        (pd.Timestamp(0), "pandas:Timestamp"),
        (pd.DataFrame({"a": [1]}).groupby("a"), "pandas.api.typing:DataFrameGroupBy"),
        (np.zeros(2), "numpy:ndarray"),
        (np.float64(1), "numpy:float64"),
        ([pd.Series([1])], "list[pandas:Series]"),
        (np.random.default_rng(), "numpy.random:Generator"),
        (LinearRegression(), "sklearn.linear_model:LinearRegression"),
        (Local(), f"{__name__}:Local"),
        (Local.Inner(), f"{__name__}:Local.Inner"),
        (threading.Lock(), None),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_types(value: object, expected: str | None) -> None:
    assert text(ask({"x": value}, "x").get("x")) == expected


def test_a_class_whose_name_leads_elsewhere_is_not_told() -> None:
    def local() -> object:
        class Hidden:
            pass

        return Hidden()

    class Renamed:
        pass

    Renamed.__qualname__ = "Local"
    Renamed.__module__ = __name__
    assert ask({"a": local(), "b": Renamed()}, "a", "b") == {}


def test_classes_of_the_notebook() -> None:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec("class K: pass\nk = K()\nold = K()\nclass _P: pass\np = _P()", namespace)
    assert text(ask(namespace, "k")["k"]) == "__main__:K"
    assert text(ask(namespace, "p")["p"]) == "__main__:_P"
    exec("class K: pass", namespace)
    assert ask(namespace, "k", "old") == {}


def test_names_that_are_not_there() -> None:
    assert ask({}, "missing", "größe") == {}
    assert text(ask({"größe": 1}, "größe")["größe"]) == "int"


def test_the_shortest_public_module_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    cls = type("Thing", (), {"__module__": "prodify_pkg._core.thing"})
    for name in ("prodify_pkg", "prodify_pkg._core", "prodify_pkg._core.thing", "prodify_pkg.api"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    vars(sys.modules["prodify_pkg._core.thing"])["Thing"] = cls
    assert ask({"x": cls()}, "x") == {}
    vars(sys.modules["prodify_pkg"])["Thing"] = cls
    found = ask({"x": cls()}, "x")["x"]
    assert (found.module, found.defined_in) == ("prodify_pkg", "prodify_pkg._core.thing")
    vars(sys.modules["prodify_pkg"])["Thing"] = object
    assert ask({"x": cls()}, "x") == {}


# -- nothing of the person's is called ------------------------------------------------------------------------------


TOUCHED: list[str] = []


def _touch(name: str) -> Any:
    def method(*_args: object, **_options: object) -> Any:
        TOUCHED.append(name)
        raise RuntimeError(name)

    return method


HOSTILE_METHODS = (
    "__repr__", "__str__", "__len__", "__bool__", "__iter__", "__getattr__", "__getattribute__", "__eq__", "__hash__",
    "__contains__", "__getitem__", "__next__", "__call__", "__format__", "__reduce__", "__dir__", "__sizeof__",
)  # fmt: skip


class Meta(type):
    for _name in (*HOSTILE_METHODS, "__instancecheck__", "__subclasscheck__", "mro_entries"):
        locals()[_name] = _touch(f"Meta.{_name}")


def _hostile_class(*bases: type) -> type:
    body: dict[str, Any] = {name: _touch(name) for name in HOSTILE_METHODS}
    body["__class__"] = property(_touch("__class__"))
    body["__dict__"] = property(_touch("__dict__"))
    return Meta("Hostile", bases, body)


class HostileModule(types.ModuleType):
    __getattr__ = _touch("module.__getattr__")  # type: ignore[assignment]


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    module = HostileModule("prodify_hostile")
    monkeypatch.setitem(sys.modules, "prodify_hostile", module)
    TOUCHED.clear()
    yield TOUCHED
    TOUCHED.clear()


@pytest.mark.parametrize("bases", [(), (list,), (dict,), (str,), (tuple,)], ids=str)
def test_hostile_objects_are_not_touched(hostile: list[str], bases: tuple[type, ...]) -> None:
    cls = _hostile_class(*bases)
    type.__setattr__(cls, "__module__", "prodify_hostile.inner")
    thing = (bases[0] if bases else object).__new__(cls)
    hostile.clear()
    namespace = {"x": thing, "many": [thing, thing], "mixed": [thing, 1], "inside": ({1: thing},), "cls": cls}
    found = ask(namespace, *namespace)
    assert hostile == []
    assert {name: text(live) for name, live in found.items() if name != "__builtins__"} == {
        "many": "list",
        "mixed": "list",
        "inside": "tuple[dict]",
    }


class StrangeStr(str):
    split = _touch("str.split")  # type: ignore[assignment]


def test_strange_names_of_classes_are_not_touched(hostile: list[str]) -> None:
    named = type("Named", (), {})
    named.__qualname__ = StrangeStr("Named")
    housed = type("Housed", (), {"__module__": StrangeStr("os")})
    computed = type("Computed", (), {"__module__": property(_touch("__module__"))})
    assert ask({"a": named(), "b": housed(), "c": computed()}, "a", "b", "c") == {}
    assert hostile == []


def test_the_names_of_the_notebook_may_shadow_builtins() -> None:
    shadows = {name: _touch(name) for name in ("exec", "eval", "type", "globals", "dict", "len", "list", "issubclass")}
    TOUCHED.clear()
    assert text(ask({**shadows, "x": [1]}, "x")["x"]) == "list[int]"
    assert TOUCHED == []


def test_the_namespace_stays_as_it_is() -> None:
    namespace = {"x": [1], "_": 3, "__builtins__": __builtins__}
    before = dict(namespace)
    ask(namespace, "x")
    assert namespace == before
    assert list(namespace) == list(before)


def test_values_are_not_kept_alive() -> None:
    class Big:
        pass

    namespace = {"x": Big(), "many": [Big()]}
    alive = [weakref.ref(namespace["x"]), weakref.ref(namespace["many"][0])]
    gc.collect()
    gc.disable()
    try:
        ask(namespace, "x", "many")
        namespace.clear()
        assert [one() for one in alive] == [None, None]
    finally:
        gc.enable()


def test_nothing_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(sys.modules)
    ask({"x": pd.DataFrame(), "y": LinearRegression()}, "x", "y")
    assert set(sys.modules) == before


def test_a_container_that_another_thread_changes_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def some(_look: object, _containers: object) -> None:
        raise RuntimeError("dictionary changed size during iteration")

    monkeypatch.setattr(live_types.Look, "some", some)
    assert json.loads(live_types.answer({"x": [1], "y": 1}, ["x", "y"])) == {
        "y": {"module": "builtins", "name": "int", "defined_in": "builtins"}
    }


@pytest.mark.parametrize(
    "value",
    [
        list(range(3_000_000)),
        [[i] for i in range(300_000)],
        {str(i): {i: [i]} for i in range(100_000)},
        [tuple(range(4))] * 1_000_000,
        set(range(1_000_000)),
    ],
    ids=["flat", "nested", "dicts", "tuples", "set"],
)
def test_only_some_items_are_looked_at(value: Any) -> None:
    """The work is bounded by items, not by time: far below what the frontend waits for."""
    look = live_types.Look({})
    assert look.type_of([value], live_types.DEEPEST) is not None
    assert look.left >= -live_types.MOST_ITEMS
    names = {f"x{i}": value for i in range(20)}
    began = time.perf_counter()
    assert len(ask(names, *names)) == 20
    assert time.perf_counter() - began < 5


# -- in a real kernel -----------------------------------------------------------------------------------------------


class _ThisPython(KernelManager):
    """Starts kernels under the Python that runs the tests."""

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        return [sys.executable, "-m", "ipykernel_launcher", "-f", self.connection_file, *(extra_arguments or [])]


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingKernelClient]:
    folder = tmp_path_factory.mktemp("kernel")
    manager = _ThisPython(kernel_name="python3")
    manager.start_kernel(cwd=str(folder), env={**os.environ, "IPYTHONDIR": str(folder / "ipython")})
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _send(kernel: BlockingKernelClient, expressions: dict[str, str]) -> str:
    return kernel.execute("", silent=True, store_history=False, user_expressions=expressions, allow_stdin=False)


def _reply(kernel: BlockingKernelClient, message_id: str, seconds: float = 30) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while True:
        reply = kernel.get_shell_msg(timeout=end - time.monotonic())
        if reply["parent_header"]["msg_id"] == message_id:
            return reply["content"]


def _evaluate(kernel: BlockingKernelClient, **expressions: str) -> dict[str, str]:
    content = _reply(kernel, _send(kernel, expressions))
    return {name: found["data"]["text/plain"] for name, found in content["user_expressions"].items()}


def _run(kernel: BlockingKernelClient, code: str) -> None:
    content = _reply(kernel, kernel.execute(code))
    assert content["status"] == "ok", content


STATE = {
    "names": "sorted(globals())",
    "ids": "[id(globals()[name]) for name in sorted(globals())]",
    "under": "[repr(_), repr(__), repr(___)]",
    "shell_count": "get_ipython().execution_count",
    "kernel_count": "get_ipython().kernel.execution_count",
    "inputs": "list(In)",
    "outputs": "dict(Out)",
    "history": "list(get_ipython().history_manager.get_tail(100))",
    "modules": "len(__import__('sys').modules)",
    "error": "getattr(__import__('sys'), 'last_type', None)",
    "touched": "touched",
}

SETUP = """
import pandas as pd
touched = []
class Loud:
    def __getattribute__(self, name):
        touched.append(name)
        return object.__getattribute__(self, name)
    def __len__(self):
        touched.append("len")
        return 3
    def __repr__(self):
        touched.append("repr")
        return "loud"
    def __bool__(self):
        touched.append("bool")
        return True
loud, many = Loud(), [Loud()]
df = pd.DataFrame({"a": [1]})
huge = list(range(3_000_000))
"""


@pytest.mark.slow
def test_a_real_kernel_is_as_before(kernel: BlockingKernelClient) -> None:
    _run(kernel, SETUP)
    _run(kernel, "6 * 7")
    before = _evaluate(kernel, **STATE)
    while kernel.iopub_channel.msg_ready():
        kernel.get_iopub_msg(timeout=1)
    began = time.perf_counter()
    answer = _evaluate(kernel, types=question(["df", "loud", "many", "huge", "missing"]))["types"]
    seconds = time.perf_counter() - began
    found = {name: text(live) for name, live in msgspec.json.decode(eval(answer), type=dict[str, LiveType]).items()}
    assert found == {
        "df": "pandas:DataFrame",
        "loud": "__main__:Loud",
        "many": "list[__main__:Loud]",
        "huge": "list[int]",
    }
    assert seconds < 5, "an idle kernel answers in some milliseconds"
    assert _evaluate(kernel, **STATE) == before
    kinds = set()
    while True:
        try:
            kinds.add(kernel.get_iopub_msg(timeout=0.5)["header"]["msg_type"])
        except Exception:
            break
    assert kinds == {"status"}
    # The next cell has the number that follows.
    _run(kernel, "assert _ == 42 and len(In) == 4, (_, In)")


@pytest.mark.slow
def test_a_question_behind_a_running_cell_is_answered_later_and_changes_nothing(kernel: BlockingKernelClient) -> None:
    _run(kernel, "kept = 'before'")
    cell = kernel.execute("import time\ntime.sleep(1)\nkept = 'after'\nkept")
    late = _send(kernel, {"types": question(["kept"])})
    assert _reply(kernel, cell)["status"] == "ok"
    assert '"str"' in _reply(kernel, late)["user_expressions"]["types"]["data"]["text/plain"]
    assert _evaluate(kernel, value="kept", last="_") == {"value": "'after'", "last": "'after'"}
