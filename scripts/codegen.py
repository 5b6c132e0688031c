"""Write the wire types of ``jupyterlab_prodify.api`` as TypeScript to ``src/api/generated.ts``.

``python -m scripts.codegen`` writes this file and the one of ``scripts.kernel_code``; with ``--check`` it writes
nothing and exits with 1 if one of them is stale.

A field may be left out by the sender when it has a default, so it is optional in types that only travel to the server.
In every type that an answer can hold all fields are present.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
import textwrap
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

import jupyterlab_prodify.api as api
from scripts import kernel_code

TARGET = Path(__file__).resolve().parent.parent / "src" / "api" / "generated.ts"

HEADER = """/**
 * The types that cross the wire, made from `jupyterlab_prodify/api` by `make codegen`. Not to be edited by hand.
 */
"""

SCALARS: dict[object, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
    Any: "unknown",
    object: "unknown",
}

type_of_struct = type[msgspec.Struct]


class Unsupported(TypeError):
    """A Python type that has no counterpart in the generated file yet."""


def api_modules() -> list[ModuleType]:
    """All modules of the api package by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(api.__path__))
    return [importlib.import_module(f"{api.__name__}.{name}") for name in names]


def structs_of(module: ModuleType) -> list[type_of_struct]:
    """The wire types that a module defines, in the order of its text; bases without fields are left out."""
    return [
        value
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, msgspec.Struct)
        and value.__module__ == module.__name__
        and (value.__struct_fields__ or value.__struct_config__.tag)
    ]


def unions_of(module: ModuleType) -> dict[str, object]:
    """The unions that a module gives a name to (``Answer = Planned | Refused``)."""
    assigned = [
        target.id
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    return {name: vars(module)[name] for name in assigned if is_union(vars(module)[name])}


def is_union(annotation: object) -> bool:
    """True for ``A | B`` and ``Union[A, B]``."""
    return get_origin(annotation) is Union or isinstance(annotation, types.UnionType)


def structs_in(annotation: object) -> Iterator[type_of_struct]:
    """Every wire type that an annotation mentions."""
    if inspect.isclass(annotation) and issubclass(annotation, msgspec.Struct):
        yield annotation
    for argument in get_args(annotation):
        yield from structs_in(argument)


def closure(roots: Iterable[type_of_struct]) -> set[type_of_struct]:
    """The roots and every wire type that they hold."""
    found: set[type_of_struct] = set()
    waiting = list(roots)
    while waiting:
        struct = waiting.pop()
        if struct not in found:
            found.add(struct)
            waiting.extend(held for hint in get_type_hints(struct).values() for held in structs_in(hint))
    return found


def only_sent(structs: Iterable[type_of_struct]) -> set[type_of_struct]:
    """The types that travel to the server and never back: ``...Request`` and what no answer holds."""
    every = list(structs)
    sent = closure(struct for struct in every if struct.__name__.endswith("Request"))
    return sent - closure(struct for struct in every if struct not in sent)


def typescript(annotation: object, names: dict[object, str]) -> str:
    """An annotation as TypeScript. Raises Unsupported for a type that is not known here."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation.__name__
    if annotation in names:
        return names[annotation]
    if origin is Literal:
        return " | ".join(literal(value) for value in arguments)
    if is_union(annotation):
        return " | ".join(dict.fromkeys(typescript(part, names) for part in arguments))
    if origin in (list, tuple, set, frozenset):
        return array_of(typescript(arguments[0], names))
    if origin is dict and arguments[0] is str:
        return f"Readonly<Record<string, {typescript(arguments[1], names)}>>"
    if annotation in SCALARS:
        return SCALARS[annotation]
    raise Unsupported(f"{annotation!r} has no TypeScript counterpart in {Path(__file__).name}")


def array_of(item: str) -> str:
    """A read-only array of a type."""
    return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"


def literal(value: object) -> str:
    """A literal as TypeScript spells it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"


def field_docs(struct: type_of_struct) -> dict[str, str]:
    """The string that follows a field's annotation, by field."""
    definition = ast.parse(textwrap.dedent(inspect.getsource(struct))).body[0]
    if not isinstance(definition, ast.ClassDef):
        return {}
    docs: dict[str, str] = {}
    for field, after in zip(definition.body, definition.body[1:], strict=False):
        is_text = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if is_text and isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            docs[field.target.id] = inspect.cleandoc(str(after.value.value))  # type: ignore[attr-defined]
    return docs


def comment(text: str | None, indent: str) -> str:
    """A documentation comment, or nothing."""
    if not text:
        return ""
    lines = inspect.cleandoc(text).replace("``", "`").replace("*/", "* /").split("\n")
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    body = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{body}{indent} */\n"


def interface(struct: type_of_struct, optional: bool, names: dict[object, str]) -> str:
    """One wire type as an interface."""
    docs, hints, config = field_docs(struct), get_type_hints(struct), struct.__struct_config__
    members = [f"  readonly {config.tag_field}: {literal(config.tag)};\n"] if config.tag else []
    for field in msgspec.structs.fields(struct):
        mark = "?" if optional and not field.required else ""
        kind = typescript(hints[field.name], names)
        members.append(f"{comment(docs.get(field.name), '  ')}  readonly {field.encode_name}{mark}: {kind};\n")
    return f"{comment(struct.__doc__, '')}export interface {struct.__name__} {{\n{''.join(members)}}}\n"


def generate(modules: Iterable[ModuleType]) -> str:
    """The text of the generated file."""
    modules = list(modules)
    unions = {module: unions_of(module) for module in modules}
    names: dict[object, str] = {union: name for named in unions.values() for name, union in named.items()}
    structs = {module: structs_of(module) for module in modules}
    sent = only_sent(struct for defined in structs.values() for struct in defined)
    parts = [HEADER]
    for module in modules:
        parts.extend(interface(struct, struct in sent, names) for struct in structs[module])
        for name, union in unions[module].items():
            parts.append(f"export type {name} = {typescript(union, {})};\n")
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Write or check the generated files; the answer is the exit code."""
    check = "--check" in arguments
    wire = bring_up_to_date(TARGET, generate(api_modules()), check, "jupyterlab_prodify/api")
    kernel = bring_up_to_date(kernel_code.TARGET, kernel_code.generate(), check, "jupyterlab_prodify/in_kernel")
    return 0 if wire and kernel else 1


def bring_up_to_date(target: Path, text: str, check: bool, origin: str) -> bool:
    """Write a file that is not as it should be; with ``check`` only say so."""
    current = target.read_text(encoding="utf-8") if target.exists() else None
    if text == current:
        return True
    if check:
        print(f"{target.name} does not match {origin}: run `make codegen`", file=sys.stderr)
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    print(f"wrote {target.name}")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
