"""Every fact of a pathway, found by going through its values as a document writes them.

A fact is an amount, a span, a date or a count in a step, a credential, an occupation or an overlay that is told, not
left to its default. What it rests on are the sources of the part it stands in or, if that names none, of the part
around it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Final, NamedTuple, cast

import attrs

from career_path.days.day_rules import DayRule, MonthDay
from career_path.days.durations import hours_text
from career_path.days.holidays import HolidayCalendar
from career_path.days.recurrence import Recurrence
from career_path.days.spans import Span
from career_path.days.year_month import Month
from career_path.formats.gate import join_path
from career_path.formats.overlays import EDITED
from career_path.formats.shapes import fields_of, key_attribute
from career_path.formats.unstructure import amount_text, changed_fields
from career_path.model.edits import Edit, parts_of
from career_path.model.facts import FactKind, PathwayFact
from career_path.model.occupations import Outlook
from career_path.model.pathway import Cost, Pathway, Source, Sure
from career_path.model.renewal import Fee
from career_path.model.requirements import AllOf, AnyOf, AtLeast
from career_path.model.text import step_of
from career_path.model.timeline import Timeline

__all__ = ["facts"]

_SURENESS: Final = (Sure.MEMORY, Sure.SECONDARY, Sure.BODY, Sure.LAW)
"""From the least sure on."""
_NO_FACTS: Final = frozenset({"as_of"})
"""They say of when a fact is."""
_YEARS: Final = frozenset({"from_", "through"})


def facts(pathway: Pathway, *, plan: Timeline | None = None) -> tuple[PathwayFact, ...]:
    """Every amount, span, date and count of a pathway, with its sources, in the order of the document.

    With a `plan` only those of its steps and of the credentials that it grants or counts on: what its dates and costs
    rest on. The pathway is then the resolved one that the plan was made from.

    >>> from career_path.model.pathway import Step
    >>> exam = Step("exam", cost="125.00", sources=["A1"])
    >>> path = Pathway("p", goal="exam", steps=[exam], sources=[Source("A1", sure="body")])
    >>> [(each.path, each.says, each.sources, each.sure.value) for each in facts(path)]
    [('steps.exam.cost', '125.00 USD', ('A1',), 'body')]
    """
    rest = _Rest(pathway)
    steps, credentials = (None, None) if plan is None else _in_plan(plan, pathway)
    found: list[PathwayFact] = []
    for step in pathway.steps:
        if steps is None or step.id in steps:
            found += rest.facts_in(step, f"steps.{step.id}", _NOTHING)
    for credential in pathway.credentials:
        if credentials is None or credential.id in credentials:
            found += rest.facts_in(credential, f"credentials.{credential.id}", _NOTHING)
    if plan is None:
        for occupation in pathway.occupations:
            found += rest.facts_in(occupation, f"occupations.{occupation.id}", _NOTHING)
        for index, overlay in enumerate(pathway.overlays):
            found += rest.facts_in(overlay, f"overlays[{index}]", _NOTHING)
    return tuple(found)


def _in_plan(plan: Timeline, pathway: Pathway) -> tuple[set[str], set[str]]:
    steps = {step_of(step.id) for step in plan.steps}
    granted: set[str] = {credential for step in pathway.steps if step.id in steps for credential in step.grants}
    held: set[str] = {renewal.credential for renewal in plan.renewals} | {paper.credential for paper in plan.papers}
    return steps, granted | held


class _Cited(NamedTuple):
    """What a part of a document says of itself, and so of its parts that say nothing."""

    sources: tuple[str, ...] = ()
    sure: Sure | None = None
    as_of: Month | dt.date | None = None


_NOTHING: Final = _Cited()


class _Rest:
    """What the facts of a pathway rest on."""

    def __init__(self, pathway: Pathway) -> None:
        self.currency = pathway.currency
        self.sources: dict[str, Source] = {source.id: source for source in pathway.sources}

    def facts_in(self, value: object, path: str, cited: _Cited) -> Iterator[PathwayFact]:
        """The facts in a value that stands at a path, inside something that cites what it rests on."""
        match value:
            case tuple():
                yield from self._in_parts(cast("tuple[object, ...]", value), path, cited)
            case AllOf() | AnyOf() | AtLeast():
                yield from self._in_group(value, path, cited)
            case Edit():
                yield from self._in_edit(value, path, cited)
            case _ if attrs.has(type(value)) and not isinstance(value, _PLAIN):
                yield from self._in_fields(value, path, cited)
            case _:
                kind, says = _told(value, self.currency)
                if kind is not None:
                    place = f"{path}.{value.key}" if isinstance(value, Recurrence) else path
                    yield self._fact(kind, says, place, cited)

    def _in_parts(self, values: tuple[object, ...], path: str, cited: _Cited) -> Iterator[PathwayFact]:
        if len(values) == 1 and isinstance(values[0], Fee) and values[0].since is None:
            yield from self.facts_in(values[0].amount, path, cited)
            return
        for index, each in enumerate(values):
            key = key_attribute(type(each))
            place = join_path(path, str(getattr(each, key))) if key else f"{path}[{index}]"
            yield from self.facts_in(each, place, cited)

    def _in_group(self, group: AllOf | AnyOf | AtLeast, path: str, cited: _Cited) -> Iterator[PathwayFact]:
        name = {AllOf: "all", AnyOf: "any", AtLeast: "of"}[type(group)]
        if isinstance(group, AtLeast):
            yield self._fact(FactKind.COUNT, str(group.k), f"{path}.at_least", cited)
        yield from self.facts_in(group.of, f"{path}.{name}", cited)

    def _in_edit(self, edit: Edit, path: str, cited: _Cited, kind: type | None = None) -> Iterator[PathwayFact]:
        """Facts in what an overlay changes; a part that it changes field by field is an edit too."""
        changed = kind or EDITED[type(edit)]
        new = dict(edit.fields)
        own = _cited_by(new.get, cited)
        names = {field.attribute: field.name for field in fields_of(changed)}
        for name, value in new.items():
            part, place = parts_of(changed).get(name), f"{path}.{names[name]}"
            if part is None:
                yield from () if name in _NO_FACTS else self._in_field(changed, name, value, place, own)
                continue
            for each in cast("tuple[Edit, ...]", value) if part.is_keyed else (cast("Edit", value),):
                inner = f"{place}.{each.id}" if part.is_keyed else place
                yield from self._in_edit(each, inner, own, part.kind)

    def _in_fields(self, value: object, path: str, cited: _Cited) -> Iterator[PathwayFact]:
        own = _cited_by(partial(_field_or_none, value), cited)
        told = [field for field in changed_fields(value) if field.attribute not in _NO_FACTS]
        if isinstance(value, DayRule):
            path = f"{path}.{value.key}"
        for field in told:
            place = path if isinstance(value, Cost) else f"{path}.{field.name}".removeprefix(".")
            yield from self._in_field(type(value), field.attribute, getattr(value, field.attribute), place, own)

    def _in_field(self, kind: type, name: str, value: object, path: str, cited: _Cited) -> Iterator[PathwayFact]:
        if kind is Outlook and name in _YEARS:
            yield self._fact(FactKind.DATE, str(value), path, cited)
        elif kind is Outlook and name == "growth_percent":
            yield self._fact(FactKind.COUNT, f"{value:f} %", path, cited)
        else:
            yield from self.facts_in(value, path, cited)

    def _fact(self, kind: FactKind, says: str, path: str, cited: _Cited) -> PathwayFact:
        known = [self.sources[each] for each in cited.sources if each in self.sources]
        checked = [source.checked for source in known]
        as_of = min((source.as_of for source in known if source.as_of is not None), default=None)
        return PathwayFact(
            path=path,
            kind=kind,
            says=says,
            sources=cited.sources,
            sure=cited.sure or min((source.sure for source in known), key=_SURENESS.index, default=None),
            as_of=cited.as_of or as_of,
            checked=None if None in checked else min((day for day in checked if day is not None), default=None),
            is_memory_alone=bool(known) and all(source.sure is Sure.MEMORY for source in known),
            review_day=min((day for source in known if (day := source.review_day) is not None), default=None),
        )


_PLAIN: Final = (Span, Month, MonthDay, HolidayCalendar, Recurrence)
"""Values that are told in one text, and calendars, which are named where they are used."""


def _told(value: object, currency: str) -> tuple[FactKind | None, str]:  # noqa: PLR0911 (a line per kind)
    """What a plain value is, and how it reads; nothing for a text, a choice or a truth value."""
    match value:
        case Decimal():
            return FactKind.AMOUNT, f"{amount_text(value)} {currency}"
        case Span():
            return FactKind.SPAN, str(value)
        case dt.date() | Month() | MonthDay():
            return FactKind.DATE, str(value)
        case Recurrence():
            return FactKind.DATE, value.rule
        case Fraction():
            return FactKind.COUNT, hours_text(value)
        case int() if not isinstance(value, bool):
            return FactKind.COUNT, str(value)
        case _:
            return None, ""


def _field_or_none(value: object, name: str) -> object:
    return getattr(value, name, None)


def _cited_by(field: Callable[[str], object], around: _Cited) -> _Cited:
    """What a part cites, else what the part around it does."""
    sources = cast("tuple[str, ...]", field("sources") or ())
    return _Cited(
        sources=sources or around.sources,
        sure=cast("Sure | None", field("sure") or (None if sources else around.sure)),
        as_of=cast("Month | dt.date | None", field("as_of") or (None if sources else around.as_of)),
    )
