"""What the facts of a plan rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from career_path.model.credential_checks import credential_references
from career_path.model.pathway import Pathway, Source, Step

__all__ = ["sources_of", "used_sources"]


def sources_of(pathway: Pathway, step: Step) -> tuple[str, ...]:
    """The ids of the sources of a step, of its cost and of what it grants, sorted."""
    found: set[str] = {*step.sources, *(step.cost.sources if step.cost else ())}
    for credential in step.grants:
        found.update(_of_credential(pathway, credential))
    return tuple(sorted(found))


def used_sources(pathway: Pathway, ids: Iterable[str], held: Iterable[str]) -> tuple[Source, ...]:
    """The sources of these ids and of the credentials that the learner holds, by id."""
    wanted = {*ids, *(source for credential in held for source in _of_credential(pathway, credential))}
    known: Mapping[str, Source] = {source.id: source for source in pathway.sources}
    return tuple(known[source] for source in sorted(wanted))


def _of_credential(pathway: Pathway, credential_id: str) -> set[str]:
    """The sources of a credential and of its rules for renewal."""
    references = credential_references(pathway.credential(credential_id))
    return {each.id for each in references if each.what == "source"}
