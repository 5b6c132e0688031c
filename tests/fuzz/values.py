"""Random expressions that hold a value of a known kind."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.fuzz.scope import POOL, Scope, pick_name

DEEPEST = 2


class Values:
    """Writes expressions; ``scope`` is where they will stand."""

    def __init__(self, rng: Random, scope: Scope) -> None:
        self.rng = rng
        self.scope = scope

    # -- parts ------------------------------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, *options: str) -> str:
        return self.rng.choice(options)

    def free(self, *builtins: str) -> bool:
        """Are these builtins still builtins here?"""
        return not any(name in self.scope.known for name in builtins)

    def name(self, kind: str, otherwise: str) -> str:
        return pick_name(self.rng, self.scope, kind) or otherwise

    def callables(self) -> list[str]:
        """Functions that may be called here: later ones in the alphabet, so that nothing calls itself for ever."""
        inside = self.scope.inside
        return [name for name in self.scope.names("func") if not inside or (inside in POOL["func"] and name > inside)]

    def variable(self) -> str:
        """A loop variable of a comprehension or a parameter of a lambda; often a name of the notebook as well."""
        return self.pick("v", "v", "v", "w", "q", "a", "i", "xs")

    # -- numbers ----------------------------------------------------------------------------------------------------

    def number(self, depth: int = 0) -> str:
        """An expression that gives an int."""
        if depth >= DEEPEST or self.chance(0.35):
            return self.atom()
        return self.rng.choice(self._NUMBERS)(self, depth + 1)

    def atom(self) -> str:
        return self.name("int", "7") if self.chance(0.8) else str(self.rng.randint(0, 9))

    def _arithmetic(self, depth: int) -> str:
        one, two = self.number(depth), self.number(depth)
        return self.pick(f"{one} + {two}", f"{one} - {two}", f"({one} * 3 + {two}) % 97", f"-{self.atom()} + {two}")

    def _choice(self, depth: int) -> str:
        return f"({self.number(depth)} if {self.condition(depth)} else {self.number(depth)})"

    def _of_list(self, depth: int) -> str:
        many = self.many(depth)
        options = [f"({many} or [{self.atom()}])[0]", f"({many} or [1])[-1]"]
        options += [f"len({many})"] if self.free("len") else []
        options += [f"sum({many})"] if self.free("sum") else []
        options += [f"max({many} or [{self.atom()}])"] if self.free("max") else []
        return self.rng.choice(options)

    def _summed(self, depth: int) -> str:
        if not self.free("sum"):
            return self._arithmetic(depth)
        variable, many = self.variable(), self.many(depth)
        with_variable = self.within(variable, depth)
        return self.pick(
            f"sum({with_variable} for {variable} in {many})",
            f"sum([{with_variable} for {variable} in {many} if {variable} != {self.atom()}])",
            f"sum({{{variable} % 5 for {variable} in {many}}})",
        )

    def within(self, variable: str, depth: int) -> str:
        """A number that is computed from a variable of an inner scope, and from names around it."""
        known = dict(self.scope.known)
        self.scope.known[variable] = "int"
        text = self.pick(f"{variable} + {self.number(depth)}", f"({variable} * 2) % 50", self.number(depth), variable)
        self.scope.known.clear()
        self.scope.known.update(known)
        return text

    def _called_lambda(self, depth: int) -> str:
        variable = self.variable()
        default = f", z={self.atom()}" if self.chance(0.3) else ""
        return f"(lambda {variable}{default}: {self.within(variable, depth)})({self.atom()})"

    def _called(self, depth: int) -> str:
        names = self.callables()
        if not names:
            return self._called_lambda(depth)
        return f"{self.rng.choice(names)}({self.number(depth)})"

    def _of_dict(self, depth: int) -> str:
        table = self.name("dict", "{'k': 4}")
        return self.pick(
            f"{table}.get('k', {self.atom()})", f"{table}.get('m', 0)", f"len({table})" if self.free("len") else "2"
        )

    def _of_text(self, depth: int) -> str:
        text = self.name("str", "'word'")
        return f"len({text})" if self.free("len") else f"{text}.count('a')"

    def _of_object(self, depth: int) -> str:
        if self.scope.inside:
            return self.atom()
        thing = pick_name(self.rng, self.scope, "object")
        if thing is None:
            return self._of_dict(depth)
        return self.pick(f"{thing}.size", f"{thing}.get()", f"{thing}.add({self.atom()})")

    def _of_class(self, depth: int) -> str:
        name = None if self.scope.inside else pick_name(self.rng, self.scope, "class")
        return self._of_object(depth) if name is None else self.pick(f"{name}({self.atom()}).get()", f"{name}.size")

    def _next(self, depth: int) -> str:
        stream = pick_name(self.rng, self.scope, "iterator")
        return self._choice(depth) if stream is None or self.scope.inside else f"next({stream}, {self.atom()})"

    def _of_functions(self, depth: int) -> str:
        steps = None if self.scope.inside else pick_name(self.rng, self.scope, "functions")
        if steps is None or not self.free("sum"):
            return self._called(depth)
        return self.pick(f"sum(step({self.atom()}) for step in {steps})", f"{steps}[0]({self.atom()})")

    def _of_module(self, depth: int) -> str:
        known = self.scope.known
        options = [f"math.floor({self.atom()} / 2)", f"math.gcd({self.atom()}, 6)"] if "math" in known else []
        options += [f"random.randint(0, {self.rng.randint(1, 9)})"] if "random" in known else []
        options += (
            [f"functools.reduce(lambda p, q: (p + q) % 60, {self.many(depth)}, 0)"] if "functools" in known else []
        )
        options += [f"operator.add({self.atom()}, {self.atom()})"] if "operator" in known else []
        return self.rng.choice(options) if options else self._choice(depth)

    def _walrus(self, depth: int) -> str:
        if self.scope.inside or depth > 1:  # not where a comprehension or a function may stand around it
            return self.atom()
        value = self.number(depth)
        known = [name for name in self.scope.names("int") if name in POOL["int"]]
        return f"({self.rng.choice(known or list(POOL['int']))} := {value})"

    def _text_number(self, depth: int) -> str:
        return self.pick(f"int(f'{{{self.atom()}}}')", f"abs({self.number(depth)})", f"bool({self.atom()}) + 1")

    _NUMBERS: tuple[Callable[[Values, int], str], ...] = (
        _arithmetic, _arithmetic, _choice, _of_list, _of_list, _summed, _summed, _called_lambda, _called, _called,
        _called, _of_dict, _of_text, _of_object, _of_object, _of_class, _next, _of_functions, _of_module, _walrus,
        _text_number,
    )  # fmt: skip

    # -- conditions -------------------------------------------------------------------------------------------------

    def condition(self, depth: int = 0) -> str:
        one, two = self.number(depth), self.number(depth + 1)
        return self.pick(
            f"{one} > {two}",
            f"{one} % 2",
            f"{one} in {self.name('list', '[1, 2]')}",
            f"{self.atom()} < {one} < {two}",
            f"{one} and {two}",
            f"not {one} or {two} > 3",
            f"'k' in {self.name('dict', '{}')}",
            self.name("list", "[]"),
            self.pick("True", "False", "1", "0"),
        )

    # -- lists ------------------------------------------------------------------------------------------------------

    def many(self, depth: int = 0) -> str:
        """An expression that gives a short list of ints."""
        if depth >= DEEPEST or self.chance(0.5):
            return self.name("list", f"[{self.atom()}, 2]")
        return self.rng.choice(self._LISTS)(self, depth + 1)

    def _literal(self, depth: int) -> str:
        return self.pick(
            f"[{self.number(depth)}, {self.atom()}, {self.atom()}]",
            f"[*{self.name('list', '[3]')}[:4], {self.atom()}]",
            "[]",
            "[4, 1, 3]",
        )

    def _comprehension(self, depth: int) -> str:
        variable, many = self.variable(), self.many(depth)
        inner = self.within(variable, depth)
        return self.pick(
            f"[{inner} for {variable} in {many}]",
            f"[{inner} for {variable} in {many} if {variable} > {self.atom()}]",
            f"[{variable} for u in {many}[:3] for {variable} in (u, {self.atom()})]",
            f"[(lambda: {variable} + {self.atom()})() for {variable} in {many}]",
            *self._binding_comprehension(variable, depth),
        )

    def _binding_comprehension(self, variable: str, depth: int) -> list[str]:
        """A walrus in a comprehension binds in the cell."""
        name = self.name("int", "n")
        if self.scope.inside or depth > 1 or name == variable:
            return []
        return [f"[({name} := {variable} + 1) for {variable} in {self.name('list', '[5]')}]"]

    def _of_lists(self, depth: int) -> str:
        one, two = self.many(depth), self.many(depth)
        options = [f"({one} + {two})[:6]", f"{one}[1:]", f"{one}[::-1]", f"{one}[:{self.rng.randint(1, 3)}]"]
        options += [f"sorted({one})"] if self.free("sorted") else []
        options += [f"list({one})", f"list(map(lambda q: q + {self.atom()}, {one}))"] if self.free("list") else []
        options += [f"list(range({self.rng.randint(0, 4)}))"] if self.free("list") else []
        options += [f"list({self.name('dict', '{}')}.values())"] if self.free("list") else []
        return self.rng.choice(options)

    def _mapped(self, depth: int) -> str:
        names = self.callables()
        if not names or not self.free("list"):
            return self._of_lists(depth)
        return f"list(map({self.rng.choice(names)}, {self.many(depth)}))"

    _LISTS: tuple[Callable[[Values, int], str], ...] = (
        _literal, _literal, _comprehension, _comprehension, _of_lists, _mapped,
    )  # fmt: skip

    # -- dicts and texts --------------------------------------------------------------------------------------------

    def mapping(self) -> str:
        return self.pick(
            f"{{'k': {self.number(1)}, 'm': {self.atom()}}}",
            f"{{**{self.name('dict', '{}')}, 'k': {self.atom()}}}",
            f"dict({self.name('dict', '{}')})",
            f"{{str(v): v + {self.atom()} for v in {self.many(1)}}}",
            self.name("dict", "{'k': 1}"),
            f"dict(k={self.number(1)})",
        )

    def text(self) -> str:
        return self.pick(
            f"f'{{{self.atom()}}}-{{{self.name('list', '[1]')}}}'",
            f"f'{{{self.atom()}:>4}}|{{{self.name('str', '1')}!r}}'",
            f"str({self.number(1)})",
            f"{self.name('str', repr('x'))}[:6] + 'a'",
            f"'%d items' % {self.atom()}",
            f"'{{}}'.format({self.atom()})",
            f"''.join(str(v) for v in {self.many(1)})",
            "'plain'",
        )

    def value(self) -> tuple[str, str]:
        """(kind, expression) of any plain kind."""
        kind = self.rng.choices(("int", "list", "dict", "str"), (6, 4, 2, 2))[0]
        made = {"int": self.number, "list": self.many, "dict": self.mapping, "str": self.text}[kind]
        return kind, made()
