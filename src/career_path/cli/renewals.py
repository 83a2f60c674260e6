"""What `renewals` tells someone who holds a credential, without a pathway to plan."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal, NamedTuple, TypedDict, assert_never

import attrs

from career_path import files
from career_path.cli.options import today_or_clock
from career_path.cli.reading import is_file, read_pathway
from career_path.cli.terminal import show_bytes, show_text, terminal_style
from career_path.errors import DocumentError, Fault, InvalidValueError, UnknownIdError
from career_path.model.credentials import Credential
from career_path.model.learner import Held, Learner
from career_path.model.pathway import Pathway
from career_path.model.timeline import Timeline
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder
from career_path.planning.holding import renewal_timeline

__all__ = [
    "HeldOptions",
    "RenewalOptions",
    "RenewalsFormat",
    "find_credential",
    "holder_of",
    "show_renewals",
]

RenewalsFormat = Literal["table", "json", "ics", "markdown"]


class HeldOptions(TypedDict):
    """What was said about a credential and the person who holds it."""

    granted: dt.date | None
    renewed: tuple[dt.date, ...]
    born: dt.date | None
    learner: str | None


class RenewalOptions(HeldOptions):
    """What was asked about a credential."""

    until: dt.date | None
    today: dt.date | None
    shape: RenewalsFormat


class Found(NamedTuple):
    """A credential and the pathway that describes it."""

    credential: Credential
    pathway: Pathway


def show_renewals(name: str, options: RenewalOptions) -> int:
    """Show the periods of a credential; 0.

    Raises:
        DocumentError: a faulty document, or something that the rules ask for is not told.
        UnknownIdError: there is no such credential.
    """
    found = find_credential(name)
    learner, held = holder_of(found.credential, options)
    today = today_or_clock(options["today"])
    told = cycles(
        found.credential,
        held,
        today=today,
        holder=Holder(learner=learner, credentials=found.pathway.credentials),
        until=options["until"],
    )
    timeline = renewal_timeline(
        found.credential, told, today=today, learner=learner.id, currency=found.pathway.currency
    )
    _show(timeline, options["shape"])
    return 0


def find_credential(name: str) -> Found:
    """The credential that a name stands for: an id in the catalog, `FILE:ID`, or a file with one credential.

    Raises:
        DocumentError: the file is faulty, or has several credentials.
        UnknownIdError: there is none of that id.
    """
    file, colon, credential_id = name.rpartition(":")
    if colon and is_file(file) and not Path(name).exists():
        pathway = read_pathway(file)
        return Found(pathway.credential(credential_id), pathway)
    if is_file(name):
        return _only(read_pathway(name), name)
    pathways = [files.load_catalog(each) for each in files.catalog_ids()]
    for pathway in pathways:
        for credential in pathway.credentials:
            if credential.id == name:
                return Found(credential, pathway)
    known = tuple(credential.id for pathway in pathways for credential in pathway.credentials)
    raise UnknownIdError("credential", name, known)


def holder_of(credential: Credential, options: HeldOptions) -> tuple[Learner, Held]:
    """The person who holds a credential, and the record of it.

    Raises:
        DocumentError: a faulty learner file.
        InvalidValueError: nothing tells when it was granted.
    """
    learner = _learner(options)
    held = _held(credential, learner, options)
    others = (each for each in learner.holds if each.credential != held.credential)
    return attrs.evolve(learner, holds=(*others, held)), held


def _only(pathway: Pathway, name: str) -> Found:
    if len(pathway.credentials) == 1:
        return Found(pathway.credentials[0], pathway)
    ids = ", ".join(credential.id for credential in pathway.credentials) or "none"
    fault = Fault("one-of", "credentials", f"{len(pathway.credentials)} credentials: {ids}", f"one, or {name}:ID")
    raise DocumentError((fault,), name)


def _learner(options: HeldOptions) -> Learner:
    given = options["learner"]
    learner = Learner() if given is None else files.load_learner(Path(given))
    return learner if options["born"] is None else attrs.evolve(learner, born=options["born"])


def _held(credential: Credential, learner: Learner, options: HeldOptions) -> Held:
    held = learner.held(credential.id)
    granted = options["granted"]
    if granted is not None:
        held = Held(credential.id, granted=granted)
    if held is None:
        raise InvalidValueError("missing", "granted", "nothing", "--granted, or a learner file with this credential")
    return attrs.evolve(held, renewed=(*held.renewed, *options["renewed"]))


def _show(timeline: Timeline, shape: RenewalsFormat) -> None:
    # Each format is imported only when it is asked for.
    match shape:
        case "json":
            from career_path.formats.renewals_json import format_renewals  # noqa: PLC0415

            show_bytes(format_renewals(timeline).encode())
        case "ics":
            from career_path.formats.icalendar import format_calendar  # noqa: PLC0415

            show_bytes(format_calendar(timeline).encode())
        case "markdown":
            from career_path.views.renewals import renewals_markdown  # noqa: PLC0415

            show_bytes(renewals_markdown(timeline).encode())
        case "table":
            from career_path.views.renewals import renewals_text  # noqa: PLC0415

            show_text(renewals_text(timeline, width=terminal_style()[0]))
        case _:  # pragma: no cover
            assert_never(shape)
