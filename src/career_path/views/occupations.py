"""Occupations in words: pay, outlook, and the lines that tell one whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from career_path.days.year_month import Month
from career_path.model.occupations import Occupation, Outlook, Pay, Setting
from career_path.views.plain import day_text, money_text, month_text

__all__ = ["as_of_text", "growth_text", "occupation_lines", "outlook_text", "pay_text"]


def pay_text(pay: Pay, currency: str) -> str:
    """What a year of work pays, of when, and what a tenth earns less or more than.

    >>> pay_text(Pay(median="44200", p10="35020", as_of="2024-05"), "USD")
    '44200.00 USD a year (median, May 2024); one in ten earns less than 35020.00 USD'
    """
    middle = "median not known" if pay.median is None else f"{money_text(pay.median, currency)} a year"
    of = ", ".join(filter(None, (pay.statistic, as_of_text(pay.as_of))))
    tenths = [
        f"one in ten earns {word} than {money_text(amount, currency)}"
        for word, amount in (("less", pay.p10), ("more", pay.p90))
        if amount is not None
    ]
    return "; ".join((f"{middle} ({of})", *tenths))


def as_of_text(as_of: Month | dt.date | None) -> str:
    """The month or day that a figure is of; nothing for None.

    >>> as_of_text(Month(2024, 5)), as_of_text(dt.date(2024, 5, 1))
    ('May 2024', '1 May 2024')
    """
    if isinstance(as_of, Month):
        return month_text(as_of)
    return "" if as_of is None else day_text(as_of)


def outlook_text(outlook: Outlook) -> str:
    """What is expected between two years.

    >>> outlook_text(Outlook(growth_percent=12, openings_per_year=112300, from_=2024, through=2034))
    '12 % more jobs from 2024 to 2034; about 112,300 openings a year'
    """
    years = f"from {outlook.from_} to {outlook.through}"
    growth = "growth not known" if outlook.growth_percent is None else growth_text(outlook.growth_percent)
    openings = [] if outlook.openings_per_year is None else [f"about {outlook.openings_per_year:,} openings a year"]
    return "; ".join((f"{growth} {years}", *openings))


def growth_text(percent: Decimal) -> str:
    """How much more or less there will be.

    >>> growth_text(Decimal("-2.5")), growth_text(Decimal(0))
    ('2.5 % fewer jobs', 'as many jobs')
    """
    if not percent:
        return "as many jobs"
    return f"{abs(percent):f} % {'more' if percent > 0 else 'fewer'} jobs"


def occupation_lines(occupation: Occupation, currency: str) -> Iterator[str]:
    """All that is told of an occupation but its name and note, a sentence a line.

    >>> list(occupation_lines(Occupation("aide", soc="31-9092", may_not=["diagnose", "prescribe"]), "USD"))
    ['SOC code 31-9092', 'may not: diagnose; prescribe']
    """
    pay, outlook = occupation.pay, occupation.outlook
    told = (
        ("SOC code ", [occupation.soc]),
        ("does: ", occupation.duties),
        ("may not: ", occupation.may_not),
        ("works in: ", [_setting_text(each) for each in occupation.settings]),
        ("pays: ", [] if pay is None else [pay_text(pay, currency)]),
        ("outlook: ", [] if outlook is None else [outlook_text(outlook)]),
        ("entry education: ", [occupation.entry_education]),
        ("related: ", occupation.related),
    )
    return (f"{label}{_listed(parts)}" for label, parts in told if _listed(parts))


def _setting_text(setting: Setting) -> str:
    return f"{setting.name} ({setting.schedule})" if setting.schedule else setting.name


def _listed(parts: Sequence[str]) -> str:
    return "; ".join(parts)
