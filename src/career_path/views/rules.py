"""The rules of a credential in sentences: when and how it is renewed, what comes after its last day, its duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final, assert_never

from career_path.days.day_rules import DayRule
from career_path.days.durations import WorkingDays, hours_text
from career_path.days.spans import Span
from career_path.model.credits import CreditRule, CreditSlot
from career_path.model.ends import End, Until
from career_path.model.fees import Fee
from career_path.model.leads import Before, Counts, Lead, LeadDay, Within
from career_path.model.pathway import Credential, Pathway
from career_path.model.renewal import Applies, Change, Duty, Grace, Method, RenewalRule, Rung, Way, WayBack
from career_path.model.ways import WayKind
from career_path.views.plain import day_text, joined, money_text, span_text
from career_path.views.words import length_text, opening_text, validity_text

__all__ = ["credential_rules"]

_METHODS: Final = {
    Method.FROM_EXPIRY: "each period is counted from the last day of the one before",
    Method.FROM_COMPLETION: "each period is counted from the day of the renewal",
    Method.FIXED_DATE: "each period ends on a fixed day",
}
_WAYS: Final = {
    WayKind.CREDITS: "continuing education",
    WayKind.EXAM: "an exam",
    WayKind.PAPER: "another credential",
    WayKind.FORM: "a form",
}
_BACK: Final = {
    WayBack.CREDITS: "continuing education",
    WayBack.EXAM: "the exam",
    WayBack.REINSTATEMENT: "reinstatement",
    WayBack.START_AGAIN: "starting again",
}
_APPLIES: Final = {
    Applies.NEXT_CYCLE: "for periods that begin from then on",
    Applies.RUNNING_CYCLES: "for periods under way too",
    Applies.EVERYBODY: "for everybody, also after a lapse",
}


def credential_rules(credential: Credential, pathway: Pathway) -> Iterator[str]:
    """Every rule of a credential but how long it holds, a sentence a line.

    >>> from career_path.model.pathway import Step
    >>> card = Credential("card", duties=[Duty("dues", title="Yearly fee", within="P1Y", fee="50")])
    >>> list(credential_rules(card, Pathway("p", goal="a", steps=[Step("a")], credentials=[card])))
    ['duty: Yearly fee, within 1 year, for 50.00 USD']
    """
    words = _Words(pathway)
    if credential.renewal is not None:
        yield from words.renewal(credential.renewal)
    for duty in credential.duties:
        yield words.duty(duty)
    for change in credential.changes:
        yield from words.change(change)
    for extension in credential.extended:
        ends = f"what ends from {day_text(extension.from_)}"
        through = "" if extension.through is None else f" through {day_text(extension.through)}"
        yield f"{ends}{through} holds through {day_text(extension.to)}"


class _Words:
    """Sentences on rules, with the names and the currency of a pathway."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway

    def renewal(self, rule: RenewalRule) -> Iterator[str]:
        most = "" if rule.at_most is None else f", at most {_times(rule.at_most)}"
        yield f"renewal: {_METHODS[rule.method]}{most}{self._fee(rule.fee)}"
        if rule.opens is not None:
            yield f"opens {_lead_text(rule.opens)} the last day"
        if rule.soft is not None:
            yield f"later than {_lead_text(rule.soft)} the last day with a late fee{self._fee(rule.late_fee)}"
        if rule.processing is not None:
            yield f"to be handed in {_lead_text(rule.processing)} the last day, to leave time for processing"
        for way in rule.ways:
            yield self._way(way)
        if rule.credits is not None:
            yield from _credits(rule.credits)
        if rule.grace is not None:
            yield self._grace(rule.grace)
        for rung in rule.lapse:
            yield self._rung(rung)

    def _way(self, way: Way) -> str:
        told = [
            f"one way: {way.title or _WAYS[way.kind]}",
            "" if way.credential is None else f"with {self.pathway.credential(way.credential).name}",
            "" if way.opens is None else f"from {_lead_text(way.opens)} the last day on",
            "" if way.before is None else f"done {_lead_text(way.before)} the last day",
            "" if way.apply is None else f"applied for {_lead_text(way.apply)} that",
            "" if way.takes is None else f"which takes {length_text(way.takes)}",
            "" if way.results is None else f"with the result {length_text(way.results)} later",
        ]
        return f"{', '.join(filter(None, told))}{self._fee(way.fee)}"

    def _grace(self, grace: Grace) -> str:
        current = "still current" if grace.is_current else "not current"
        kept = ", counted from the old last day" if grace.keeps_expiry else ""
        return (
            f"grace: {_within_text(grace.within)} after the last day, {current} meanwhile{kept}{self._fee(grace.fee)}"
        )

    def _rung(self, rung: Rung) -> str:
        until = "" if rung.within is None else f", {_within_text(rung.within)} after the last day"
        kept = ", counted from the old last day" if rung.keeps_expiry else ""
        return f"after a lapse: {rung.title or _BACK[rung.way]}{until}{kept}{self._fee(rung.fee)}"

    def duty(self, duty: Duty) -> str:
        told = [
            duty.title or duty.id,
            "" if duty.every is None else _every_text(duty.every),
            "" if duty.within is None else f"within {_within_text(duty.within)}",
            "" if duty.counted_from is None else f"after {self.pathway.step(duty.counted_from).name}",
        ]
        return f"duty: {', '.join(filter(None, told))}{self._fee(duty.fee)}"

    def change(self, change: Change) -> Iterator[str]:
        lead = f"since {day_text(change.since)}, {_APPLIES[change.applies]}"
        if change.valid is not None:
            yield f"{lead}: {validity_text(change.valid)}"
        if change.renewal is not None:
            yield from (f"{lead}: {each}" for each in self.renewal(change.renewal))

    def _fee(self, fees: Iterable[Fee]) -> str:
        told = [
            f"{money_text(fee.amount, self.pathway.currency)}{f' since {day_text(fee.since)}' if fee.since else ''}"
            for fee in fees
        ]
        return f", for {', '.join(told)}" if told else ""


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _lead_text(lead: Lead) -> str:
    """How long before a day, as the rest of a sentence."""
    match lead:
        case Span() | WorkingDays():
            return f"{length_text(lead)} before"
        case LeadDay():
            return "on the first day of the month of"
        case Before():
            inclusive = ", that day counted," if lead.counts is Counts.INCLUSIVE else ""
            begins = "" if lead.begins is None else f"{_begins_text(lead.begins)} of what is "
            return f"{begins}{span_text(str(lead.span))}{inclusive} before"
        case DayRule():
            return f"on {opening_text(lead)}, at or before"
        case _:  # pragma: no cover
            assert_never(lead)


def _begins_text(begins: LeadDay | DayRule) -> str:
    return "on the first day of the month" if isinstance(begins, LeadDay) else f"on {opening_text(begins)} at or before"


def _within_text(within: Within) -> str:
    inclusive = " (that day counted)" if within.counts is Counts.INCLUSIVE else ""
    match within.until:
        case None:
            rolled = ""
        case Until():
            rolled = ", then to the end of the month"
        case DayRule():
            rolled = f", then to {opening_text(within.until)}"
        case _:  # pragma: no cover
            assert_never(within.until)
    return f"{span_text(str(within.span))}{inclusive}{rolled}"


def _every_text(every: End) -> str:
    return f"good {validity_text(every).removeprefix('valid ')}"


def _credits(rule: CreditRule) -> Iterator[str]:
    most = "" if not rule.carry_over else f", of which {hours_text(rule.carry_over)} may come from the period before"
    yield f"{_counted(rule.total, rule.unit)} of continuing education{most}"
    yield from (f"of these {_slot(slot, rule.unit)}" for slot in rule.slots)
    if rule.is_first_exempt:
        yield "the first renewal is exempt from this continuing education"


def _slot(slot: CreditSlot, unit: str) -> str:
    bounds = [
        f"at least {_counted(slot.at_least, unit)}" if slot.at_least else "",
        f"at most {_counted(slot.at_most, unit)}" if slot.at_most is not None else "",
    ]
    told = [
        f"{joined(list(filter(None, bounds))) or 'any'} in {slot.title or slot.id}",
        "" if slot.each is None else f"in each {span_text(str(slot.each))}",
        "" if slot.every == 1 else f"in one of {slot.every} periods",
        "once" if slot.is_once else "",
        "on top of the total" if slot.is_extra else "",
    ]
    return ", ".join(filter(None, told))


def _counted(amount: Fraction, unit: str) -> str:
    return f"{hours_text(amount)} {unit if amount == 1 or unit.endswith('s') else f'{unit}s'}"
