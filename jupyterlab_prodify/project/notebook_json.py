"""Where things stand in the text of a JSON file, so that a part of it can be replaced and the rest stays as it is.

Only as deep as needed: the members of an object and the elements of an array, each with the place of its value. The
standard library's decoder reads the values themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")
_decoder = json.JSONDecoder()


@dataclass(frozen=True)
class Span:
    """The text from ``start`` up to ``end``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def members(text: str, start: int) -> dict[str, Span]:
    """The values of the object that begins at ``start``; of equal names the last one counts, as in every reader.

    Raises:
        ValueError: there is no object.
    """
    return dict(_members(text, start))


def elements(text: str, start: int) -> list[Span]:
    """The elements of the array that begins at ``start``.

    Raises:
        ValueError: there is no array.
    """
    return list(_elements(text, start))


def _members(text: str, start: int) -> Iterator[tuple[str, Span]]:
    at = _expect(text, start, "{")
    while text[at : at + 1] != "}":
        name, at = _value(text, at)
        at = _expect(text, _skip(text, at), ":")
        _, end = _value(text, at)
        yield str(name), Span(at, end)
        at = _next(text, end, "}")


def _elements(text: str, start: int) -> Iterator[Span]:
    at = _expect(text, start, "[")
    while text[at : at + 1] != "]":
        _, end = _value(text, at)
        yield Span(at, end)
        at = _next(text, end, "]")


def _value(text: str, at: int) -> tuple[Any, int]:
    value, end = _decoder.raw_decode(text, at)
    return value, end


def _next(text: str, at: int, closing: str) -> int:
    """The place after a comma, or that of the closing sign."""
    at = _skip(text, at)
    return at if text[at : at + 1] == closing else _expect(text, at, ",")


def _expect(text: str, at: int, sign: str) -> int:
    if text[at : at + 1] != sign:
        raise ValueError(f"expected {sign!r} at character {at}")
    return _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
