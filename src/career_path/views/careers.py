"""Careers side by side: one row for each thing to compare, one column for each career; what is not known says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from textwrap import wrap
from typing import Final

import attrs

from career_path.days.durations import hours_text
from career_path.model.careers import Career, Careers, TotalHours
from career_path.model.timeline import TotalCost
from career_path.views.careers_notes import CHECK, limit_lines, limits_of, notes_of
from career_path.views.fitting import columns_of, lines_of
from career_path.views.markdown import escaped, markdown_table
from career_path.views.notebook import html_folded, html_table, html_text
from career_path.views.occupations import as_of_text, growth_text
from career_path.views.plain import day_text, days_text, joined, money_text, one_line
from career_path.views.sentences import conflict_text

__all__ = [
    "NOT_KNOWN",
    "career_rows",
    "careers_html",
    "careers_markdown",
    "careers_text",
    "earned_text",
    "parts_of",
    "shared_out",
    "title_of",
    "to_cents",
]

NOT_KNOWN: Final = "not known"
_NOTHING: Final = "No careers to compare."
_NARROWEST: Final = 15
_GAP: Final = "  "
_MOST_LINES: Final = 1_000
_MOST_NAMES: Final = 3
_MOST_BESIDE: Final = 5


def to_cents(amount: Fraction) -> Decimal:
    """An exact amount rounded to hundredths, half of one to the even one.

    >>> to_cents(Fraction(1, 3)), to_cents(Fraction(-1, 200))
    (Decimal('0.33'), Decimal('0.00'))
    """
    return Decimal(round(amount * 100)).scaleb(-2)


def career_rows(careers: Careers) -> list[tuple[str, ...]]:
    """What is compared: a label, then what each career says to it."""
    horizon = day_text(careers.horizon)
    told: tuple[tuple[str, Callable[[Career], str]], ...] = (
        ("First pay", _first_pay),
        ("Cost", lambda each: NOT_KNOWN if each.cost is None else _cost(each.cost, each.timeline.name_of)),
        (
            "Hours of learning",
            lambda each: NOT_KNOWN if each.hours is None else _hours(each.hours, each.timeline.name_of),
        ),
        ("Exams", lambda each: NOT_KNOWN if each.exam_count is None else str(each.exam_count)),
        ("Renewals in ten years", _renewals),
        ("Hours for them", _renewal_hours),
        ("Fees for them", _renewal_fees),
        ("Occupation", lambda each: NOT_KNOWN if each.occupation is None else each.occupation.name),
        ("Median pay a year", _pay),
        ("Growth", _growth),
        ("Openings a year", _openings),
        (f"Earned by {horizon}", lambda each: _exact(each.earned, each)),
        ("Less the cost", lambda each: _exact(each.balance, each)),
        ("Conflicts", _conflicts),
    )
    return [(label, *(tell(each) for each in careers.careers)) for label, tell in told]


def _first_pay(career: Career) -> str:
    if career.first_pay is None or career.days_to_pay is None:
        return NOT_KNOWN
    return f"{day_text(career.first_pay)}, after {days_text(career.days_to_pay)}"


def _renewals(career: Career) -> str:
    burden = career.renewal
    if burden is None:
        return NOT_KNOWN
    duties = burden.duty_count
    also = f", and {duties} {'duty' if duties == 1 else 'duties'}" if duties else ""
    names = [career.timeline.credential_name(each) for each in burden.without_rule]
    return _in_part(f"{burden.count}{also}", names, Fraction(burden.count + duties))


def _renewal_hours(career: Career) -> str:
    name = career.timeline.credential_name
    return NOT_KNOWN if career.renewal is None else _hours(career.renewal.hours, name)


def _renewal_fees(career: Career) -> str:
    name = career.timeline.credential_name
    return NOT_KNOWN if career.renewal is None else _cost(career.renewal.cost, name)


Name = Callable[[str], str]
"""How the parts are called that a sum lacks."""


def _cost(cost: TotalCost, name: Name) -> str:
    return _in_part(money_text(cost.amount, cost.currency), [name(each) for each in cost.unknown], cost.amount)


def _hours(hours: TotalHours, name: Name) -> str:
    exact = hours_text(hours.hours)
    shown = exact if (hours.hours * 4).denominator == 1 else f"about {round(hours.hours)}"
    return _in_part(f"{shown} h", [name(each) for each in hours.unknown], hours.hours)


def _in_part(shown: str, unknown: Sequence[str], known: Decimal | Fraction) -> str:
    """What is known of a sum, and what is missing in it: by name, or of several how many; the notes name them."""
    if not unknown:
        return shown
    missing = unknown[0] if len(unknown) == 1 else f"{len(unknown)} parts"
    return f"at least {shown}; {missing} {NOT_KNOWN}" if known else f"{NOT_KNOWN} ({missing})"


def _pay(career: Career) -> str:
    pay = None if career.occupation is None else career.occupation.pay
    if pay is None or pay.median is None:
        return NOT_KNOWN
    of = ", ".join(filter(None, ("" if pay.statistic == "median" else pay.statistic, as_of_text(pay.as_of))))
    return f"{money_text(pay.median, career.pathway.currency)}{f' ({of})' if of else ''}"


def _growth(career: Career) -> str:
    outlook = career.outlook
    if outlook is None or outlook.growth_percent is None:
        return NOT_KNOWN
    return f"{growth_text(outlook.growth_percent)} from {outlook.from_} to {outlook.through}"


def _openings(career: Career) -> str:
    outlook = career.outlook
    if outlook is None or outlook.openings_per_year is None:
        return NOT_KNOWN
    return f"{outlook.openings_per_year:,} ({outlook.from_}-{outlook.through})"


def _exact(amount: Fraction | None, career: Career) -> str:
    return earned_text(amount, career.pathway.currency)


def _conflicts(career: Career) -> str:
    """What is missed; which rules decide fills a page of its own."""
    bare = (attrs.evolve(each, rules=()) for each in career.timeline.conflicts)
    return " ".join(conflict_text(each, career.timeline) for each in bare) or "none"


def earned_text(amount: Fraction | None, currency: str) -> str:
    """An exact amount rounded to hundredths, where it is known.

    >>> earned_text(Fraction(1, 3), "USD"), earned_text(None, "USD")
    ('0.33 USD', 'not known')
    """
    return NOT_KNOWN if amount is None else money_text(to_cents(amount), currency)


def careers_text(careers: Careers, *, width: int = 100) -> str:
    """A table of the careers in lines of at most `width` columns, in several parts where there are too many for one.

    >>> import datetime as dt
    >>> from career_path import Learner, Pathway, Step, compare
    >>> path = Pathway("p", title="Aide", goal="job", steps=[Step("job", kind="job", cost="25.00")])
    >>> print(careers_text(compare([path], Learner(), today=dt.date(2027, 1, 4))).splitlines()[1])
    First pay              4 Jan 2027, after 0 days
    """
    if not careers.careers:
        return f"{_NOTHING}\n"
    rows = [("", *(each.name for each in careers.careers)), *career_rows(careers)]
    label = max(columns_of(row[0]) for row in rows)
    most = max((width - label) // (_NARROWEST + len(_GAP)), 1)
    each = shared_out(len(careers.careers), most)
    lines: list[str] = []
    for begin in range(1, len(rows[0]), each):
        part = [(row[0], *row[begin : begin + each]) for row in rows]
        lines += [*([""] if lines else []), *_table(part, label, width)]
    for texts in (limit_lines(careers), notes_of(careers)):
        wrapped = [line for text in texts for line in _wrapped(text, width)]
        lines += ["", *wrapped] if wrapped else []
    return "".join(f"{line}\n" for line in lines)


def shared_out(count: int, most: int) -> int:
    """How many of `count` stand in each part, where at most so many fit: in few parts, and those of about one size.

    >>> shared_out(8, 5), shared_out(7, 3), shared_out(2, 5)
    (4, 3, 2)
    """
    return -(-count // -(-count // most))


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(one_line(text), width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _table(rows: Sequence[Sequence[str]], label: int, width: int) -> Iterator[str]:
    count = len(rows[0]) - 1
    room = (width - label) // count - len(_GAP)
    widest = [max(columns_of(one_line(row[column])) for row in rows) for column in range(1, count + 1)]
    widths = [label, *(min(each, room) for each in widest)]
    for row in rows:
        cells = [lines_of(cell, wide, most=_MOST_LINES) or ("",) for cell, wide in zip(row, widths, strict=True)]
        for index in range(max(map(len, cells))):
            parts = (cell[index] if index < len(cell) else "" for cell in cells)
            padded = (f"{part}{' ' * (wide - columns_of(part))}" for part, wide in zip(parts, widths, strict=True))
            yield _GAP.join(padded).rstrip()


def careers_markdown(careers: Careers) -> str:
    """The same as Markdown.

    >>> import datetime as dt
    >>> from career_path import Learner, compare
    >>> print(careers_markdown(compare([], Learner(), today=dt.date(2027, 1, 4))))
    No careers to compare.
    <BLANKLINE>
    """
    if not careers.careers:
        return f"{_NOTHING}\n"
    names = [escaped(each.name) for each in careers.careers]
    blocks = [
        f"## {escaped(title_of(careers))}",
        markdown_table(["", *names], [list(map(escaped, row)) for row in career_rows(careers)]),
    ]
    for career in careers.careers:
        blocks += [
            f"**{escaped(career.name)}** {label}:\n\n" + "\n".join(f"- {escaped(part)}" for part in parts)
            for label, parts in limits_of(career)
        ]
    notes = "\n".join(f"- {escaped(each)}" for each in notes_of(careers))
    return "\n\n".join((*blocks, "**How to read it**", notes)) + "\n"


def title_of(careers: Careers) -> str:
    """The names of all careers; of more than three, how many there are.

    >>> import datetime as dt
    >>> title_of(Careers(learner="me", today=dt.date(2027, 1, 4), horizon=dt.date(2037, 1, 4), careers=()))
    ''
    """
    names = [each.name for each in careers.careers]
    return joined(names) if len(names) <= _MOST_NAMES else f"{len(names)} careers"


def careers_html(careers: Careers) -> str:
    """The same for a notebook: tables, what each occupation does and may not do, and notes to unfold.

    >>> import datetime as dt
    >>> from career_path import Learner, compare
    >>> careers_html(compare([], Learner(), today=dt.date(2027, 1, 4)))
    '<p>No careers to compare.</p>'
    """
    if not careers.careers:
        return f"<p>{_NOTHING}</p>"
    tables = (html_table(["", *names], rows) for names, rows in parts_of(careers))
    limits = (f"<p>{html_text(text)}</p>" for text in limit_lines(careers))
    notes = html_folded("How to read it", [html_text(each) for each in notes_of(careers) if each != CHECK])
    return "".join((*tables, *limits, notes, f"<p>{CHECK}</p>"))


def parts_of(careers: Careers) -> Iterator[tuple[list[str], list[tuple[str, ...]]]]:
    """The names above each table on a page, and its rows: in as few tables as are no wider than it."""
    rows, each = career_rows(careers), shared_out(len(careers.careers), _MOST_BESIDE)
    for begin in range(0, len(careers.careers), each):
        names = [career.name for career in careers.careers[begin : begin + each]]
        yield names, [(row[0], *row[begin + 1 : begin + each + 1]) for row in rows]
