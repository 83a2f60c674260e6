"""What the rules of a credential refer to: steps, other credentials and sources of the same pathway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from career_path.model.credentials import Credential
from career_path.model.ends import Cases, EarliestOf, End, LatestOf, PaperEnd, ReplacedEnd, Validity
from career_path.model.renewal import RenewalRule

__all__ = ["Reference", "credential_references"]


class Reference(NamedTuple):
    """An id that stands in a credential: of a `step`, `credential` or `source`, and where it stands."""

    what: str
    id: str
    path: str


def credential_references(credential: Credential) -> Iterator[Reference]:
    """Every id that a credential names, with its place in the document.

    >>> [each.path for each in credential_references(Credential("bls", sources=["R1"]))]
    ['credentials.bls.sources[0]']
    """
    place = f"credentials.{credential.id}"
    yield from _sources(credential.sources, place)
    yield from _of_end(credential.valid, f"{place}.valid")
    yield from _of_rule(credential.renewal, f"{place}.renewal")
    for duty in credential.duties:
        path = f"{place}.duties.{duty.id}"
        yield from _of_end(duty.every, f"{path}.every")
        if duty.counted_from is not None:
            yield Reference("step", duty.counted_from, f"{path}.counted_from")
        yield from _sources(duty.sources, path)
    for index, change in enumerate(credential.changes):
        yield from _of_end(change.valid, f"{place}.changes[{index}].valid")
        yield from _of_rule(change.renewal, f"{place}.changes[{index}].renewal")


def _sources(ids: tuple[str, ...], path: str) -> Iterator[Reference]:
    return (Reference("source", source, f"{path}.sources[{index}]") for index, source in enumerate(ids))


def _of_rule(rule: RenewalRule | None, path: str) -> Iterator[Reference]:
    if rule is None:
        return
    yield from _sources(rule.sources, path)
    if rule.credits is not None:
        yield from _sources(rule.credits.sources, f"{path}.credits")
    for way in rule.ways:
        if way.credential is not None:
            yield Reference("credential", way.credential, f"{path}.ways.{way.id}.credential")
        yield from _sources(way.sources, f"{path}.ways.{way.id}")


def _of_end(end: End | None, path: str) -> Iterator[Reference]:
    match end:
        case Validity():
            yield from _of_validity(end, path)
        case PaperEnd():
            yield Reference("credential", end.ends_with, f"{path}.ends_with")
        case ReplacedEnd():
            yield Reference("credential", end.replaced_by, f"{path}.replaced_by")
        case EarliestOf():
            yield from _of_ends(end.earliest_of, f"{path}.earliest_of")
        case LatestOf():
            yield from _of_ends(end.latest_of, f"{path}.latest_of")
        case Cases():
            for index, case in enumerate(end.cases):
                yield from _of_end(case.valid, f"{path}.cases[{index}].valid")
        case _:
            return


def _of_validity(valid: Validity, path: str) -> Iterator[Reference]:
    if valid.month_of is not None:
        yield Reference("credential", valid.month_of, f"{path}.month_of")
    if valid.counted_from is not None:
        yield Reference("step", valid.counted_from, f"{path}.counted_from")
    yield from _of_end(valid.first, f"{path}.first")


def _of_ends(ends: tuple[End, ...], path: str) -> Iterator[Reference]:
    return (each for index, end in enumerate(ends) for each in _of_end(end, f"{path}[{index}]"))
