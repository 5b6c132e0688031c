"""In-place changes are found where they happen, and plain rebinding is none."""

from __future__ import annotations

import ast

import pytest

from jupyterlab_prodify.notebook.mutation import find_mutations


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("df['a'] = 1", [("df", 1)]),
        ("x = 1\ndf.loc[df.a > 0, 'b'] = 2", [("df", 2)]),
        ("obj.attr.inner = 1", [("obj", 1)]),
        ("del d['k']", [("d", 1)]),
        ("del obj.attr", [("obj", 1)]),
        ("d['n'] += 1", [("d", 1)]),
        ("obj.n -= 1", [("obj", 1)]),
        ("xs += [1]", [("xs", 1)]),
        ("s |= {1}", [("s", 1)]),
        ("d |= {k: v for k, v in x}", [("d", 1)]),
        ("n += 1", []),
        ("xs.append(1)", [("xs", 1)]),
        ("d['k'].append(1)", [("d", 1)]),
        ("obj.items.sort()", [("obj", 1)]),
        ("df.drop(columns='a', inplace=True)", [("df", 1)]),
        ("df.drop(columns='a', inplace=False)", []),
        ("df = df.drop(columns='a')", []),
        ("model.fit(X, y)", [("model", 1)]),
        ("scaler.fit_transform(X)", [("scaler", 1)]),
        ("model.predict(X)", []),
        ("random.shuffle(xs)", [("xs", 1)]),
        ("heappush(heap, 3)", [("heap", 1)]),
        ("next(it)", [("it", 1)]),
        ("setattr(obj, 'a', 1)", [("obj", 1)]),
        ("for d['k'] in xs: pass", [("d", 1)]),
        ("with f() as obj.handle: pass", [("obj", 1)]),
        ("a, d[0] = pair", [("d", 1)]),
        ("f().append(1)", []),
        ("if c:\n    xs.append(1)", [("xs", 2)]),
        ("xs = []\ny = xs[0]\nprint(xs)", []),
        ("b = a\nb.append(1)", [("b", 2), ("a", 2)]),
        ("b = a\nc = b\nc['x'] = 1", [("c", 3), ("a", 3)]),
        ("b = a\nb = []\nb.append(1)", [("b", 3)]),
        ("b = a.copy()\nb.append(1)", [("b", 2)]),
    ],
)
def test_mutations(code: str, expected: list[tuple[str, int]]) -> None:
    found = [(mutation.name, mutation.line) for mutation in find_mutations(ast.parse(code).body)]
    assert found == expected


def test_says_how() -> None:
    (mutation,) = find_mutations(ast.parse("df.loc[0, 'a'] = compute(1)").body)
    assert mutation.how == "`df.loc[0, 'a']`"


def test_long_code_is_shortened() -> None:
    (mutation,) = find_mutations(ast.parse("xs.append(" + "+".join(["value"] * 40) + ")").body)
    assert len(mutation.how) <= 62
    assert mutation.how.endswith("...`")


def test_alias_is_named() -> None:
    hows = [mutation.how for mutation in find_mutations(ast.parse("b = a\nb.sort()").body)]
    assert hows == ["`b.sort()`", "`b.sort()`, the same object as `a`"]
