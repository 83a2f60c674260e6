"""What is wrong with the bytes of a calendar file, by RFC 5545, 7986 and 9074.

Parsers are lenient, so a file that one of them reads may be dropped or misread by the next. This lint looks at the
bytes as they are: line ends, lengths and characters first, then the nesting of components, then each property and
those that must or must not stand together. Every kind of defect has a code of its own. It works line by line with a
stack of its own, so neither size nor depth of a hostile file can exhaust it, and it raises on no bytes at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from career_path.errors import Fault, quoted
from career_path.formats.icalendar_rules import (
    Calendar,
    Component,
    Property,
    add_property,
    component_faults,
    shown_name,
)

__all__ = ["lint_calendar"]

LARGEST: Final = 10_000_000
"""Octets that are looked at; a larger file has the one fault `too-large`."""

MOST_FAULTS: Final = 100
"""Faults that are told; whoever mends these may ask again."""

DEEPEST: Final = 20
"""Components inside each other; RFC 5545 itself needs three."""

_OCTETS: Final = 75
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NAME: Final = r"[A-Za-z0-9-]++"
_PARAMETER: Final = re.compile(rf';({_NAME})=((?:"[^"]*+"|[^";:,]*+)(?:,(?:"[^"]*+"|[^";:,]*+))*+)')
_PROPERTY_NAME: Final = re.compile(_NAME)


def lint_calendar(data: bytes | str) -> tuple[Fault, ...]:
    r"""The faults of a calendar file, at most 100, in the order of its lines; none if it is sound.

    >>> data = b"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:X-A\nEND:X-A\nEND:VCALENDAR\n"
    >>> [fault.code for fault in lint_calendar(data)]
    ['bare-lf']
    """
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")  # half a character is a fault of its own
    if len(data) > LARGEST:
        return (Fault("too-large", "", f"{len(data)} octets", f"at most {LARGEST}"),)
    faults = islice(_faults(data), MOST_FAULTS)
    return tuple(sorted(faults, key=_line_number))


def _line_number(fault: Fault) -> int:
    return int(fault.path.partition(":")[0].removeprefix("line ") or 0)


def _faults(data: bytes) -> Iterator[Fault]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield Fault("byte-order-mark", "line 1", "U+FEFF", "the file to begin with BEGIN:VCALENDAR")
        data = data[3:]
    yield from _octet_faults(data)
    yield from _character_faults(data)
    yield from _structure_faults(data)


# Octets and characters


def _physical_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every line with its number and its own line end, whatever that is."""
    start, number = 0, 1
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield number, data[start:end]
        start, number = end, number + 1


def _octet_faults(data: bytes) -> Iterator[Fault]:
    has_bare_lf = False
    for number, line in _physical_lines(data):
        content = line.removesuffix(b"\n").removesuffix(b"\r")
        where = f"line {number}"
        if not line.endswith(b"\n"):
            yield Fault("no-last-line-end", where, "the end of the file", "CRLF")
        elif not line.endswith(b"\r\n") and not has_bare_lf:
            has_bare_lf = True  # told once: such a file mostly has it on every line
            yield Fault("bare-lf", where, "LF", "CRLF at the end of every line")
        if len(content) > _OCTETS:
            yield Fault("long-line", where, f"{len(content)} octets", f"at most {_OCTETS}, folded")
        yield from _control_faults(content, where)


def _control_faults(content: bytes, where: str) -> Iterator[Fault]:
    if not content:
        yield Fault("empty-line", where, "nothing", "a content line")
    if b"\r" in content:
        yield Fault("bare-cr", where, f"CR at {content.index(13)}", "CR only before LF")
    control = _CONTROL.search(content)
    if control:
        yield Fault("control-character", where, f"{ord(control[0]):#04x} at {control.start()}", "printable text or tab")


def _unfolded(data: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """The pieces of every content line, with the number of the first."""
    first, pieces = 1, list[bytes]()
    for number, line in _physical_lines(data):
        content = line.removesuffix(b"\n").removesuffix(b"\r")
        if pieces and content[:1] in {b" ", b"\t"}:
            pieces.append(content[1:])
            continue
        if pieces:
            yield first, pieces
        first, pieces = number, [content]
    if pieces:
        yield first, pieces


def _character_faults(data: bytes) -> Iterator[Fault]:
    for number, pieces in _unfolded(data):
        where = f"line {number}"
        if not _is_utf8(b"".join(pieces)):
            yield Fault("not-utf-8", where, "octets that are no character", "UTF-8")
        elif len(pieces) > 1 and not all(map(_is_utf8, pieces)):
            yield Fault("split-character", where, "a fold inside a character", "each line readable alone")
        elif any(_ends_in_escape(piece) for piece in pieces[:-1]):
            yield Fault("split-escape", where, "a fold after a backslash", "a fold before or after an escape")


def _is_utf8(octets: bytes) -> bool:
    try:
        octets.decode()
    except UnicodeDecodeError:
        return False
    return True


def _ends_in_escape(piece: bytes) -> bool:
    return (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 1


# Nesting


def _structure_faults(data: bytes) -> Iterator[Fault]:
    stack: list[Component] = []
    calendar, has_calendar = Calendar(), False
    for number, pieces in _unfolded(data):
        found = _parsed(number, b"".join(pieces).decode(errors="replace"))
        if isinstance(found, Fault):
            yield found
        elif found.name == "BEGIN":
            if len(stack) == DEEPEST:
                yield found.fault("too-deep", f"at most {DEEPEST} components inside each other")
                return
            has_calendar = True
            calendar = calendar if stack else Calendar()
            yield from _opened(found, stack)
        elif found.name == "END":
            yield from _closed(found, stack, calendar)
        else:
            yield from _property_read(found, stack, calendar)
    for component in stack:
        yield component.fault("not-closed", "no END", f"END:{shown_name(component.name)}")
    if not has_calendar:
        yield Fault("no-calendar", "", "no component", "BEGIN:VCALENDAR")


def _parsed(number: int, text: str) -> Property | Fault:
    name = _PROPERTY_NAME.match(text)
    end = name.end() if name else 0
    parameters: dict[str, str] = {}
    while name and (match := _PARAMETER.match(text, end)):
        parameters[match[1].upper()] = match[2].strip('"')
        end = match.end()
    if name and text[end : end + 1] == ":":
        return Property(number, name[0].upper(), parameters, text[end + 1 :])
    return Fault("not-a-property", f"line {number}", quoted(text), "NAME;PARAMETER=VALUE:VALUE")


_PARENTS: Final = {
    "VCALENDAR": {""},
    "VEVENT": {"VCALENDAR"},
    "VTODO": {"VCALENDAR"},
    "VJOURNAL": {"VCALENDAR"},
    "VFREEBUSY": {"VCALENDAR"},
    "VTIMEZONE": {"VCALENDAR"},
    "STANDARD": {"VTIMEZONE"},
    "DAYLIGHT": {"VTIMEZONE"},
    "VALARM": {"VEVENT", "VTODO"},
}


def _opened(found: Property, stack: list[Component]) -> Iterator[Fault]:
    name = found.value.upper()
    parent = stack[-1].name if stack else ""
    allowed = _PARENTS.get(name, {parent} if parent else {"VCALENDAR"})
    if parent not in allowed:
        yield found.fault("misplaced-component", " or ".join(map(shown_name, sorted(allowed))) or "the outermost level")
    if stack:
        stack[-1].has_inner = True
    stack.append(Component(name, found.line))


def _closed(found: Property, stack: list[Component], calendar: Calendar) -> Iterator[Fault]:
    name = found.value.upper()
    if not stack or stack[-1].name != name:
        yield found.fault("wrong-end", f"END:{shown_name(stack[-1].name)}" if stack else "BEGIN first")
        while any(component.name == name for component in stack) and stack[-1].name != name:
            stack.pop()
    if stack and stack[-1].name == name:
        component = stack.pop()
        yield from component_faults(component, calendar)
        if stack and name == "VALARM" and "TRIGGER" in component.properties:
            stack[-1].triggers.append(component.properties["TRIGGER"])


def _property_read(found: Property, stack: list[Component], calendar: Calendar) -> Iterator[Fault]:
    if stack:
        yield from add_property(found, stack[-1], calendar)
    else:
        yield found.fault("outside-calendar", "a property inside a component")
