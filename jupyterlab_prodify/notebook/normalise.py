"""Outputs without what differs from run to run by itself: addresses, clock times, generated ids, folders.

What stays is what a person reads. A value that only looks generated (a hash of the data, a short hexadecimal number)
stays too: where it does differ between two runs, running the original a second time tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

#: Rules that look at one line work only on lines that people can read; so no rule takes long.
LONGEST_LINE = 4_000

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)")

#: A sign that must stand in the text, what is replaced, and by what.
_TEXT = [
    ("Traceback", re.compile(r"(?<=Traceback \(most recent call last\):\n)(?:[ \t].*\n)+"), ""),
    ("<ipython-input", re.compile(r"<ipython-input-\d+-[0-9a-f]+>"), "<cell>"),
    ("ipykernel_", re.compile(r"(?:[A-Za-z]:)?[^\s:'\"<>]{0,200}ipykernel_\d+[/\\]\d+\.py"), "<cell>"),
    (".py, line ", re.compile(r"\(\d{5,}\.py, line \d+\)"), "(<cell>)"),
    ("0x", re.compile(r"(?<=\bat )0x[0-9a-fA-F]{6,16}\b|\b0x[0-9a-fA-F]{11,16}\b"), "<address>"),
    ("-", re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"), "<uuid>"),
    ("/tmp", re.compile(r"(?:/private)?/(?:var/)?tmp/tmp[a-z0-9_]{8}\b"), "<temp>"),
    ("/T/tmp", re.compile(r"/var/folders/\w\w/\w{1,60}/T/tmp[a-z0-9_]{8}\b"), "<temp>"),
    # A function or class that moves to a module gets another home; its name stays.
    ("<locals>", re.compile(r"<(function|generator object|coroutine object) (?:\w+\.<locals>\.)+"), r"<\1 "),
    ("<class '", re.compile(r"<class '(?:\w+\.)*(?:<locals>\.)?(\w+)'>"), r"<class '\1'>"),
    (" object at", re.compile(r"<(?:\w+\.)+(?:<locals>\.)?(\w+) object at <address>>"), r"<\1 object at <address>>"),
]

_NUMBER = r"[\d.,]+(?:e[+-]?\d+)?"
#: The same within one line.
_LINES = [
    ("CPU times:", re.compile(r"CPU times:.*"), "<time>"),
    ("Wall time:", re.compile(r"Wall time:.*"), "<time>"),
    ("Compiler", re.compile(r"Compiler\s*:.*"), "<time>"),
    ("per loop", re.compile(r"^.*$"), "<timeit>"),
    ("The slowest run took", re.compile(r"The slowest run took.*"), "<timeit>"),
    ("%|", re.compile(r"^.*\d%\|.*$"), "<progress>"),
    ("it [", re.compile(r"^.*\d+it \[\d+:\d+.*$"), "<progress>"),
    ("/step", re.compile(rf"\b{_NUMBER}s\s+(?={_NUMBER}(?:s|ms|us|µs)/step)"), ""),
    ("/step", re.compile(rf"\b{_NUMBER}(?:s|ms|us|µs)/step"), "<time>"),
    ("Time:", re.compile(r"(Time:\s*(?:</th>\s*<td[^>]*>\s*)?)\d\d:\d\d:\d\d"), r"\1<time>"),
]
_SIGNS = tuple(sign for sign, _, _ in _LINES)
_REPEATED = re.compile(r"(?:(<progress>|<timeit>)\s*)(?:\1\s*)*")
_STATSMODELS_TIME = re.compile(r"(Time:\s*</th>\s*<td[^>]*>\s*)\d\d:\d\d:\d\d")

_HTML = [
    (re.compile(r"\bT_[0-9a-f]{5}(?=[_\"' .#{])"), "T_id"),
    (re.compile(r"sk-(?:container|estimator)-id-\d+"), "sk-id"),
    (
        re.compile(r"(?:(?<=id=\")|(?<=#)|(?<=url\(#))[mp]?[0-9a-f]{8,}(?=[\")])|<dc:date>.*?</dc:date>", re.DOTALL),
        "<id>",
    ),
    (re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{32}(?![0-9a-zA-Z])"), "<hex>"),
    (re.compile(r"\bp\d{4,}\b"), "p-id"),
]
_HTML_LIKE = ("text/html", "image/svg+xml", "application/javascript")
_WIDGET_ID = re.compile(r'"(?:model_id|uid)": "[^"]*"')


@dataclass(frozen=True)
class Surroundings:
    """What a run of a notebook has around it: folders whose place does not count, and the days on which it ran."""

    folders: Sequence[str] = ()
    days: Sequence[date] = field(default=())

    @cached_property
    def _folders(self) -> re.Pattern[str] | None:
        names = sorted({folder for folder in self.folders if len(folder) > 1}, key=len, reverse=True)
        return re.compile(f"(?:{'|'.join(map(re.escape, names))})(?![\\w-])") if names else None

    @cached_property
    def _today(self) -> re.Pattern[str] | None:
        near = {day + timedelta(days=offset) for day in self.days for offset in (-1, 0, 1)}
        texts = sorted({text for day in near for text in _written(day)}, key=len, reverse=True)
        clock = r"(?:(?:,? |T|_| at )\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?)?"
        return re.compile(rf"(?<!\d)(?:{'|'.join(map(re.escape, texts))})(?!\d){clock}") if texts else None

    def without(self, text: str) -> str:
        """The text with stand-ins for the folders and for today's date."""
        if self._folders is not None:
            text = self._folders.sub("<folder>", text)
        return self._today.sub("<today>", text) if self._today is not None else text


NOWHERE = Surroundings()


def plain(text: str, around: Surroundings = NOWHERE) -> str:
    """A stream's or a value's text."""
    text = around.without(_ANSI.sub("", text))
    for sign, pattern, stand_in in _TEXT:
        if sign in text:
            text = pattern.sub(stand_in, text)
    if any(sign in text for sign in _SIGNS):
        text = "\n".join(map(_line, text.split("\n")))
        # A bar prints as many lines as the clock lets it.
        text = _REPEATED.sub(r"\1\n", text)
        text = _STATSMODELS_TIME.sub(r"\1<time>", text)
    return text


def _line(line: str) -> str:
    if len(line) <= LONGEST_LINE:
        for sign, pattern, stand_in in _LINES:
            if sign in line:
                line = pattern.sub(stand_in, line)
    return line


def bundle(data: dict[str, str], around: Surroundings = NOWHERE) -> dict[str, str]:
    """A shown value's representations."""
    normal = {mime: plain(text, around) for mime, text in data.items()}
    for mime, text in normal.items():
        if mime in _HTML_LIKE:
            for pattern, stand_in in _HTML:
                text = pattern.sub(stand_in, text)
        elif mime.startswith("application/vnd."):
            text = _WIDGET_ID.sub('"id"', text)
        normal[mime] = text
    return normal


def overwritten(text: str) -> str:
    """What a terminal would show: text after a carriage return takes the line's place."""
    if "\r" not in text:
        return text
    return "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in text.split("\n"))


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _written(day: date) -> list[str]:
    """The ways in which programs write a date, in English whatever the locale."""
    year, month, number = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    name, short, week = _MONTHS[day.month - 1], _MONTHS[day.month - 1][:3], _DAYS[day.weekday()]
    return [
        *(f"{year}-{month}-{number}", f"{year}/{month}/{number}", f"{year}{month}{number}"),
        *(f"{number}/{month}/{year}", f"{month}/{number}/{year}", f"{number}.{month}.{year}"),
        *(f"{week}, {number} {short} {year}", f"{number} {short} {year}", f"{short} {number}, {year}"),
        *(f"{name} {number}, {year}", f"{week} {short} {number}", f"{week} {short} {day.day:2}"),
    ]
