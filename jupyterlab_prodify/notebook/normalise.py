"""Outputs without what differs from run to run by itself: addresses, clock times, generated ids, folders.

Each rule knows the whole format that a program writes, so that a text that only looks alike stays as it is. Ids that
are generated are numbered in the order in which they come, so that another structure is still seen. What no rule knows
stays too: where it does differ between two runs, running the original a second time tells.

The parts: ``Surroundings``, what a run has around it; ``plain``, texts; ``bundle``, values in several representations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

#: Rules that look at one line work only on lines that people can read; so no rule takes long.
LONGEST_LINE = 4_000

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)")

# -- addresses, files, folders ------------------------------------------------------------------------------------

_ADDRESS = r"0x[0-9a-fA-F]{6,16}"
_FRAME = r'  File "[^"\n]{1,500}", line \d+(?:, in [^\n]*)?\n(?:    [^\n]*\n)*'

#: A sign that must stand in the text, what is replaced, and by what.
_TEXT = [
    # The frames of a traceback name files and lines; the error after them stays.
    ("Traceback (", re.compile(rf"(?<=Traceback \(most recent call last\):\n)(?:{_FRAME}|  \[Prev[^\n]*\n)+"), ""),
    ("<ipython-input", re.compile(r"<ipython-input-\d+-[0-9a-f]{12}>"), "<cell>"),
    ("ipykernel_", re.compile(r"(?:[A-Za-z]:)?[^\s:'\"<>]{0,200}ipykernel_\d+[/\\]\d+\.py"), "<cell>"),
    (".py, line ", re.compile(r"\(\d{5,}\.py(?=, line \d+\))"), "(<cell>"),
    (" at 0x", re.compile(rf"(?<= at ){_ADDRESS}(?=>|&gt;)"), "<address>"),
    ("<weakref at 0x", re.compile(rf"(?<=<weakref at ){_ADDRESS}(?=; )"), "<address>"),
    ("<code object", re.compile(rf"(?<=<code object )([\w<>.]{{1,100}}) at {_ADDRESS}(?=, file )"), r"\1 at <address>"),
    ("<frame at 0x", re.compile(rf"(?<=<frame at ){_ADDRESS}(?=, file )"), "<address>"),
    ("/tmp", re.compile(r"(?:/private)?/(?:var/)?tmp/tmp[a-z0-9_]{8}\b"), "<temp>"),
    ("/T/tmp", re.compile(r"/var/folders/\w\w/\w{1,60}/T/tmp[a-z0-9_]{8}\b"), "<temp>"),
    # A function that is told by its address is told by where it was made too; its name stays.
    (
        "<locals>",
        re.compile(r"<(function|generator object|coroutine object) (?:\w+\.<locals>\.)+(?=[\w<>]+ at <address>>)"),
        r"<\1 ",
    ),
]


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
        text = "\n".join(_without_repetitions(map(_line, text.split("\n"))))
    return _numbered(text, _PLAIN_IDS)


# -- measured times and progress, line by line --------------------------------------------------------------------

_NUMBER = r"\d+(?:\.\d+)?(?:e[+-]?\d+)?"
#: As IPython writes a time: ``3.1 ms``, ``1min 2s``.
_SPAN = rf"(?:-?{_NUMBER} (?:ns|us|µs|μs|ms|s)|\d+(?:d|h|min|s)(?: \d+(?:h|min|s)){{0,3}})"
_CLOCK = r"(?:\d+:)?\d?\d:\d\d"
#: As tqdm writes a rate: ``12.3it/s``, ``1.2s/it``, ``?B/s``; what follows it stays.
_RATE = r" *(?:\?|\d+(?:\.\d+)?(?:e[+-]?\d+)?[kMGTPEZY]?) ?(?:[^\s/,\]]{0,20}/s|s/[^\s/,\]]{1,20})"
_SHAPED = r"\d{1,15}(?:\.\d{1,3})?[kMGTPEZY]?"

#: A sign that must stand in a line, what is replaced, and by what; None takes the line away.
_LINES: list[tuple[str, re.Pattern[str], str | None]] = [
    ("CPU times", re.compile(rf"^CPU times: (?:user {_SPAN}, sys: {_SPAN}, )?total: {_SPAN} *$"), "CPU times: <time>"),
    ("Wall time: ", re.compile(rf"^Wall time: {_SPAN} *$"), "Wall time: <time>"),
    # Only written where they took long enough.
    ("Compiler : ", re.compile(rf"^Compiler : {_SPAN} *$"), None),
    ("Parser   : ", re.compile(rf"^Parser   : {_SPAN} *$"), None),
    ("Compiler time: ", re.compile(r"^Compiler time: \d+\.\d\d s *$"), None),
    (
        "The slowest run took ",
        re.compile(
            r"^The slowest run took \d+\.\d\d times longer than the fastest\. "
            r"This could mean that an intermediate result is being cached\. *$"
        ),
        None,
    ),
    (
        " per loop (mean",
        re.compile(
            rf"^(<TimeitResult : )?{_SPAN} (?:±|\+-) {_SPAN} per loop \(mean (?:±|\+-) std\. dev\. of (\d+) runs?, "
            r"[\d,]+ loops? each\)(?(1)>)$"
        ),
        r"\1<time> per loop of \2 runs",
    ),
    (
        " per loop",
        re.compile(rf"^[\d,]+ loops?, best of (\d+): {_SPAN} per loop$"),
        r"<time> per loop, best of \1",
    ),
    (
        "%|",
        re.compile(
            rf"^(.*?) {{0,3}}\b\d{{1,3}}%\|[^|]{{0,300}}\| *({_SHAPED}/{_SHAPED}) "
            rf"\[{_CLOCK}<(?:{_CLOCK}|\?|\d+ days?, {_CLOCK}),{_RATE}(.*)\] *$"
        ),
        r"\1 <progress \2>\3",
    ),
    (
        " [",
        re.compile(rf"^(.*?)(?<![\d.])({_SHAPED}) ?([^\W\d]\w{{0,20}}) \[{_CLOCK},{_RATE}(.*)\] *$"),
        r"\1<progress \2\3>\4",
    ),
    (
        "/step",
        re.compile(
            rf"^( *\d+/\d+ (?:━+|\[[=>.]+\] -)) (?:\d+(?:s|ms|us|µs)|{_CLOCK}(?::\d\d)?) {_NUMBER}(?:s|ms|us|µs)/step\b"
        ),
        r"\1 <time>/step",
    ),
    # The tables of statsmodels and of those who took them over, as text and as HTML.
    ("Time:", re.compile(r"^(Time: {8,})\d\d:\d\d:\d\d(?=  | *$)"), r"\1<time>"),
    ("<th>Time:</th>", re.compile(r"(<th>Time:</th> {0,40}<td>)\d\d:\d\d:\d\d(?=</td>)"), r"\1<time>"),
]
_SIGNS = tuple(sign for sign, _, _ in _LINES)
_BAR = re.compile(r"^(.*)<progress [^/<>]*(/?[^<>]*)>")


def _line(line: str) -> str | None:
    if len(line) <= LONGEST_LINE:
        for sign, pattern, stand_in in _LINES:
            if sign in line and (stand_in is not None or pattern.match(line)):
                if stand_in is None:
                    return None
                line = pattern.sub(stand_in, line)
    return line


def _without_repetitions(lines: Iterator[str | None]) -> Iterator[str]:
    """A bar is written as often as the clock lets it: of the lines of one bar the last stays."""
    waiting: str | None = None
    for line in lines:
        if line is None:
            continue
        if waiting is not None and _bar_of(waiting) != _bar_of(line):
            yield waiting
            waiting = None
        if _bar_of(line) is not None:
            waiting = line
        else:
            yield line
    if waiting is not None:
        yield waiting


def _bar_of(line: str) -> tuple[str, str] | None:
    """What tells one bar from another: its description, and of how many steps it is one."""
    match = _BAR.match(line) if "<progress " in line else None
    return (match.group(1), match.group(2)) if match else None


# -- generated ids ------------------------------------------------------------------------------------------------

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_HEX = r"[0-9a-f]{32}"


@dataclass(frozen=True)
class _Ids:
    """Generated ids of one kind of text. ``declared`` finds where an id is given to something; group 1 is the id.
    ``made`` is what ids look like that are generated, wherever they are used."""

    signs: Sequence[str]
    declared: re.Pattern[str]
    made: re.Pattern[str]


#: Styled tables, scikit-learn, Bokeh, Plotly and whoever uses UUIDs; the glyphs, markers and clips of matplotlib.
_MADE = (
    rf"{_UUID}|(?<![0-9a-zA-Z]){_HEX}(?![0-9a-zA-Z])|\bT_[0-9a-f]{{5}}(?=_|\b)|\bsk-(?:container|estimator)-id-\d+"
    r"|(?<![\w-])p\d{4,}(?![\w-])|(?<=[\"'#])(?:[mphi]|image|C[0-9a-f]+_[0-9a-f]+_)[0-9a-f]{10}(?=[\"')])"
)
_QUOTE = r"(?:\\?[\"']|&quot;|&#x27;|&#39;)"
_HTML_IDS = _Ids(
    ("id", "Id"),
    re.compile(
        rf"(?:\bid ?= ?{_QUOTE}|{_QUOTE}(?:id|root_?ids?|docid|elementid|target_id){_QUOTE}: ?\[?{_QUOTE}"
        rf"|ById\({_QUOTE}|\bvar )([\w.:-]{{4,120}})"
    ),
    re.compile(_MADE),
)
_WIDGET_IDS = _Ids(
    ("id",),
    re.compile(rf'"(?:model_id|uid|id|root_id|docid)": ?"({_UUID}|{_HEX}|p\d{{4,}})"'),
    re.compile(rf"{_UUID}|(?<![0-9a-zA-Z]){_HEX}(?![0-9a-zA-Z])|(?<![\w-])p\d{{4,}}(?![\w-])"),
)
#: ``figure(id='p1001', ...)``
_PLAIN_IDS = _Ids(("id='p", "id = 'p"), re.compile(r"\bid ?= ?'(p\d{4,})'"), re.compile(r"(?<![\w-])p\d{4,}(?![\w-])"))
_SVG_DATE = re.compile(r"(?<=<dc:date>)\d{4}-\d\d-\d\dT[\d:.+-]{5,30}(?=</dc:date>)")
_HTML_LIKE = ("text/html", "image/svg+xml", "application/javascript")


def _numbered(text: str, ids: _Ids) -> str:
    """The text with the ids numbered in the order in which they come."""
    if not any(sign in text for sign in ids.signs):
        return text
    declared = {made for match in ids.declared.finditer(text) for made in _made_in(match, text, ids.made)}
    return ids.made.sub(_numbers_for(declared), text) if declared else text


def _made_in(match: re.Match[str], text: str, made: re.Pattern[str]) -> Iterator[str]:
    start, end = match.span(1)
    # One more character on both sides: some look at what stands around them.
    for found in made.finditer(text, max(0, start - 1), end + 1):
        if start <= found.start() and found.end() <= end:
            yield found.group()


def _numbers_for(declared: set[str]) -> Callable[[re.Match[str]], str]:
    numbers: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        name = match.group()
        return f"<id {numbers.setdefault(name, len(numbers))}>" if name in declared else name

    return number


def bundle(data: dict[str, str], around: Surroundings = NOWHERE) -> dict[str, str]:
    """A shown value's representations."""
    normal = {mime: plain(text, around) for mime, text in data.items()}
    for mime, text in normal.items():
        if mime in _HTML_LIKE:
            text = _SVG_DATE.sub("<date>", text) if "<dc:date>" in text else text
            normal[mime] = _numbered(text, _HTML_IDS)
        elif mime.startswith("application/vnd."):
            normal[mime] = _numbered(text, _WIDGET_IDS)
    return normal


def overwritten(text: str) -> str:
    """What a terminal would show: text after a carriage return takes the line's place."""
    if "\r" not in text:
        return text
    return "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in text.split("\n"))


# -- today --------------------------------------------------------------------------------------------------------

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
