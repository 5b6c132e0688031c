"""Outputs without what differs from run to run by itself: addresses, clock times, generated ids, folders."""

from __future__ import annotations

import re
from typing import Any

_TEXT = [
    (re.compile(r"(?<=Traceback \(most recent call last\):\n)(?:[ \t].*\n)+"), ""),
    (re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]"), ""),
    (re.compile(r"\b0x[0-9a-fA-F]{6,16}\b"), "<address>"),
    (re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"), "<uuid>"),
    (re.compile(r"(?<![0-9a-fA-F])[0-9a-f]{32}(?![0-9a-fA-F])"), "<hex>"),
    (re.compile(r"<ipython-input-\d+-[0-9a-f]+>|/\S*?ipykernel_\d+/\d+\.py"), "<cell>"),
    (re.compile(r"(?:CPU times|Wall time|Compiler\s*):[^\n]*"), "<time>"),
    (re.compile(r"[^\n]*per loop[^\n]*|The slowest run took[^\n]*"), "<timeit>"),
    (re.compile(r"(?:[^\n]*?\d+%\|[^\n]*|[^\n]*\d+it \[\d+:\d+[^\n]*)(?:\n|$)"), "<progress>"),
    (re.compile(r"(Time:\s*(?:</th>\s*<td[^>]*>\s*)?)\d\d:\d\d:\d\d"), r"\1<time>"),
    (re.compile(r"/[^\s'\"<>]*?(?:run|modules|kept|proof)[a-z0-9_]{8}"), "<folder>"),
    (re.compile(r"<function (?:\w+\.<locals>\.)+"), "<function "),
    (re.compile(r"<class '(?:\w+\.)*(?:<locals>\.)?(\w+)'>"), r"<class '\1'>"),
]
_HTML = [
    (re.compile(r"\bT_[0-9a-f]{5}(?=[_\"' .#{])"), "T_id"),
    (re.compile(r"sk-(?:container|estimator)-id-\d+"), "sk-id"),
    (re.compile(r"(?:(?<=id=\")|(?<=#)|(?<=url\(#))[mp]?[0-9a-f]{8,}(?=[\")])|<dc:date>.*?</dc:date>", re.S), "<id>"),
    (re.compile(r"\bp\d{4,}\b"), "p-id"),
]
#: Longer texts are compared as they are: the rules are meant for what people read.
LONGEST = 200_000


def plain(text: str) -> str:
    """A stream's or a value's text."""
    if len(text) > LONGEST:
        return text
    for pattern, stand_in in _TEXT:
        text = pattern.sub(stand_in, text)
    return re.sub(r"(<progress>|<timeit>\n?)+", r"\1", text)


def bundle(data: dict[str, Any]) -> dict[str, str]:
    """A shown value's representations."""
    normal = {mime: plain(text) for mime, text in data.items()}
    for mime in ("text/html", "image/svg+xml", "application/javascript"):
        if mime in normal and len(normal[mime]) <= LONGEST:
            for pattern, stand_in in _HTML:
                normal[mime] = pattern.sub(stand_in, normal[mime])
    for mime in [m for m in normal if m.startswith("application/vnd.")]:
        normal[mime] = re.sub(r'"(?:model_id|uid)": "[^"]*"', '"id"', normal[mime])
    return normal


def overwritten(text: str) -> str:
    """What a terminal would show: text after a carriage return takes the line's place."""
    if "\r" not in text:
        return text
    return "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in text.split("\n"))
