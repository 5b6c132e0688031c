"""Random statements and cells."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.fuzz.bodies import Bodies, Lines, indented
from tests.fuzz.scope import MODULES, POOL, SHADOWED, Scope

DEEPEST = 2
FIRST = (
    "import math\na, b = 3, 5\nxs = [4, 1, 3]\nd = {'k': 1}",
    "import math, random\nimport itertools\nrandom.seed(4)\na = 2\nxs = [1, 2]\nys = xs\ns = 'word'",
    "a, b, c = 1, 6, 2\nxs = [a, b]\nzs = [7]\ne = {'k': 2, 'm': 3}\ndef f(v):\n    return v + 1",
    "from math import floor\nimport functools, operator\nb = 4\nn = 1\nys = [2, 5, 8]\ntable = dict(k=3)\ntotal = 0",
)


class Writer(Bodies):
    """Writes cells for a notebook whose names are those of ``scope``."""

    def __init__(self, rng: Random, scope: Scope) -> None:
        super().__init__(rng, scope)
        self.inside = 0

    # -- cells --------------------------------------------------------------------------------------------------------

    def cell(self) -> str:
        """The text of one cell."""
        lines: Lines = []
        for _ in range(self.rng.choice((1, 1, 2, 2, 3, 4, 5))):
            if self.chance(0.08):
                lines.append(self.pick("", "# a comment", "'a bare string'"))
            lines += self.statement(0)
        if self.chance(0.5):
            lines += self.shown()
        return "\n".join(lines)

    def shown(self) -> Lines:
        """A last expression, which IPython shows."""
        many = self.name("list", "[1]")
        thing = self.pick(*[name for name in self.scope.known if self.may_be_shown(name)] or ["7"])
        texts = [
            thing,
            self.number(),
            self.many(),
            f"{self.number()}, {self.name('int', '3')}",
            f"{many}.pop(0) if {many} else None",
            f"{many}.append({self.atom()})",
            f"{many}.copy()",
            self.mapping(),
            self.text(),
            f"print({self.atom()})",
            f"{self.name('dict', '{}')}.setdefault('m', {self.atom()})",
            "None",
            f"{self.atom()} == {self.number()}",
            f"{many}[:2]",
        ]
        return [self.rng.choice(texts) + self.pick("", "", "", ";", "  # shown", "\n# the end")]

    def may_be_shown(self, name: str) -> bool:
        """Functions, classes and what they make are shown now and then: their text tells where they are defined."""
        plain = self.scope.known[name] in ("int", "list", "dict", "str", "module")
        return plain or self.chance(0.04)

    def statement(self, depth: int) -> Lines:
        """Lines of one statement."""
        kinds = self._SIMPLE if depth >= DEEPEST or self.chance(0.5) else self._BLOCKS
        if depth == 0 and self.chance(0.25):
            kinds = self._DEFINITIONS
        return self.rng.choice(kinds)(self, depth)

    def block(self, depth: int) -> Lines:
        """An indented body; what it binds is not sure afterwards."""
        known = dict(self.scope.known)
        self.inside += 1
        lines = self.statement(depth + 1)
        if self.chance(0.4):
            lines += self.statement(depth + 1)
        self.inside -= 1
        self.scope.known = known
        return indented(lines)

    def target(self, kind: str) -> str:
        """A name to bind; in blocks mostly one that is bound anyway, sometimes one that usually holds something else."""
        known = [name for name in self.scope.names(kind) if name in POOL[kind]]
        if self.inside and known and self.chance(0.96):
            return self.rng.choice(known)
        if self.chance(0.03):
            return self.rng.choice(SHADOWED)
        pool = POOL[self.rng.choice(("int", "list", "str"))] if self.chance(0.03) else POOL[kind]
        return self.rng.choice(pool)

    # -- simple statements ----------------------------------------------------------------------------------------------

    def assign(self, _depth: int) -> Lines:
        kind, value = self.value()
        name = self.note(self.target(kind), kind)
        if self.chance(0.1):
            annotation = {"int": "int", "list": "'list[int]'", "dict": "dict", "str": "str"}[kind]
            return [f"{name}: {annotation} = {value}"]
        return [f"{name} = {value}" + self.pick("", "", "", "", "  # kept")]

    def assign_many(self, _depth: int) -> Lines:
        one, two = self.number(), self.number()
        first, second = self.pair()
        many = self.name("list", "[1, 2]")
        form = self.rng.randrange(5)
        self.note(first, "int")
        if form == 0:
            self.note(second, "int")
            return [f"{first}, {second} = {one}, {two}"]
        if form == 1:
            self.note(second, "int")
            return [f"{first} = {second} = {one}"]
        if form == 2:
            return [f"{first}, *{self.note(self.target('list'), 'list')} = {many} or [{two}]"]
        if form == 3:
            self.note(second, "int")
            return [f"({first}, {second}), *_ = [({one}, {two}), 1]"]
        return [f"{first} = {one}; print({self.atom()})"]

    def pair(self) -> tuple[str, str]:
        """Two names for numbers."""
        known = [name for name in self.scope.names("int") if name in POOL["int"]]
        one, two = self.rng.sample(known if self.inside and len(known) > 1 else list(POOL["int"]), 2)
        return one, two

    def swap(self, depth: int) -> Lines:
        names = self.scope.names("int")
        if len(names) < 2:
            return self.assign(depth)
        one, two = self.rng.sample(names, 2)
        return [f"{one}, {two} = {two}, {one}"]

    def augment(self, depth: int) -> Lines:
        kind = self.rng.choice(("int", "int", "list", "str", "dict"))
        names = self.scope.names(kind)
        if not names:
            return self.assign(depth)
        name = self.rng.choice(names)
        text = {
            "int": f"{name} {self.pick('+=', '-=')} {self.number()}",
            "list": f"{name} += [{self.atom()}]",
            "str": f"{name} += 'b'",
            "dict": f"{name} |= {{'m': {self.atom()}}}",
        }[kind]
        return [text]

    def change(self, _depth: int) -> Lines:
        """An object changes in place."""
        many, table = self.name("list", "[1]"), self.name("dict", "{}")
        return [
            self.pick(
                f"{many}.append({self.number()})",
                f"{many}[:1] = [{self.atom()}]",
                f"{many}.sort()",
                f"{many}.extend({self.many()}[:2])",
                f"{many}.insert(0, {self.atom()})",
                f"del {many}[2:]",
                f"{many}.reverse()",
                f"{table}['k'] = {self.number()}",
                f"{table}['k'] = {table}.get('k', 0) + 1",
                f"{table}.update(m={self.atom()})",
                f"{table}.pop('m', None)",
                f"{table}.setdefault('n', {self.atom()})",
            )
        ]

    def alias(self, _depth: int) -> Lines:
        """Two names for one object, or for a part of it."""
        kind = self.rng.choice(("list", "list", "dict"))
        source = self.name(kind, "[1, 2]" if kind == "list" else "{'k': 2}")
        name = self.note(self.target(kind), kind)
        copied = {"list": f"{source}[1:]", "dict": f"{{**{source}}}"}[kind]
        lines = [f"{name} = {source if self.chance(0.7) else copied}"]
        if self.chance(0.5):
            lines += [f"{name}.append({self.atom()})" if kind == "list" else f"{name}['k'] = {self.atom()}"]
        return lines

    def tell(self, _depth: int) -> Lines:
        return [
            self.pick(
                f"print({self.number()}, {self.name('list', '[]')})",
                f"print({self.text()})",
                f"print(f'{{{self.name('int', '1 + 1')}=}}')",
                f"print({self.name('dict', '{}')}, end=' ')",
                f"print({self.mapping()})",
                f"print({self.name('str', repr('t'))}.upper())",
            )
        ]

    def call(self, depth: int) -> Lines:
        """A call whose value is dropped."""
        names = self.callables()
        thing = self.scope.names("object")
        if thing and self.chance(0.4):
            return [f"{self.rng.choice(thing)}.add({self.atom()})"]
        return [f"{self.rng.choice(names)}({self.atom()})"] if names else self.change(depth)

    def walrus(self, _depth: int) -> Lines:
        value = self.number(1)
        return [f"print(({self.note(self.target('int'), 'int')} := {value}), {self.name('list', '[]')})"]

    def bring_in(self, _depth: int) -> Lines:
        name = self.rng.choice(MODULES)
        text = self.pick(f"import {name}", f"import {name}", f"import {name} as module", "from math import floor, ceil")
        text = self.rng.choice((text, "import os.path", "from collections import Counter as Count"))
        if text == f"import {name}":
            self.note(name, "module")
        return [text]

    def forget(self, depth: int) -> Lines:
        """A name goes."""
        names = self.scope.names(self.rng.choice(("int", "list", "str")))
        if len(names) < 2 or (depth > 0 and self.chance(0.8)):
            return ["t = 1", "print(t)", "del t"]
        name = self.rng.choice(names)
        del self.scope.known[name]
        return [f"del {name}"]

    def claim(self, _depth: int) -> Lines:
        return [f"assert {self.number()} < 100_000, 'too large'"]

    def in_object(self, depth: int) -> Lines:
        names = self.scope.names("object")
        return [f"{self.rng.choice(names)}.size = {self.number()}"] if names else self.change(depth)

    def chance_state(self, depth: int) -> Lines:
        if "random" not in self.scope.known:
            return self.change(depth)
        return [self.pick(f"random.seed({self.atom()})", f"random.shuffle({self.name('list', '[1, 2]')})")]

    # -- blocks ---------------------------------------------------------------------------------------------------------

    def branch(self, depth: int) -> Lines:
        lines = [f"if {self.condition()}:", *self.block(depth)]
        if self.chance(0.25):
            lines += [f"elif {self.condition()}:", *self.block(depth)]
        return lines + (["else:", *self.block(depth)] if self.chance(0.5) else [])

    def both_ways(self, depth: int) -> Lines:
        """A name that each way binds."""
        name, one, two = self.target("int"), self.number(), self.number()
        lines = [f"if {self.condition()}:", f"    {name} = {one}", "else:", f"    {name} = {two}"]
        self.note(name, "int")
        return lines

    def loop(self, depth: int) -> Lines:
        known = dict(self.scope.known)
        over = self.pick(
            f"{self.many()}[:4]", f"[*{self.name('list', '[1]')}][:4]", f"range({self.rng.randint(0, 3)})", "(1, 2)"
        )
        target = self.note(self.pick("j", "row", self.target("int")), "int")
        head = f"for {target} in {over}:"
        if self.chance(0.2) and self.free("list"):
            head = f"for {target}, row in list(enumerate({self.many()}[:4])):"
        lines = [head, *self.block(depth)]
        leave = self.pick("", "break", "continue")
        lines += [f"    if {self.condition()}:", f"        {leave}"] if leave else []
        lines += self.block(depth) if leave and self.chance(0.5) else []
        self.scope.known = known
        return lines + (["else:", *self.block(depth)] if self.chance(0.3) else [])

    def count(self, depth: int) -> Lines:
        """A ``while`` loop, which ends."""
        counter = f"k{depth}"
        lines = [
            f"{counter} = 0",
            f"while {counter} < {self.rng.randint(0, 3)}:",
            f"    {counter} += 1",
            *self.block(depth),
        ]
        leave = self.pick("", "break", "continue")
        lines += [f"    if {self.condition()}:", f"        {leave}"] if leave else []
        return lines + (["else:", *self.block(depth)] if self.chance(0.3) else [])

    def attempt(self, depth: int) -> Lines:
        fail = self.pick("{}['missing']", "int('x')", "pass", "[][0]", f"if {self.atom()} > 4: raise KeyError('n')")
        caught = self.pick("(KeyError, ValueError, IndexError) as problem", "Exception", "(LookupError, ValueError)")
        lines = ["try:", *self.block(depth), f"    {fail}", *self.block(depth), f"except {caught}:", *self.block(depth)]
        if "problem" in caught and self.chance(0.5):
            lines += ["    print(repr(problem))"]
        lines += ["else:", *self.block(depth)] if self.chance(0.3) else []
        return lines + (["finally:", *self.block(depth)] if self.chance(0.3) else [])

    def context(self, depth: int) -> Lines:
        form = self.rng.randrange(3)
        if form == 0:
            head = ["import contextlib", "with contextlib.suppress(KeyError, IndexError):"]
            return [*head, *self.block(depth), f"    {self.pick('{}[1]', 'pass', '[][0]')}", *self.block(depth)]
        if form == 1:
            name = self.target("int")
            lines = ["import contextlib", f"with contextlib.nullcontext({self.number()}) as {name}:"]
            self.note(name, "int")
            return [*lines, *self.block(depth)]
        return [
            "import io, contextlib",
            "with contextlib.redirect_stdout(io.StringIO()) as out:",
            *self.block(depth),
            "print(out.getvalue().strip())",
        ]

    def choose(self, depth: int) -> Lines:
        name = self.pick("j", "row", self.target("int"))
        if self.chance(0.5):
            first, second = self.pick("1 | 3", "0", f"{name} if {name} > 4"), self.pick("_", name, "int()")
            subject = self.number()
        else:
            first, second = (
                self.pick(f"[{name}, *_]", "[]", f"[1, *{self.rng.choice(POOL['list'])}]"),
                self.pick("_", "[*_]", "list()"),
            )
            subject = self.many()
        if not self.free("list") and "list" in second:
            second = "_"
        inner = [indented(self.block(depth)), indented(self.block(depth))]
        return [f"match {subject}:", f"    case {first}:", *inner[0], f"    case {second}:", *inner[1]]

    def wait(self, depth: int) -> Lines:
        """Top-level ``await``."""
        if depth or self.chance(0.6):
            return self.assign(depth)
        name, value = self.target("int"), self.number()
        self.note(name, "int")
        return [
            "import asyncio",
            "async def fetch(v):",
            "    await asyncio.sleep(0)",
            f"    return v + {self.atom()}",
            f"{name} = await fetch({value})",
        ]

    # -- definitions ------------------------------------------------------------------------------------------------------

    def define(self, _depth: int) -> Lines:
        return self.function()

    def define_other(self, _depth: int) -> Lines:
        return self.rng.choice(
            (self.lambda_function, self.closure, self.recursive, self.decorator, self.several_functions)
        )()

    def define_class(self, _depth: int) -> Lines:
        return self.rng.choice((self.klass, self.klass, self.instance, self.instance, self.made_class, self.pickled))()

    def define_iterator(self, _depth: int) -> Lines:
        return self.iterator()

    def define_global(self, depth: int) -> Lines:
        """A function that binds a name of the notebook."""
        if self.chance(0.96):
            return self.function()
        name = self.name("int", "total")
        lines = ["def bump(v=1):", f"    global {name}", f"    {name} = ({name} + v) % 60", "    return v"]
        self.note("bump", "func")
        held = self.note(self.rng.choice(POOL["functions"]), "functions")
        uses = self.pick("[bump]", "[lambda v: bump(v)]", "[abs, bump][1:]")
        return [*lines, f"{name} = {self.number()}", f"{held} = {uses}"]

    _SIMPLE: tuple[Callable[[Writer, int], Lines], ...] = (
        assign, assign, assign, assign, assign_many, swap, augment, augment, change, change, change, alias, tell, tell,
        call, walrus, bring_in, forget, claim, in_object, chance_state,
    )  # fmt: skip
    _BLOCKS: tuple[Callable[[Writer, int], Lines], ...] = (
        branch, branch, branch, both_ways, loop, loop, loop, count, attempt, attempt, context, choose, wait,
    )  # fmt: skip
    _DEFINITIONS: tuple[Callable[[Writer, int], Lines], ...] = (
        define, define, define, define_other, define_other, define_class, define_iterator, define_global,
    )  # fmt: skip
