"""The credentials that names on the command line stand for, and who holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypedDict

import attrs

from career_path import files
from career_path.cli.reading import catalog_ids, from_catalog, is_file, read_pathway
from career_path.cli.terminal import show_errors
from career_path.errors import DocumentError, Fault, InvalidValueError, UnknownIdError, nearest_name, quoted
from career_path.model.credentials import Credential
from career_path.model.entries import asking_of, entered_on, optional_ids, places_left_open, resolved_for
from career_path.model.learner import Held, Learner
from career_path.model.pathway import Pathway
from career_path.planning.ends import Holder
from career_path.views.sentences.overlays import open_places_text

__all__ = ["Asked", "Found", "HeldOptions", "Kept", "find_credentials", "kept_of", "show_open_places"]


class HeldOptions(TypedDict):
    """What was said about a credential and the person who holds it."""

    granted: dt.date | None
    renewed: tuple[dt.date, ...]
    born: dt.date | None
    overlay: tuple[str, ...]
    learner: str | None


class Found(NamedTuple):
    """A credential and the pathway that describes it."""

    credential: Credential
    pathway: Pathway

    def resolved(self, learner: Learner, *, today: dt.date) -> Found:
        """The same with the overlays that hold for a learner today."""
        pathway = _resolved(self.pathway, learner, today)
        return Found(pathway.credential(self.credential.id), pathway)

    def places_left_open(self, learner: Learner, *, today: dt.date) -> tuple[str, ...]:
        """The places, sorted, in which the credential has other rules and the learner may be for all that is known."""
        entered, asked = entered_on(learner, self.pathway, today=today), asking_of(learner, self.pathway).overlays
        mine = _resolved(self.pathway, learner, today).credentials

        def is_other(place: str) -> bool:
            there = self.pathway.resolve(where=place, on=today, entered=entered, overlays=asked).credentials
            return [each for each in mine if each.id == self.credential.id] != [
                each for each in there if each.id == self.credential.id
            ]

        return tuple(place for place in places_left_open(self.pathway, learner, today=today) if is_other(place))


class Kept(NamedTuple):
    """A credential that somebody holds, and all that its rules may ask for.

    At the places in `open_places` it has other rules, and nobody said that the holder is elsewhere.
    """

    found: Found
    held: Held
    holder: Holder
    open_places: tuple[str, ...] = ()

    @property
    def credential(self) -> Credential:
        """The credential."""
        return self.found.credential

    @property
    def pathway(self) -> Pathway:
        """The pathway that describes it."""
        return self.found.pathway


class Asked(NamedTuple):
    """What names on the command line stand for: credentials, and pathways of which all are meant that are held."""

    named: tuple[Found, ...]
    pathways: tuple[tuple[str, Pathway], ...]
    """With the names that stand for them."""

    @property
    def alone(self) -> Found | None:
        """The credential, if one alone was named."""
        return self.named[0] if len(self.named) == 1 and not self.pathways else None

    @property
    def every(self) -> list[Found]:
        """All credentials that may be meant."""
        return [*self.named, *(one for _, pathway in self.pathways for one in _all_of(pathway))]

    def resolved(self, learner: Learner, *, today: dt.date) -> Asked:
        """The same with the overlays that hold for a learner today.

        Raises:
            UnknownIdError: where they live, there is no such credential.
        """
        pathways = [(name, _resolved(pathway, learner, today)) for name, pathway in self.pathways]
        return Asked(tuple(one.resolved(learner, today=today) for one in self.named), tuple(pathways))


def find_credentials(names: str) -> Asked:
    """What names with commas between them stand for: ids in the catalog, `FILE:ID`, or files of credentials.

    A file with one credential stands for it, one with several for all of them that are held; so does the id of a
    pathway in the catalog.

    Raises:
        DocumentError: a file is faulty or has no credential, or two credentials have one id.
        UnknownIdError: there is none of that id.
    """
    told = [names] if _is_there(names) else [name.strip() for name in names.split(",")]
    found = {name: _find(name) for name in told}
    named = {each.credential.id: each for each in found.values() if isinstance(each, Found)}
    pathways = {name: each for name, each in found.items() if isinstance(each, Pathway)}
    _check_meanings(one for each in found.values() for one in _all_of(each))
    return Asked(tuple(named.values()), tuple(pathways.items()))


def kept_of(asked: Asked, options: HeldOptions, *, today: dt.date) -> list[Kept]:
    """The credentials that were asked about and are held, by the rules that hold for their holder today; never none.

    Raises:
        DocumentError: a faulty learner file; one that holds none of them, or papers that nobody described.
        InvalidValueError: nothing tells when one was granted.
        UnknownIdError: where the holder lives, there is no such credential.
    """
    learner = _learner(options)
    _check_overlays(learner, asked, options)
    told, asked = asked, asked.resolved(learner, today=today)
    open_places = {one.credential.id: one.places_left_open(learner, today=today) for one in told.every}
    kept = _all_kept(asked, learner, options)
    return [each._replace(open_places=open_places.get(each.credential.id, ())) for each in kept]


def _all_kept(asked: Asked, learner: Learner, options: HeldOptions) -> list[Kept]:
    if asked.alone is not None:
        learner, held = _holder(asked.alone.credential, learner, options)
        return [Kept(asked.alone, held, Holder(learner=learner, credentials=asked.alone.pathway.credentials))]
    _check_several(asked, options)
    found = {one.credential.id: one for _, each in asked.pathways for one in _all_of(each)}
    if asked.pathways:
        _check_known(learner, found | {one.credential.id: one for one in asked.named}, options)
    wanted = {name: one for name, one in found.items() if learner.held(name) is not None}
    wanted |= {one.credential.id: one for one in asked.named}
    if not wanted:
        expected = f"one of {', '.join(sorted(found))}"
        raise DocumentError((Fault("missing", "holds", "none of these credentials", expected),), _name(options))
    return [_kept(one, learner, [*wanted.values(), *found.values()], options) for one in wanted.values()]


def show_open_places(kept: Iterable[Kept]) -> None:
    """Say, beside the output, for which places other rules hold than those that are told."""
    told = {each.credential.id: each.open_places for each in kept if each.open_places}
    show_errors(f"{name}: {open_places_text(places)}" for name, places in told.items())


def _holder(credential: Credential, learner: Learner, options: HeldOptions) -> tuple[Learner, Held]:
    """The person who holds a credential, and the record of it."""
    held = _held(credential, learner, options)
    others = (each for each in learner.holds if each.credential != held.credential)
    return attrs.evolve(learner, holds=(*others, held)), held


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):  # too long for a name, or with a zero byte in it
        return False


def _find(name: str) -> Found | Pathway:
    file, colon, credential_id = name.rpartition(":")
    if colon and is_file(file) and not _is_there(name):
        pathway = read_pathway(file)
        return Found(pathway.credential(credential_id), pathway)
    if is_file(name):
        return _only_or_all(read_pathway(name), name)
    pathways = {each: from_catalog(each) for each in catalog_ids()}
    for pathway in pathways.values():
        for credential in pathway.credentials:
            if credential.id == name:
                return Found(credential, pathway)
    if name in pathways:
        return _only_or_all(pathways[name], name)
    known = tuple(credential.id for pathway in pathways.values() for credential in pathway.credentials)
    raise UnknownIdError("credential", name, (*known, *pathways))


def _only_or_all(pathway: Pathway, name: str) -> Found | Pathway:
    if not pathway.credentials:
        fault = Fault("missing", "credentials", "no credential", "a file with at least one")
        raise DocumentError((fault,), name)
    return Found(pathway.credentials[0], pathway) if len(pathway.credentials) == 1 else pathway


def _all_of(found: Found | Pathway) -> list[Found]:
    return [found] if isinstance(found, Found) else [Found(each, found) for each in found.credentials]


def _check_meanings(found: Iterable[Found]) -> None:
    """One meaning for each id, and one currency for all."""
    first: dict[str, Found] = {}
    for one in found:
        known = first.setdefault(one.credential.id, one)
        if known.credential != one.credential:
            place, told = f"credentials.{one.credential.id}", f"another one than in '{known.pathway.id}'"
            raise DocumentError((Fault("duplicate-id", place, told, "one of this id"),), one.pathway.id)
    currencies = sorted({one.pathway.currency for one in first.values()})
    if len(currencies) > 1:
        fault = Fault("other-currency", "currency", " and ".join(currencies), "one currency for all")
        raise DocumentError((fault,), "credentials")


def _check_several(asked: Asked, options: HeldOptions) -> None:
    """Days given as options are those of one credential; of several a learner file tells them."""
    is_told = options["granted"] is not None or options["renewed"]
    if not is_told and options["learner"] is not None:
        return
    if asked.pathways:
        name, pathway = asked.pathways[0]
        ids = ", ".join(credential.id for credential in pathway.credentials)
        one = f"one, or {name}:ID" if is_file(name) else "one of these ids"
        expected = one if is_told else f"{one}, or a learner file (--learner) that holds some of them"
        fault = Fault("one-of", "credentials", f"{len(pathway.credentials)} credentials: {ids}", expected)
        raise DocumentError((fault,), name)
    expected = "a learner file (--learner) that says when each was granted"
    if is_told:
        raise InvalidValueError("one-of", "granted", "a day for several credentials", expected)
    raise InvalidValueError("missing", "granted", "nothing", expected)


def _check_known(learner: Learner, known: Iterable[str], options: HeldOptions) -> None:
    names = sorted(known)
    faults = tuple(
        Fault(
            "unknown-id",
            f"holds.{each.credential}",
            quoted(each.credential),
            "a credential that these files describe",
            nearest_name(each.credential, names),
        )
        for each in learner.holds
        if each.credential not in names
    )
    if faults:
        raise DocumentError(faults, _name(options))


def _kept(one: Found, learner: Learner, found: Iterable[Found], options: HeldOptions) -> Kept:
    held = learner.held(one.credential.id)
    if held is None:
        fault = Fault("missing", f"holds.{one.credential.id}", "nothing", "the day on which it was granted")
        raise DocumentError((fault,), _name(options))
    known = {each.id: each for each in one.pathway.credentials}
    others = {each.credential.id: each.credential for each in found}
    return Kept(one, held, Holder(learner=learner, credentials=tuple((others | known).values())))


def _name(options: HeldOptions) -> str:
    return options["learner"] or "learner"


def _learner(options: HeldOptions) -> Learner:
    given = options["learner"]
    learner = Learner() if given is None else files.load_learner(Path(given))
    overlays = options["overlay"] or learner.overlays
    return attrs.evolve(learner, born=options["born"] or learner.born, overlays=overlays)


def _resolved(pathway: Pathway, learner: Learner, today: dt.date) -> Pathway:
    """The pathway with the overlays that hold for a learner today; of those asked for, the ones that it has."""
    return resolved_for(pathway, asking_of(learner, pathway), today=today)


def _check_overlays(learner: Learner, asked: Asked, options: HeldOptions) -> None:
    """One of the pathways has each overlay that is asked for."""
    known = {name for one in asked.every for name in optional_ids(one.pathway)}
    faults = tuple(
        Fault("unknown-id", "overlays", quoted(name), "an optional overlay", nearest_name(name, sorted(known)))
        for name in learner.overlays
        if name not in known
    )
    if faults:
        raise DocumentError(faults, _name(options))


def _held(credential: Credential, learner: Learner, options: HeldOptions) -> Held:
    held = learner.held(credential.id)
    granted = options["granted"]
    if granted is not None:
        held = Held(credential.id, granted=granted)
    if held is None:
        raise InvalidValueError("missing", "granted", "nothing", "--granted, or a learner file with this credential")
    return attrs.evolve(held, renewed=(*held.renewed, *options["renewed"]))
