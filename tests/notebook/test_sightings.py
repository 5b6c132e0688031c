"""Which values names hold, and where they are shown."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.notebook.sightings import sightings_of


@pytest.mark.parametrize(
    ("source", "name", "values"),
    [
        ("a = b", "a", "b"),
        ("a = B(c)", "a", "B()"),
        ("a = [b, {1: c}]", "a", "b c"),
        ("a, *d = b", "d", "b"),
        ("a.x = b", "a", "b"),
        ("a[0] = b", "a", "b"),
        ("a.append(b)", "a", "b"),
        ("a += [b]", "a", "b"),
        ("a = b if c else d", "a", "b d"),
        ("a = b or c", "a", "b c"),
        ("(a := b)", "a", "b"),
        ("for a in b: pass", "a", "each:b"),
        ("for a, d in ((b, 1), (c, 2)): pass", "a", "b c"),
        ("a = list(b)", "a", "list() each:b"),
        ("a = partial(b, 1)", "a", "partial() b"),
        ("a = b.m()", "a", "b.m()"),
        ("a = type(b)", "a", "type:b"),
        ("a = b.__class__", "a", "type:b"),
        ("a = b.x", "a", "b.x"),
        ("a = b.__mro__", "a", "b"),
        ("a = nb.njit(b)", "a", "nb.njit() b"),
        ("a = f(b)", "a", "f()"),
        ("a = await f()", "a", "each:f()"),
        ("a = lambda: 1", "a", "<lambda>"),
        ("a = (v for v in b)", "a", "<genexpr>"),
        ("a = [v for v in b]", "a", "v"),
        ("with b() as a: pass", "a", "b()"),
        ("try: pass\nexcept (E, F) as a: pass", "a", "E() F()"),
        ("def a(): return b", "a()", "b"),
        ("a = namedtuple('a', 'x')", "a", ""),
        ("self.a = b", "self", ""),
    ],
)
def test_held(source: str, name: str, values: str) -> None:
    found = [seen.held.get(name, set()) for seen in sightings_of(source)]
    assert set().union(*found) == set(values.split())


@pytest.mark.parametrize(
    ("source", "value", "how"),
    [
        ("x = 1\na", "a", "display"),
        ("x = 1\n[a]", "a", "display"),
        ("print(a)", "a", "str"),
        ("print([a])", "a", "repr"),
        ("print(repr(a), 1)", "a", "repr"),
        ("b = f'{a}'", "a", "str"),
        ("b = f'{a!r}'", "a", "repr"),
        ("b = '%s' % a", "a", "str"),
        ("b = '%s %s' % (a, 1)", "a", "str"),
        ("b = '{}'.format(a)", "a", "str"),
        ("display(a);", "a", "display"),
        ("log.info('%s', a)", "a", "str"),
        ("help(a);", "a", "help"),
        ("b = a.__module__", "a", "home"),
        ("b = type(a).__qualname__", "type:a", "home"),
        ("print(a.inspect_asm())", "a", "inspect"),
        ("b = pickle.dumps(a)", "a", "pickle"),
        ("b = a.to_pickle('f')", "a", "pickle"),
        ("b = pool.map(a, xs)", "a", "process"),
        ("b = Process(target=a)", "a", "process"),
        ("def f():\n    print(a)", "a", "str"),
    ],
)
def test_shown(source: str, value: str, how: str) -> None:
    assert (value, how) in [(one.value, one.how) for seen in sightings_of(source) for one in seen.shown]


@pytest.mark.parametrize("source", ["a;", "b = a", "a.x", "print(a.x, f(a))", "len(a)", "a == 1", "print(= a"])
def test_not_shown(source: str) -> None:
    assert "a" not in [one.value for seen in sightings_of(source) for one in seen.shown]


def test_tracebacks() -> None:
    assert [seen.tracebacks for seen in sightings_of("traceback.print_exc()\nprint(1)")] == [True, False]


@pytest.mark.parametrize(
    ("source", "bound", "defines"),
    [
        ("a = b = 1", "a b", None),
        ("a, (b, c) = 1, d", "a b c", None),
        ("a.x = a[0] = 1", "", None),
        ("a: int = 1", "a", None),
        ("a: int", "", None),
        ("del a", "a", None),
        ("import a.b, c as d", "a d", None),
        ("def a(): pass", "a", "a"),
        ("class a: pass", "a", "a"),
        ("if x:\n    a = 1", "", None),
    ],
)
def test_what_is_surely_bound(source: str, bound: str, defines: str | None) -> None:
    (seen,) = sightings_of(source)
    assert (seen.bound, seen.defines) == (set(bound.split()), defines)
