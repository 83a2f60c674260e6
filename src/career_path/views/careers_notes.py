"""What stands below careers side by side: what each does and may not do, and how the numbers are meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from career_path.model.careers import Career, Careers, RenewalBurden
from career_path.model.remarks import NoticeKind
from career_path.views.plain import day_text, joined
from career_path.views.sentences import overlay_text, unsure_text

__all__ = ["CHECK", "earned_note", "limit_lines", "limits_of", "notes_of"]

CHECK: Final = "Check every date with the issuer."
"""What stands below every plan, and here as well."""


def limits_of(career: Career) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the occupation does and may not do, each with its label; nothing where that is not told."""
    if career.occupation is not None:
        told = (("does", career.occupation.duties), ("may not", career.occupation.may_not))
        yield from ((label, parts) for label, parts in told if parts)


def limit_lines(careers: Careers) -> Iterator[str]:
    """The same of all careers, a sentence for each label."""
    for career in careers.careers:
        for label, parts in limits_of(career):
            yield f"{career.name} {label}: {'; '.join(parts)}."


def notes_of(careers: Careers) -> tuple[str, ...]:
    """What is left open in the careers, and how the numbers are meant."""
    return (
        *_limitless(careers),
        *_each(careers, lambda each: map(overlay_text, each.timeline.applied), "Rules for"),
        *_each(careers, _not_known, "Not known of"),
        *_each(careers, _from_memory, "From memory for"),
        "First pay: the first day of a job, and the calendar days to it from the day you can begin.",
        "Hours of learning: how much work classes, practice and externships are, also those after the first pay.",
        "Renewals: of papers, in the ten years from the first pay on. Duties are what papers ask for in between.",
        *_each(careers, _counted, "Renewals of"),
        *_each(careers, _shared, "Hours of renewals of"),
        *_each(careers, _left_out, "Not among them for"),
        earned_note(careers.horizon),
        "The cost is that of the plan, without renewals after it.",
        CHECK,
    )


def _each(careers: Careers, tell: Callable[[Career], Iterable[str]], lead: str) -> Iterator[str]:
    for career in careers.careers:
        told = "; ".join(tell(career))
        if told:
            yield f"{lead} {career.name}: {told}."


def _not_known(career: Career) -> Iterator[str]:
    """What is missing in sums of which several parts are not known; of one part the sum itself tells the name."""
    step, paper, burden = career.timeline.name_of, career.timeline.credential_name, career.renewal
    told: list[tuple[str, Callable[[str], str], tuple[str, ...]]] = [
        ("cost of", step, () if career.cost is None else career.cost.unknown),
        ("hours of learning of", step, () if career.hours is None else career.hours.unknown),
    ]
    if burden is not None:
        told += [(label, paper, ids) for label, ids in _burdens(burden)]
    for label, name, ids in told:
        if len(ids) > 1:
            yield f"{label} {joined([name(each) for each in ids])}"


def _burdens(burden: RenewalBurden) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "renewals of", burden.without_rule
    if burden.hours.unknown == burden.cost.unknown:
        yield "hours and fees of renewals of", burden.hours.unknown
    else:
        yield "hours of renewals of", burden.hours.unknown
        yield "fees of renewals of", burden.cost.unknown


def _from_memory(career: Career) -> Iterator[str]:
    unsure = (each for each in career.timeline.notices if each.kind is NoticeKind.UNSURE_FACT)
    return (unsure_text(each, career.timeline) for each in unsure)


def _counted(career: Career) -> Iterator[str]:
    """How often each paper is renewed."""
    if career.renewal is not None and career.renewal.counts:
        name = career.timeline.credential_name
        yield ", ".join(f"{name(credential)} {count}" for credential, count in career.renewal.counts)


def _shared(career: Career) -> Iterator[str]:
    """Whose hours are added up although the same ones may serve several."""
    if career.renewal is not None and career.renewal.shared:
        names = joined([career.timeline.credential_name(each) for each in career.renewal.shared])
        yield f"those of {names} are added up, although the same hours may serve several of them"


def _left_out(career: Career) -> Iterator[str]:
    """The papers of a plan that end and that nobody renews in the career."""
    if career.renewal is None:
        return
    training, ended = (
        joined([career.timeline.credential_name(each) for each in ids])
        for ids in (career.renewal.training_only, career.renewal.not_renewed)
    )
    if training:
        yield f"{training}, for which only training asks here; an employer may too"
    if ended:
        one = len(career.renewal.not_renewed) == 1
        yield f"{ended}, because {'it ends' if one else 'they end'} for good"


def _limitless(careers: Careers) -> Iterator[str]:
    """That silence about limits promises nothing, where there is both."""
    told = [bool(each.occupation.may_not) for each in careers.careers if each.occupation is not None]
    if any(told) and not all(told):
        yield 'Where no "may not" is told, no limit was found; that does not mean that there is none.'


def earned_note(horizon: dt.date) -> str:
    """How money earned before a day is counted.

    >>> earned_note(dt.date(2037, 1, 4)).partition(",")[0]
    'Earned: the median pay of the job held on each day before 4 Jan 2037'
    """
    earned = f"the median pay of the job held on each day before {day_text(horizon)}"
    return f"Earned: {earned}, before tax, in years of 365.2425 days. Half of all people earn less."
