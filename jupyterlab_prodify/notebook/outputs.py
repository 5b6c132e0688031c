"""The outputs of a cell as a person sees them, and whether two cells show the same.

Streams are compared as whole texts, the order between standard output and standard error does not count (the kernel
does not promise it); shown values in their order; images by their content; errors by name and message. Python's
warnings on standard error are set apart: moving code to a module changes their file and line, and whether they are
shown at all.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal, TypeVar

from jupyterlab_prodify.api.verify import OutputKind, ShownOutput
from jupyterlab_prodify.notebook.normalise import NOWHERE, Surroundings, bundle, overwritten, plain

Output = Mapping[str, Any]
"""One output of a code cell in the notebook format."""

Channel = Literal["error", "stdout", "display", "stderr"]
CHANNELS: tuple[Channel, ...] = ("error", "stdout", "display", "stderr")
"""In the order in which they tell a person most."""

_LONGEST_SHOWN = 4_000
#: ``warnings.formatwarning``: file, line, category and message; then, indented by two, the line of code.
_WARNING = re.compile(r"^((?:[A-Za-z]:)?(?:[^\s:][^\n:]*|<[^>]+>)):\d+: (\w*(?:Warning|Deprecat\w*)): ?(.*)$")
_CODE = re.compile(r"^  \S")
_WITHOUT_CODE = ("<string>", "<stdin>", "sys")
#: Lines of one message.
_LONGEST_WARNING = 30
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_PICTURE = (b"IHDR", b"PLTE", b"tRNS", b"IDAT")


@dataclass(frozen=True)
class Display:
    """One shown value: its representations without what differs by itself, and a picture for people."""

    data: Mapping[str, str]
    image: str | None = None
    """A data URL."""


@dataclass(frozen=True)
class Shown:
    """All that a cell shows, ready to be compared."""

    error: tuple[str, ...] = ()
    stdout: str = ""
    display: tuple[Display, ...] = ()
    stderr: str = ""
    warnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Is there anything to see? Warnings do not count."""
        return bool(self.error or self.stdout or self.display or self.stderr)


def shown(outputs: Iterable[Output], around: Surroundings = NOWHERE) -> Shown:
    """What the outputs show. Unknown kinds of outputs are left out."""
    listed = list(outputs)
    stderr, warnings = _split_warnings(overwritten(_stream(listed, "stderr")))
    return Shown(
        error=tuple(_error(output, around) for output in listed if output.get("output_type") == "error"),
        stdout=plain(overwritten(_stream(listed, "stdout")), around),
        display=tuple(_display(output, around) for output in listed if "data" in output),
        stderr=plain(stderr, around),
        warnings=tuple(sorted({plain(warning, around) for warning in warnings})),
    )


def joined(cells: Sequence[Shown]) -> Shown:
    """What several cells show one after the other."""
    return Shown(
        error=tuple(error for cell in cells for error in cell.error),
        stdout="".join(cell.stdout for cell in cells),
        display=tuple(display for cell in cells for display in cell.display),
        stderr="".join(cell.stderr for cell in cells),
        warnings=tuple(sorted({warning for cell in cells for warning in cell.warnings})),
    )


def differing(before: Shown, after: Shown) -> list[Channel]:
    """Where the two are not the same; empty when they are."""
    return [channel for channel in CHANNELS if _value(before, channel) != _value(after, channel)]


def differing_but(before: Sequence[Shown], wavering: Sequence[Collection[Channel]], after: Shown) -> list[Channel]:
    """Where cells that became one show something else than that one, apart from what wavers by itself: for each cell
    the channels in which it differs between two runs of the original. What the other cells show must be there, in
    order; for what wavers anything may stand in between."""
    return [
        channel
        for channel in CHANNELS
        if not fits(
            [None if channel in loose else _value(cell, channel) for cell, loose in zip(before, wavering, strict=True)],
            _value(after, channel),
        )
    ]


Item = TypeVar("Item")


def fits(parts: Sequence[Sequence[Item] | None], whole: Sequence[Item]) -> bool:
    """Is ``whole`` made of the parts, one after the other? None stands for anything."""
    runs: list[list[Item] | None] = []
    for part in parts:
        if part is None:
            runs += [None] if not runs or runs[-1] is not None else []
        elif runs and runs[-1] is not None:
            runs[-1] = [*runs[-1], *part]
        else:
            runs.append(list(part))
    if None not in runs:
        return [item for run in runs for item in run or ()] == list(whole)
    first, last = runs[0] or [], runs[-1] or []
    start, end = len(first), len(whole) - len(last)
    if start > end or list(whole[:start]) != first or list(whole[end:]) != last:
        return False
    for run in runs[1:-1]:
        if run is not None:
            found = _find(run, whole, start, end)
            if found is None:
                return False
            start = found + len(run)
    return True


def _find(part: Sequence[Item], whole: Sequence[Item], start: int, end: int) -> int | None:
    """The first place of ``part`` in ``whole[start:end]``."""
    if isinstance(whole, str):
        at = whole.find("".join(map(str, part)), start, end)
        return None if at < 0 else at
    places = range(start, end - len(part) + 1)
    return next((at for at in places if list(whole[at : at + len(part)]) == list(part)), None)


def _value(cell: Shown, channel: Channel) -> Sequence[Any]:
    shown: Sequence[Any] = getattr(cell, channel)
    return [dict(display.data) for display in cell.display] if channel == "display" else shown


# -- side by side -------------------------------------------------------------------------------------------------


def side_by_side(
    before: Shown, after: Shown, channels: Collection[Channel] = CHANNELS
) -> tuple[list[ShownOutput], list[ShownOutput]]:
    """What differs in these channels, for people: of long texts the part around the first difference."""
    left: list[ShownOutput] = []
    right: list[ShownOutput] = []
    for channel in differing(before, after):
        if channel not in channels:
            continue
        if channel == "display":
            pairs = zip_longest(before.display, after.display)
            found = [_display_pair(one, two) for one, two in pairs if _data(one) != _data(two)]
        else:
            found = [_text_pair(channel, _text(before, channel), _text(after, channel))]
        left += [one for one, _ in found if one is not None]
        right += [two for _, two in found if two is not None]
    return left, right


Pair = tuple[ShownOutput | None, ShownOutput | None]


def _text(cell: Shown, channel: Channel) -> str:
    return "\n".join(cell.error) if channel == "error" else str(getattr(cell, channel))


def _text_pair(kind: OutputKind, one: str, two: str) -> Pair:
    first, second = around_difference(one, two)
    return (
        ShownOutput(kind=kind, text=first) if one else None,
        ShownOutput(kind=kind, text=second) if two else None,
    )


def _display_pair(one: Display | None, two: Display | None) -> Pair:
    mime = _telling(_data(one), _data(two))
    first, second = around_difference(_data(one).get(mime, ""), _data(two).get(mime, ""))
    return _shown_display(one, mime, first), _shown_display(two, mime, second)


def _shown_display(display: Display | None, mime: str, text: str) -> ShownOutput | None:
    if display is None:
        return None
    if display.image is not None and mime.startswith("image/"):
        return ShownOutput(kind="display", text=display.data.get("text/plain", ""), image=display.image)
    return ShownOutput(kind="display", text=text)


def _data(display: Display | None) -> Mapping[str, str]:
    return display.data if display is not None else {}


def _telling(one: Mapping[str, str], two: Mapping[str, str]) -> str:
    """The representation to show: the first that differs, pictures before plain text before the rest."""
    mimes = sorted({*one, *two}, key=lambda mime: (not mime.startswith("image/"), mime != "text/plain", mime))
    return next((mime for mime in mimes if one.get(mime) != two.get(mime)), "text/plain")


def around_difference(one: str, two: str, longest: int = _LONGEST_SHOWN) -> tuple[str, str]:
    """Both texts; of long ones the part where they begin to differ."""
    if max(len(one), len(two)) <= longest:
        return one, two
    same = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    start = max(0, same - longest // 4)
    return _part(one, start, longest), _part(two, start, longest)


def _part(text: str, start: int, length: int) -> str:
    head, tail = "…" if start else "", "…" if start + length < len(text) else ""
    return f"{head}{text[start : start + length]}{tail}" if start < len(text) else head


# -- one output ---------------------------------------------------------------------------------------------------


def _stream(outputs: Sequence[Output], name: str) -> str:
    parts = (o.get("text", "") for o in outputs if o.get("output_type") == "stream" and o.get("name") == name)
    return "".join(map(_joined_text, parts))


def _joined_text(value: Any) -> str:
    """Notebooks hold text as a string or as a list of lines."""
    return value if isinstance(value, str) else "".join(map(str, value))


def _error(output: Output, around: Surroundings) -> str:
    return f"{output.get('ename', '')}: {plain(str(output.get('evalue', '')), around)}"


def _display(output: Output, around: Surroundings) -> Display:
    texts: dict[str, str] = {}
    image = None
    for mime, value in sorted(output["data"].items()):
        text = _as_text(mime, value)
        if mime.startswith("image/"):
            image = image or _data_url(mime, text)
        texts[mime] = text
    normal = bundle({mime: text for mime, text in texts.items() if not _is_binary(mime)}, around)
    pictures = {mime: picture_hash(text) for mime, text in texts.items() if _is_binary(mime)}
    return Display({**normal, **pictures}, image)


def _as_text(mime: str, value: Any) -> str:
    is_text = isinstance(value, str) or (isinstance(value, list) and not mime.endswith("json"))
    return _joined_text(value) if is_text else json.dumps(value, sort_keys=True, default=str)


def _is_binary(mime: str) -> bool:
    return mime == "application/pdf" or (mime.startswith(("image/", "audio/", "video/")) and mime != "image/svg+xml")


def _data_url(mime: str, text: str) -> str:
    encoded = base64.b64encode(text.encode()).decode() if mime == "image/svg+xml" else "".join(text.split())
    return f"data:{mime};base64,{encoded}"


def picture_hash(text: str) -> str:
    """A hash of what a base64 text holds; of a PNG only of the picture, not of the name and version of its maker."""
    try:
        data = base64.b64decode(text)
    except (binascii.Error, ValueError):
        data = text.encode("utf-8", "surrogatepass")
    parts = list(_png_parts(data)) if data.startswith(_PNG_START) else []
    if any(part.startswith(b"IDAT") for part in parts):
        data = b"".join(parts)
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _png_parts(data: bytes) -> Iterable[bytes]:
    at = len(_PNG_START)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] in _PNG_PICTURE:
            yield data[at + 4 : at + 8 + length]
        at += 12 + length


def _split_warnings(text: str) -> tuple[str, list[str]]:
    """Standard error without Python's warnings, and the warnings without file, line and the line of code."""
    rest: list[str] = []
    found: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        match = _WARNING.match(lines[at])
        if match is None:
            rest.append(lines[at])
            at += 1
            continue
        end = _end_of_warning(lines, at)
        message = lines[at + 1 : end - 1] if end > at + 1 else []
        found.append("\n".join([f"{match.group(2)}: {match.group(3)}", *message]))
        at = end
    return ("\n".join(rest) if "".join(rest).strip() else ""), found


def _end_of_warning(lines: Sequence[str], start: int) -> int:
    """The line after a warning, which ends with the line of code where Python can read its file. Without one only the
    first line is surely of the warning."""
    match = _WARNING.match(lines[start])
    if match is None or match.group(1) in _WITHOUT_CODE:
        return start + 1
    for at in range(start + 1, min(start + 1 + _LONGEST_WARNING, len(lines))):
        if _WARNING.match(lines[at]):
            break
        if _CODE.match(lines[at]):
            return at + 1
    return start + 1
