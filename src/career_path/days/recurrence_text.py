"""The text of a recurrence (RFC 5545, section 3.3.10) into its parts, or what is wrong with it.

Only what speaks of whole days is taken, and only what has one meaning: `docs/day-rules.md` lists what is refused. A
text is read in time proportional to its length, which is limited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NoReturn

from career_path.days.numbers import parse_date
from career_path.errors import InvalidValueError, nearest_name, quoted
from career_path.values import Value, frozen

__all__ = ["MOST_COUNT", "MOST_INTERVAL", "RecurrenceParts", "normal_text", "recurrence_parts"]

MOST_INTERVAL: Final = 1_000
MOST_COUNT: Final = 1_000
_LONGEST: Final = 500
_WEEK: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBER: Final = r"\A[+-]?[0-9]{1,4}\Z"
_BY_DAY: Final = r"\A([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z"
_UNTIL: Final = r"\A([0-9]{4})([0-9]{2})([0-9]{2})\Z"
_FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_TIMES: Final = ("SECONDLY", "MINUTELY", "HOURLY", "BYSECOND", "BYMINUTE", "BYHOUR")


@frozen(kw_only=True)
class RecurrenceParts(Value):
    """What a recurrence says: days of the week from 0 (Monday), each with its ordinal or 0, and counts as written."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: int | None = None
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def names_days(self) -> bool:
        """Whether the rule itself says which days of its period it means."""
        return bool(self.month_days or self.year_days or self.days)


def recurrence_parts(text: str) -> RecurrenceParts:
    """The parts of a recurrence written in RFC 5545 text, in capital letters.

    >>> recurrence_parts("FREQ=MONTHLY;BYDAY=-1FR").days
    ((4, -1),)

    Raises:
        InvalidValueError: codes `not-a-recurrence`, `unsupported-recurrence`.
    """
    values: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if name in values or not equals or not value:
            _refuse(part, "parts such as FREQ=MONTHLY, each once, with ';' between them")
        values[name] = value
    for name, value in values.items():
        _check_name(name, value)
    if "FREQ" not in values:
        _refuse(text, f"FREQ, one of {', '.join(_FREQUENCIES)}")
    read: dict[str, object] = {}
    for name, value in values.items():
        field, reader = _PARTS[name]
        read[field] = reader(name, value)
    parts = RecurrenceParts(**read)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] (each reader gives what its field takes)
    _check_together(parts, values)
    return parts


def _refuse(found: str, expected: str, near: str | None = None) -> NoReturn:
    raise InvalidValueError("not-a-recurrence", "rule", quoted(found), expected, near)


def _refuse_part(found: str, expected: str) -> NoReturn:
    """Refuse what RFC 5545 knows and days alone cannot follow."""
    raise InvalidValueError("unsupported-recurrence", "rule", quoted(found), expected)


def _check_name(name: str, value: str) -> None:
    if name in _TIMES or (name == "FREQ" and value in _TIMES):
        _refuse_part(f"{name}={value}", "whole days: YEARLY, MONTHLY, WEEKLY or DAILY, no hours")
    if name == "BYWEEKNO":
        _refuse_part(name, "BYDAY, BYMONTHDAY or BYYEARDAY, for weeks have no numbers here")
    if name in {"BYEASTER", "RSCALE", "SKIP"}:
        _refuse_part(name, "the parts of RFC 5545 itself")
    if name not in _PARTS:
        _refuse(name, f"one of {', '.join(_PARTS)}", near=nearest_name(name, _PARTS))


def _frequency(name: str, value: str) -> str:
    if value not in _FREQUENCIES:
        _refuse(f"{name}={value}", f"one of {', '.join(_FREQUENCIES)}", near=nearest_name(value, _FREQUENCIES))
    return value


def _whole(name: str, value: str, least: int, most: int) -> int:
    if not re.match(_NUMBER, value) or not least <= int(value) <= most:
        _refuse(f"{name}={value}", f"a whole number from {least} to {most}")
    return int(value)


def _numbers(name: str, value: str, most: int, *, may_count_back: bool) -> tuple[int, ...]:
    numbers = {_whole(name, each, -most if may_count_back else 1, most) for each in value.split(",")}
    if 0 in numbers:
        _refuse(f"{name}={value}", "no 0: the first is 1, the last -1")
    return tuple(sorted(numbers))


def _weekday(name: str, value: str) -> int:
    if value not in _WEEK:
        _refuse(f"{name}={value}", f"one of {', '.join(_WEEK)}")
    return _WEEK.index(value)


def _days(name: str, value: str) -> tuple[tuple[int, int], ...]:
    found: set[tuple[int, int]] = set()
    for each in value.split(","):
        match = re.match(_BY_DAY, each)
        nth = int(match[1] or 0) if match else 0
        if not match or (match[1] and not 1 <= abs(nth) <= 53):  # noqa: PLR2004 (the weeks of a year)
            _refuse(f"{name}={each}", "days such as MO, 2TU or -1FR")
        found.add((_WEEK.index(match[2]), nth))
    if len({nth == 0 for _, nth in found}) > 1:
        _refuse_part(f"{name}={value}", "days all with or all without an ordinal")
    return tuple(sorted(found))


def _until(name: str, value: str) -> int:
    match = re.match(_UNTIL, value)
    if not match:
        refuse = _refuse_part if "T" in value else _refuse
        refuse(f"{name}={value}", "a date without a time, written YYYYMMDD")
    try:
        return parse_date("-".join(match.groups())).toordinal()
    except InvalidValueError:
        _refuse(f"{name}={value}", "a real date written YYYYMMDD")


_PARTS: Final[Mapping[str, tuple[str, Callable[[str, str], object]]]] = {
    "FREQ": ("frequency", _frequency),
    "INTERVAL": ("interval", lambda name, value: _whole(name, value, 1, MOST_INTERVAL)),
    "COUNT": ("count", lambda name, value: _whole(name, value, 1, MOST_COUNT)),
    "UNTIL": ("until", _until),
    "BYMONTH": ("months", lambda name, value: _numbers(name, value, 12, may_count_back=False)),
    "BYMONTHDAY": ("month_days", lambda name, value: _numbers(name, value, 31, may_count_back=True)),
    "BYYEARDAY": ("year_days", lambda name, value: _numbers(name, value, 366, may_count_back=True)),
    "BYDAY": ("days", _days),
    "BYSETPOS": ("positions", lambda name, value: _numbers(name, value, 366, may_count_back=True)),
    "WKST": ("week_start", _weekday),
}


def _check_together(parts: RecurrenceParts, values: Mapping[str, str]) -> None:
    """What the parts mean for each other: RFC 5545 forbids some pairs, and some have no single reading."""
    often = parts.frequency in {"WEEKLY", "DAILY"}
    if parts.count is not None and parts.until is not None:
        _refuse("COUNT and UNTIL", "one of the two")
    if parts.year_days and parts.frequency != "YEARLY":
        _refuse("BYYEARDAY", "FREQ=YEARLY with it")
    if parts.month_days and parts.frequency == "WEEKLY":
        _refuse("BYMONTHDAY", "FREQ=YEARLY, MONTHLY or DAILY with it")
    if often and any(nth for _, nth in parts.days):
        _refuse(f"BYDAY={values['BYDAY']}", "an ordinal with FREQ=YEARLY or MONTHLY alone")
    if parts.positions and (often or not parts.names_days):
        _refuse("BYSETPOS", "FREQ=YEARLY or MONTHLY, and BYDAY, BYMONTHDAY or BYYEARDAY to choose from")
    if parts.frequency == "DAILY" and parts.interval > 1 and (parts.names_days or parts.months):
        _refuse_part("INTERVAL", "INTERVAL without BYMONTH, BYMONTHDAY and BYDAY where FREQ=DAILY")


def normal_text(value: object) -> str:
    """A recurrence in capital letters, without `RRULE:` before it.

    >>> normal_text("rrule:freq=daily")
    'FREQ=DAILY'
    """
    if not isinstance(value, str) or not value.isascii() or len(value) > _LONGEST:
        found = f"{len(value)} characters" if isinstance(value, str) and len(value) > _LONGEST else quoted(value)
        raise InvalidValueError("not-a-recurrence", "rule", found, "a rule such as FREQ=MONTHLY;BYDAY=-1FR")
    return value.upper().removeprefix("RRULE:")
