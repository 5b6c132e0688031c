"""Renaming names of a function's own scope, and nothing else that is spelled the same."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.refactor.rename import rename_locals


def _rename(body: str, **renames: str) -> str:
    head = "def work(a):\n"
    return rename_locals(head + body, renames).removeprefix(f"def work({renames.get('a', 'a')}):\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("    return a + 1", "    return z + 1"),
        ("    b = a\n    return b", "    b = z\n    return b"),
        ("    a = a + 1\n    return a", "    z = z + 1\n    return z"),
        ("    a += 1\n    del a", "    z += 1\n    del z"),
        ("    return x.a, f(a=a), {'a': a}", "    return x.a, f(a=z), {'a': z}"),
        ("    return 'a', \"a\"  # a", "    return 'a', \"a\"  # a"),
        ("    return f'{a} a {a!r:>{a}}'", "    return f'{z} a {z!r:>{z}}'"),
        ("    return lambda a: a", "    return lambda a: a"),
        ("    return lambda x=a: a + x", "    return lambda x=z: z + x"),
        ("    return [a for a in a]", "    return [a for a in z]"),
        ("    return [a for x in y if (a := x)]", "    return [z for x in y if (z := x)]"),
        ("    def g(a=a):\n        return a\n    return g", "    def g(a=z):\n        return a\n    return g"),
        ("    def g():\n        return a\n    return g", "    def g():\n        return z\n    return g"),
        ("    def g():\n        a = 1\n        return a\n    return a", "    def g():\n        a = 1\n        return a\n    return z"),
        ("    def g():\n        nonlocal a\n        a = 1\n    return a", "    def g():\n        nonlocal z\n        z = 1\n    return z"),
        ("    class A:\n        b = a\n    return a", "    class A:\n        b = z\n    return z"),
        ("    for a in b:\n        print(a)", "    for z in b:\n        print(z)"),
        ("    with b as a:\n        a", "    with b as z:\n        z"),
        ("    (a, *b), c = a", "    (z, *b), c = z"),
        ("    a[a] = a.a", "    z[z] = z.a"),
        ("    try:\n        a\n    except E as a:\n        a", "    try:\n        z\n    except E as z:\n        z"),
        ("    match a:\n        case [a, b]:\n            a", "    match z:\n        case [z, b]:\n            z"),
        ("    match a:\n        case {'k': b, **a}:\n            a", "    match z:\n        case {'k': b, **z}:\n            z"),
        ("    a: int = 1\n    return a", "    z: int = 1\n    return z"),
        ("    import m as a\n    return a", "    import m as z\n    return z"),
        ("    import a\n    return a", "    import a as z\n    return z"),
        ("    from m import a, b\n    return a", "    from m import a as z, b\n    return z"),
    ],
)  # fmt: skip
def test_rename_a_parameter(body: str, expected: str) -> None:
    assert _rename(body, a="z") == expected


def test_two_names_change_places() -> None:
    assert rename_locals("def f(a, b):\n    return a - b", {"a": "b", "b": "a"}) == "def f(b, a):\n    return b - a"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(a: int = 1):\n    return a", "def f(z: int = 1):\n    return z"),
        ("async def f(a):\n    return await a", "async def f(z):\n    return await z"),
        ("def f(\n    a,  # a\n    b,\n):\n    return a", "def f(\n    z,  # a\n    b,\n):\n    return z"),
        ("def f(b):\n    a = b\n    return a", "def f(b):\n    z = b\n    return z"),
        ('def f(a):\n    """Of a."""\n    return a', 'def f(z):\n    """Of a."""\n    return z'),
        ("def f(b=a):\n    a = b\n    return a", "def f(b=a):\n    z = b\n    return z"),
    ],
)
def test_rename_in_the_whole_function(source: str, expected: str) -> None:
    assert rename_locals(source, {"a": "z"}) == expected
