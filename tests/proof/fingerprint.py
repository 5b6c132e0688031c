"""A comparable picture of a value: equal values have equal pictures, in another process too.

Nothing is consumed or called that could have an effect: iterators, generators and unknown objects are pictured by
their type and attributes only. Addresses and the name of the module that made an object do not count.
"""

from __future__ import annotations

import hashlib
import re
import types
from typing import Any

DEEPEST = 6
LONGEST = 200

#: Ids and addresses that differ in each run.
_MADE_UP = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|0x[0-9a-f]{6,16}")

PLAIN = (bool, int, float, complex, str, bytes, type(None), type(Ellipsis), range, slice)
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.LambdaType)


#: Objects met so far by id: their number and themselves.
Seen = dict[int, tuple[int, Any]]


def fingerprint(value: Any) -> str:
    """A short text that is equal for equal values."""
    return digest(repr(picture(value, 0, {})))


def digest(text: str | bytes) -> str:
    """The text itself when it is short, else its beginning and a hash."""
    if isinstance(text, str) and len(text) <= LONGEST:
        return text
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    shown = text[:80] if isinstance(text, str) else ""
    return f"{shown}...{hashlib.sha256(data).hexdigest()[:16]}"


def aliases(values: dict[str, Any]) -> list[list[str]]:
    """Which names are one and the same changeable object."""
    groups: dict[int, list[str]] = {}
    for name, value in values.items():
        if not isinstance(value, (*PLAIN, *FUNCTIONS, tuple, frozenset, type, types.ModuleType)):
            groups.setdefault(id(value), []).append(name)
    return sorted(sorted(names) for names in groups.values() if len(names) > 1)


def picture(value: Any, depth: int, seen: Seen) -> Any:
    """Nested tuples of plain values that stand for ``value``."""
    if isinstance(value, str):
        return ("str", digest(_MADE_UP.sub("<id>", repr(str(value)))))
    if isinstance(value, PLAIN) and type(value).__module__ == "builtins":
        return (type(value).__name__, digest(repr(value)))
    if isinstance(value, FUNCTIONS):
        return ("function", getattr(value, "__name__", "?"))
    if isinstance(value, (type, types.ModuleType)):
        return ("named", value.__name__)
    if id(value) in seen:
        return ("seen", seen[id(value)][0])
    if depth >= DEEPEST:
        return ("deep", type(value).__name__)
    seen[id(value)] = (len(seen), value)  # kept alive: a freed object's id is used again
    try:
        return _of_container(value, depth + 1, seen)
    except Exception as error:
        return ("unreadable", type(value).__name__, type(error).__name__)


def _of_container(value: Any, depth: int, seen: Seen) -> Any:
    kind = type(value).__name__
    if isinstance(value, dict):
        items = list(value.items())[: LONGEST * 10]
        return (kind, len(value), tuple((picture(k, depth, seen), picture(v, depth, seen)) for k, v in items))
    if isinstance(value, (list, tuple)):
        return (kind, len(value), tuple(picture(item, depth, seen) for item in value[: LONGEST * 10]))
    if isinstance(value, (set, frozenset)):
        return (kind, len(value), tuple(sorted(repr(picture(item, depth, {})) for item in value)))
    family = type(value).__module__.split(".")[0]
    if family == "numpy":
        return _of_array(value, depth, seen)
    if family == "pandas":
        return _of_table(value, depth, seen)
    if family == "matplotlib":
        return _of_artist(value, depth, seen)
    return _of_attributes(value, depth, seen)


def _of_array(value: Any, depth: int, seen: Seen) -> Any:
    kind = type(value).__name__
    if not hasattr(value, "dtype"):
        return ("numpy", kind)
    if value.dtype.hasobject:
        return (kind, str(value.dtype), value.shape, picture(value.tolist(), depth, seen))
    if value.dtype.kind in "fc":
        # the last bits of a sum depend on where the array lies in memory
        rounded = value.astype("float32" if value.dtype.kind == "f" else "complex64")
        return (kind, str(value.dtype), value.shape, hashlib.sha256(rounded.tobytes()).hexdigest()[:16])
    return (kind, str(value.dtype), value.shape, hashlib.sha256(value.tobytes()).hexdigest()[:16])


def _of_table(value: Any, depth: int, seen: Seen) -> Any:
    kind = type(value).__name__
    if kind == "DataFrame":
        columns = tuple(_of_array(value.iloc[:, i].to_numpy(), depth, seen) for i in range(value.shape[1]))
        return (kind, picture(list(value.columns), depth, seen), _of_table(value.index, depth, seen), columns)
    if kind == "Series":
        return (
            kind,
            repr(value.name),
            _of_table(value.index, depth, seen),
            _of_array(value.to_numpy(), depth, seen),
        )
    if hasattr(value, "to_numpy"):
        return (kind, repr(getattr(value, "names", None)), _of_array(value.to_numpy(), depth, seen))
    return (kind, digest(repr(value))) if kind in ("Timestamp", "Timedelta", "Period") else ("pandas", kind)


def _of_artist(value: Any, depth: int, seen: Seen) -> Any:
    kind = type(value).__name__
    if hasattr(value, "get_axes"):
        return (kind, value.number if hasattr(value, "number") else None, [_of_axes(axes) for axes in value.get_axes()])
    if hasattr(value, "get_xlabel") and hasattr(value, "lines"):
        return (kind, _of_axes(value))
    if hasattr(value, "get_xdata"):
        return (
            kind,
            _of_array(value.get_xdata(orig=False), depth, seen),
            _of_array(value.get_ydata(orig=False), depth, seen),
        )
    return ("artist", kind)


def _of_axes(axes: Any) -> Any:
    counts = tuple(len(getattr(axes, part)) for part in ("lines", "patches", "collections", "images", "texts"))
    return (
        axes.get_title(),
        axes.get_xlabel(),
        axes.get_ylabel(),
        counts,
        repr(axes.get_xlim()),
        repr(axes.get_ylim()),
    )


def _of_attributes(value: Any, depth: int, seen: Seen) -> Any:
    attributes = getattr(value, "__dict__", None)
    kind = type(value).__qualname__.rsplit(".", 1)[-1]
    if not isinstance(attributes, dict):
        return ("object", kind)
    shown = {name: attributes[name] for name in sorted(attributes, key=str)[:LONGEST] if not str(name).startswith("__")}
    return ("object", kind, tuple((str(name), picture(item, depth, seen)) for name, item in shown.items()))
