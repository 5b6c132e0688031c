"""Random functions, classes, generators and decorators."""

from __future__ import annotations

from random import Random

from tests.fuzz.scope import POOL, Scope
from tests.fuzz.values import Values

Lines = list[str]


def indented(lines: Lines) -> Lines:
    return ["    " + line for line in lines]


class Bodies(Values):
    """Writes definitions; each method gives lines and notes what they bind."""

    def __init__(self, rng: Random, scope: Scope) -> None:
        super().__init__(rng, scope)
        self.decorators: list[str] = []

    def note(self, name: str, kind: str) -> str:
        """The name is surely bound from here on."""
        self.scope.known[name] = kind
        return name

    def rarely(self) -> str:
        """A number that is now and then read from the notebook, by code that runs later."""
        return self.atom() if self.chance(0.06) else str(self.rng.randint(1, 9))

    # -- functions ----------------------------------------------------------------------------------------------------

    def function(self) -> Lines:
        """A function of one number, with what a notebook's function may do around it."""
        name = self.rng.choice(POOL["func"])
        head, params = self._head(name)
        decorator = [f"@{self.rng.choice(self.decorators)}"] if self.decorators and self.chance(0.3) else []
        lines = [*decorator, head, *indented(self._function_body(name, params))]
        self.note(name, "func")
        return lines

    def _head(self, name: str) -> tuple[str, Lines]:
        first, default = self.pick("v", "v", "a", "x"), self.atom() if self.chance(0.15) else self.rarely()
        more = self.pick(
            "",
            "",
            "",
            f", w={default}",
            ", *rest",
            f", *, w={default}",
            ", **more",
            f", w={default}, *rest",
        )
        annotated = self.chance(0.15)
        head = f"def {name}({first}{': int' if annotated else ''}{more}){' -> int' if annotated else ''}:"
        return head, [first, *(["w"] if "w=" in more else [])]

    def _function_body(self, name: str, params: Lines) -> Lines:
        outer, self.scope = self.scope, Scope(self._seen_inside(), inside=name)
        self.scope.known.update(dict.fromkeys(params, "int"))
        lines = self._docstring() + self._local_lines(params)
        self.scope = outer
        return lines

    def _seen_inside(self) -> dict[str, str]:
        """What a function reads of the notebook: rarely its data."""
        known = self.scope.known
        return (
            dict(known) if self.chance(0.05) else {n: k for n, k in known.items() if k in ("func", "module", "class")}
        )

    def _docstring(self) -> Lines:
        return ['"""What it gives."""'] if self.chance(0.1) else []

    def _local_lines(self, params: Lines) -> Lines:
        """Statements on local names, ending with a return."""
        form = self.rng.randrange(10)
        local = self.pick("t", "t", "u", "b", "n")
        one = self.number()
        if form < 3:
            return [f"return {self.within(params[0], 0)}"]
        if form < 5:
            lines = [f"{local} = {one}"]
            self.note(local, "int")
            return [*lines, f"return {self.number()} + {params[0]}"]
        if form == 5:
            return [f"if {self.condition()}:", f"    return {self.number()}", f"return {params[0]} * 2"]
        if form == 6:
            return [
                f"{local} = 0",
                f"for {params[0]} in {self.many()}:",
                f"    {local} += {params[0]}",
                f"return {local}",
            ]
        if form == 7:
            return self._changing_lines(params)
        if form == 8:
            return self._nested_lines(params)
        return [
            "try:",
            f"    return {one} // ({params[0]} - 2)",
            "except ZeroDivisionError as problem:",
            "    return len(str(problem)) % 5" if self.free("len") else "    return 3",
        ]

    def _changing_lines(self, params: Lines) -> Lines:
        """The function changes an object of the notebook, or prints."""
        many, table = self.name("list", "[1]"), self.name("dict", "{}")
        effect = self.pick(
            f"{many}.append({params[0]} % 9)",
            f"{table}['m'] = {params[0]}",
            f"print('in', {params[0]})",
            f"{many}[:1] = [{params[0]}]",
        )
        return [effect, f"return {self.number()}"]

    def _nested_lines(self, params: Lines) -> Lines:
        local = self.pick("t", "b")
        return [
            f"{local} = {self.number()}",
            "def inner(z):",
            *([f"    nonlocal {local}", f"    {local} += 1"] if self.chance(0.5) else []),
            f"    return z + {local} + {self.atom()}",
            f"return inner({params[0]}) + inner(1)",
        ]

    def lambda_function(self) -> Lines:
        name = self.rng.choice(POOL["func"])
        outer, self.scope = self.scope, Scope(self._seen_inside(), inside=name)
        variable = self.pick("v", "q", "a")
        text = f"{name} = lambda {variable}: {self.within(variable, 1)}"
        self.scope = outer
        self.note(name, "func")
        return [text]

    def closure(self) -> Lines:
        """A function made by a function."""
        name, step, start = self.rng.choice(POOL["func"]), self.rarely(), self.atom()
        maker = self.pick("make", "build")
        return [
            f"def {maker}(start):",
            "    kept = start",
            "    def step(v):",
            "        nonlocal kept",
            f"        kept = (kept + v + {step}) % 90",
            "        return kept",
            "    return step",
            f"{self.note(name, 'func')} = {maker}({start})",
        ]

    def recursive(self) -> Lines:
        name = self.rng.choice(POOL["func"])
        self.note(name, "func")
        step = self.rarely()
        return [f"def {name}(v):", f"    return {step} if v < 1 or v > 40 else 1 + {name}(v - 3)"]

    def decorator(self) -> Lines:
        """A decorator, and a function that it decorates."""
        name = self.pick("twice", "logged")
        told = [f"        print('call', {self.pick('v', 'name')})"] if self.chance(0.4) else []
        told = [line.replace("name", "'f'") for line in told]
        lines = [
            f"def {name}(function):",
            "    def wrapper(v, *rest):",
            *told,
            f"        return function(v) + {self.rarely()}",
            "    return wrapper",
        ]
        self.decorators.append(name)
        return lines + self.function() if self.chance(0.7) else lines

    def several_functions(self) -> Lines:
        """A list of functions, late and early bound."""
        name = self.note(self.rng.choice(POOL["functions"]), "functions")
        start, many = self.rarely(), self.name("list", "[1, 2]")
        return [
            self.pick(
                f"{name} = [lambda v: v + {start}, lambda v: v * 2 % 70]",
                f"{name} = [lambda v, w=w: v + w for w in [*{many}, 1]]",
                f"{name} = [lambda v: v + w + {start} for w in [2, *{many}]]",
            )
        ]

    # -- classes ------------------------------------------------------------------------------------------------------

    def klass(self) -> Lines:
        name = self.rng.choice(POOL["class"])
        form = self.rng.randrange(5)
        if form == 0:
            lines = [
                "from dataclasses import dataclass",
                "@dataclass",
                f"class {name}:",
                f"    size: int = {self.rarely()}",
            ]
        elif form == 1 and "Box" in self.scope.known and name == "Pair":
            return self._subclass(name)
        else:
            lines = [
                f"class {name}:",
                f"    size = {self.rarely()}",
                "    def __init__(self, size=3):",
                "        self.size = size",
            ]
        outer, self.scope = self.scope, Scope(self._seen_inside(), inside="h")
        lines += ["    def get(self):", f"        return self.size + {self.atom()}"]
        lines += ["    def add(self, v):", "        self.size = (self.size + v) % 80", "        return self.size"]
        if self.chance(0.3):
            lines += ["    @property", "    def double(self):", "        return self.size * 2"]
        if self.chance(0.3):
            lines += ["    def __repr__(self):", "        return f'<{self.size}>'"]
        self.scope = outer
        self.note(name, "class")
        return lines

    def _subclass(self, name: str) -> Lines:
        self.note(name, "class")
        return [f"class {name}(Box):", "    def get(self):", "        return super().get() + 1"]

    def made_class(self) -> Lines:
        """A class that a call makes, and a use of it."""
        number = self.note(self.rng.choice(POOL["int"]), "int")
        if self.chance(0.5):
            lines = ["from enum import Enum", "Color = Enum('Color', 'RED BLUE')"]
            return [*lines, f"{number} = Color.BLUE.value + {self.rarely()}", "print(Color.RED, Color['BLUE'])"]
        lines = ["from collections import namedtuple", "Point = namedtuple('Point', 'x y')"]
        shown = self.pick(
            "", f"print(Point({self.rarely()}, 2))", "import pickle; print(pickle.loads(pickle.dumps(Point(1, 2))))"
        )
        return [*lines, f"{number} = Point({self.rarely()}, {self.rarely()}).x", *([shown] if shown else [])]

    def pickled(self) -> Lines:
        """What goes by its full name."""
        names = self.scope.names("object") or self.scope.names("func")
        if not names:
            return self.made_class()
        name = self.rng.choice(names)
        return ["import pickle", f"print(type(pickle.loads(pickle.dumps({name}))).__name__)"]

    def instance(self) -> Lines:
        classes = self.scope.names("class")
        lines = [] if classes else self.klass()
        maker = self.rng.choice(self.scope.names("class") or ["Box"])
        name = self.note(self.rng.choice(POOL["object"]), "object")
        return [*lines, f"{name} = {maker}({self.atom()})"]

    # -- iterators ------------------------------------------------------------------------------------------------------

    def iterator(self) -> Lines:
        """A generator or an iterator, used up bit by bit."""
        name, many, start = self.rng.choice(POOL["iterator"]), self.name("list", "[5, 6]"), self.rarely()
        form = self.rng.randrange(4)
        if form == 0:
            lines = [
                "def produce(count):",
                "    for v in range(count):",
                f"        {self.pick(f'yield v + {start}', 'yield v', f'yield from [v, {start}]')}",
                f"{name} = produce({self.rng.randint(1, 4)})",
            ]
        elif form == 1:
            lines = [f"{name} = (v + {start} for v in {many})"]
        elif form == 2 and "itertools" in self.scope.known:
            lines = [f"{name} = itertools.count({start})"]
        else:
            lines = [f"{name} = iter({many}[:])"]
        self.note(name, "iterator")
        return lines
