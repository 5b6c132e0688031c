"""Definitions that do something while they are executed."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.refactor.acting_definitions import acting_decorator, eager_obstacle


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("def f(x): print(x)", False),
        ("def f(x=print(1)): pass", True),
        ("def f(x, *, y=g()): pass", True),
        ("def f(x=3): pass", False),
        ("@wraps(g)\ndef f(): pass", False),
        ("@app.route('/')\ndef f(): pass", True),
        ("class A:\n    x = 1", False),
        ("class A:\n    print(1)", True),
        ("class A:\n    x = next(numbers)", True),
        ("class A:\n    x = time.time()", True),
        ("class A:\n    x = field(default_factory=list)\n    y = Path('a')\n    z = re.compile('a')", False),
        ("class A:\n    def m(self, x=g()): pass", True),
        ("class A:\n    def m(self): print(1)", False),
        ("class A:\n    x = lambda: print(1)", False),
        ("class A:\n    @app.route('/')\n    def m(self): pass", True),
        ("class A:\n    def __init_subclass__(cls): pass", True),
        ("class A(type):\n    def __new__(m, n, b, d):\n        print(n)", True),
        ("class A(type):\n    def __new__(m, n, b, d):\n        return super().__new__(m, n, b, d)", False),
        ("A = namedtuple('A', 'x')", False),
        ("def f():\n    !ls", True),
    ],
)
def test_eager_obstacle(text: str, acts: bool) -> None:
    assert (eager_obstacle("f", text) is not None) is acts


@pytest.mark.parametrize(
    ("decorator", "use", "acts"),
    [
        ("def deco(f):\n    return f", "@deco", False),
        ("def deco(f):\n    print(f)\n    return f", "@deco", True),
        ("def deco(f):\n    if f:\n        print(f)\n    return f", "@deco", True),
        ("def deco(f):\n    def g():\n        print(f)\n    update_wrapper(g, f)\n    return g", "@deco", False),
        ("def deco(n):\n    def g(f):\n        print(n)\n        return f\n    return g", "@deco(1)", True),
        (
            "def deco(n):\n    def g(f):\n        def h():\n            print(n)\n        return h\n    return g",
            "@deco(1)",
            False,
        ),
        ("class deco:\n    def __init__(self, f):\n        print(f)", "@deco", True),
        ("class deco:\n    def __init__(self, f):\n        self.f = f", "@deco", False),
    ],
)
def test_acting_decorator(decorator: str, use: str, acts: bool) -> None:
    sources = {"deco": decorator, "h": f"{use}\ndef h():\n    pass"}
    assert (acting_decorator(sources) is not None) is acts
