"""The rules of RFC 5545, 7986 and 9074 about single properties, and about those of one component together."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Final

import attrs

from career_path.errors import Fault, quoted

__all__ = ["Calendar", "Component", "Property", "add_property", "component_faults", "shown_name"]

_DAY: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MOMENT: Final = re.compile(rf"{_DAY.pattern}T([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9]|60)(Z?)")
_TIME: Final = r"T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
_DURATION: Final = re.compile(rf"[+-]?P(?:[0-9]+W|[0-9]+D(?:{_TIME})?|{_TIME})")
_COUNT: Final = re.compile(r"[0-9]{1,10}")
_COLOR: Final = re.compile(r"[A-Za-z]{3,20}")
_TEXT: Final = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*+")


def shown_name(name: str) -> str:
    """The name of a property or component, short and safe to show: a file may put anything there.

    >>> shown_name("VEVENT")
    'VEVENT'
    """
    return quoted(name)[1:-1]


@attrs.frozen
class Property:
    """One property; `parameters` has upper-case names."""

    line: int
    name: str
    parameters: dict[str, str]
    value: str

    def fault(self, code: str, expected: str) -> Fault:
        """That something is wrong with this property."""
        return Fault(code, f"line {self.line}: {shown_name(self.name)}", quoted(self.value), expected)

    @property
    def is_date(self) -> bool:
        """Whether it says that its value is a date."""
        return self.parameters.get("VALUE", "").upper() == "DATE"


@attrs.define
class Component:
    """A component that is being read: the first property of each name that matters, and what stands inside it."""

    name: str
    line: int
    properties: dict[str, Property] = attrs.field(factory=dict[str, Property])
    triggers: list[Property] = attrs.field(factory=list[Property])
    has_inner: bool = False

    def fault(self, code: str, found: str, expected: str) -> Fault:
        """That something is wrong with this component as a whole."""
        return Fault(code, f"line {self.line}: {shown_name(self.name)}", found, expected)


@attrs.define
class Calendar:
    """What must fit together in a whole calendar."""

    uids: set[tuple[str, str]] = attrs.field(factory=set[tuple[str, str]])
    zones_used: dict[str, Property] = attrs.field(factory=dict[str, Property])
    zones_told: set[str] = attrs.field(factory=set[str])
    has_method: bool = False


_ONCE: Final = frozenset(
    {
        "PRODID",
        "VERSION",
        "CALSCALE",
        "METHOD",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "DUE",
        "DURATION",
        "RECURRENCE-ID",
        "SUMMARY",
        "SEQUENCE",
        "STATUS",
        "CLASS",
        "TRANSP",
        "LAST-MODIFIED",
        "CREATED",
        "COMPLETED",
        "PERCENT-COMPLETE",
        "PRIORITY",
        "COLOR",
        "REFRESH-INTERVAL",
        "SOURCE",
        "TZID",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "ACTION",
        "TRIGGER",
        "REPEAT",
        "ACKNOWLEDGED",
    }
)
_KEPT: Final = _ONCE | {"RRULE", "DESCRIPTION", "ATTENDEE"}
"""Nothing else is remembered, so that a component of a million properties costs no memory."""


def add_property(found: Property, component: Component, calendar: Calendar) -> Iterator[Fault]:
    """Remember what later rules need of a property; gives its own faults."""
    if "TZID" in found.parameters:
        calendar.zones_used.setdefault(found.parameters["TZID"], found)
    calendar.has_method |= found.name == "METHOD"
    if found.name in component.properties and found.name in _ONCE:
        yield found.fault("repeated-property", f"one {found.name} in a {shown_name(component.name)}")
    if found.name in _KEPT:
        component.properties.setdefault(found.name, found)
    if found.name in _VALUES:
        yield from _VALUES[found.name](found)


# Values of single properties


def _when_faults(found: Property) -> Iterator[Fault]:
    is_day = _DAY.fullmatch(found.value) is not None
    if not _is_when(found.value):
        yield found.fault("bad-date", "YYYYMMDD or YYYYMMDDTHHMMSS, with Z for UTC")
    elif found.value.startswith("0000"):
        yield found.fault("year-zero", "a year from 0001")
    elif not _is_real(found.value):
        yield found.fault("bad-date", "a day that exists")
    elif is_day and not found.is_date:
        yield found.fault("date-without-value", f"{found.name};VALUE=DATE")
    elif found.is_date and not is_day:
        yield found.fault("moment-as-date", "YYYYMMDD after VALUE=DATE")


def _is_when(value: str) -> bool:
    return bool(_DAY.fullmatch(value) or _MOMENT.fullmatch(value))


def _is_real(digits: str) -> bool:
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def _utc_faults(found: Property) -> Iterator[Fault]:
    moment = _MOMENT.fullmatch(found.value)
    if not moment or not moment[7] or not _is_real(found.value):
        yield found.fault("not-utc", "a day and time in UTC: YYYYMMDDTHHMMSSZ")


def _duration_faults(found: Property) -> Iterator[Fault]:
    if not _DURATION.fullmatch(found.value):
        yield found.fault("bad-duration", "weeks alone, or days and hours, as P7D or PT12H; never months or years")


def _trigger_faults(found: Property) -> Iterator[Fault]:
    if found.parameters.get("VALUE", "").upper() == "DATE-TIME":
        yield from _utc_faults(found)
    elif not _DURATION.fullmatch(found.value):
        yield found.fault("bad-trigger", "weeks alone, or days and hours, as -P30D; never months or years")


def _refresh_faults(found: Property) -> Iterator[Fault]:
    if found.parameters.get("VALUE", "").upper() != "DURATION":
        yield found.fault("refresh-without-value", "REFRESH-INTERVAL;VALUE=DURATION (RFC 7986 5.7)")
    yield from _duration_faults(found)


def _rule_faults(found: Property) -> Iterator[Fault]:
    parts = _rule_parts(found)
    if "FREQ" not in parts:
        yield found.fault("bad-rule", "a rule with FREQ")
    if {"COUNT", "UNTIL"} <= parts.keys():
        yield found.fault("count-and-until", "COUNT or UNTIL")


def _rule_parts(found: Property) -> dict[str, str]:
    parts = (part.partition("=") for part in found.value.upper().split(";"))
    return {name: value for name, _, value in parts}


def _form(code: str, pattern: re.Pattern[str], expected: str) -> Callable[[Property], Iterator[Fault]]:
    """The check that a value has one form."""

    def faults(found: Property) -> Iterator[Fault]:
        if not pattern.fullmatch(found.value):
            yield found.fault(code, expected)

    return faults


_VALUES: Final[dict[str, Callable[[Property], Iterator[Fault]]]] = {
    **dict.fromkeys(("DTSTART", "DTEND", "DUE", "RECURRENCE-ID"), _when_faults),
    **dict.fromkeys(("DTSTAMP", "LAST-MODIFIED", "CREATED", "COMPLETED", "ACKNOWLEDGED"), _utc_faults),
    **dict.fromkeys(
        ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "LOCATION", "COMMENT", "CONTACT"),
        _form("bad-escape", _TEXT, "a backslash before each backslash, semicolon and comma, and before n"),
    ),
    "DURATION": _duration_faults,
    "X-PUBLISHED-TTL": _duration_faults,
    "TRIGGER": _trigger_faults,
    "REFRESH-INTERVAL": _refresh_faults,
    "RRULE": _rule_faults,
    "SEQUENCE": _form("bad-sequence", _COUNT, "a whole number, 0 or more"),
    "COLOR": _form("bad-color", _COLOR, "the name of a color, as steelblue (RFC 7986 5.9)"),
    "VERSION": _form("bad-version", re.compile(r"2\.0"), "2.0"),
    "CALSCALE": _form("bad-scale", re.compile("(?i:GREGORIAN)"), "GREGORIAN"),
    "TRANSP": _form("bad-transparency", re.compile("(?i:OPAQUE|TRANSPARENT)"), "OPAQUE or TRANSPARENT"),
}


# Properties of one component together

_REQUIRED: Final = {
    "VCALENDAR": ("PRODID", "VERSION"),
    "VEVENT": ("UID", "DTSTAMP"),
    "VTODO": ("UID", "DTSTAMP"),
    "VJOURNAL": ("UID", "DTSTAMP"),
    "VFREEBUSY": ("UID", "DTSTAMP"),
    "VTIMEZONE": ("TZID",),
    "STANDARD": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "DAYLIGHT": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "VALARM": ("ACTION", "TRIGGER"),
}
_STATUSES: Final = {
    "VEVENT": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "VTODO": {"NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"},
    "VJOURNAL": {"DRAFT", "FINAL", "CANCELLED"},
}
_ALARMS: Final = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("DESCRIPTION", "SUMMARY", "ATTENDEE")}


def component_faults(component: Component, calendar: Calendar) -> Iterator[Fault]:
    """What is wrong with a component once it has been read to its end."""
    yield from _missing_faults(component, calendar)
    yield from _status_faults(component)
    yield from _span_faults(component.properties)
    yield from _until_faults(component.properties)
    for trigger in component.triggers:
        yield from _trigger_anchor_faults(trigger, component.properties)
    yield from _uid_faults(component, calendar)
    if component.name == "VTIMEZONE" and "TZID" in component.properties:
        calendar.zones_told.add(component.properties["TZID"].value)
    if component.name == "VCALENDAR":
        yield from _calendar_faults(component, calendar)


def _missing_faults(component: Component, calendar: Calendar) -> Iterator[Fault]:
    required = _REQUIRED.get(component.name, ())
    if component.name == "VEVENT" and not calendar.has_method:
        required = (*required, "DTSTART")
    if component.name == "VALARM" and "ACTION" in component.properties:
        required = (*required, *_ALARMS.get(component.properties["ACTION"].value.upper(), ()))
    for name in required:
        if name not in component.properties:
            yield component.fault(f"no-{name.lower()}", f"no {name}", f"one {name}")


def _status_faults(component: Component) -> Iterator[Fault]:
    status = component.properties.get("STATUS")
    allowed = _STATUSES.get(component.name)
    if status and allowed and status.value.upper() not in allowed:
        yield status.fault("bad-status", " or ".join(sorted(allowed)))


def _span_faults(properties: dict[str, Property]) -> Iterator[Fault]:
    start, duration = properties.get("DTSTART"), properties.get("DURATION")
    for name in ("DTEND", "DUE"):
        end = properties.get(name)
        if end and duration:
            yield duration.fault(f"{name.lower()}-and-duration", f"{name} or DURATION")
        if start and end and _is_when(start.value) and _is_when(end.value):
            yield from _order_faults(start, end)
    if start and duration and _kind(start.value) == "date" and "T" in duration.value:
        yield duration.fault("hours-of-a-day", "whole days or weeks after a date")


def _order_faults(start: Property, end: Property) -> Iterator[Fault]:
    if _kind(start.value) != _kind(end.value):
        yield end.fault("mixed-types", f"the same type as DTSTART, {quoted(start.value)}")
    elif end.value < start.value:
        yield end.fault("end-before-start", f"after {quoted(start.value)}")
    elif end.value == start.value and end.name == "DTEND":
        yield end.fault("end-is-start", f"after {quoted(start.value)}: the end is not part of the event")


def _kind(value: str) -> str:
    """The type of a day or moment; texts of one type compare as their days do."""
    return "date" if "T" not in value else "utc" if value.endswith("Z") else "local"


def _until_faults(properties: dict[str, Property]) -> Iterator[Fault]:
    start, rule = properties.get("DTSTART"), properties.get("RRULE")
    until = _rule_parts(rule).get("UNTIL") if rule else None
    if start and rule and until and (_kind(until) == "date") != (_kind(start.value) == "date"):
        yield rule.fault("until-type", "UNTIL of the same type as DTSTART")


def _trigger_anchor_faults(trigger: Property, properties: dict[str, Property]) -> Iterator[Fault]:
    if trigger.parameters.get("VALUE", "").upper() == "DATE-TIME":
        return
    if trigger.parameters.get("RELATED", "START").upper() == "END":
        if not {"DTEND", "DUE"} & properties.keys() and not {"DTSTART", "DURATION"} <= properties.keys():
            yield trigger.fault("alarm-without-end", "an end to count from")
    elif "DTSTART" not in properties:
        yield trigger.fault("alarm-without-start", "a DTSTART to count from, or RELATED=END")


def _uid_faults(component: Component, calendar: Calendar) -> Iterator[Fault]:
    uid = component.properties.get("UID")
    if not uid:
        return
    instance = component.properties.get("RECURRENCE-ID")
    key = (uid.value, instance.value if instance else "")
    if key in calendar.uids:
        yield uid.fault("duplicate-uid", "an id that no other component has")
    calendar.uids.add(key)


def _calendar_faults(component: Component, calendar: Calendar) -> Iterator[Fault]:
    for zone, found in calendar.zones_used.items():
        if zone not in calendar.zones_told:
            yield found.fault("unknown-tzid", f"a VTIMEZONE for {quoted(zone)}")
    if not component.has_inner:
        yield component.fault("no-component", "nothing in it", "at least one component (RFC 5545 3.6)")
