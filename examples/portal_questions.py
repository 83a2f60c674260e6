"""What a portal is asked for: from a form or a JSON document to a plan, and from faults back to form fields.

Nothing here knows of the web but the multi-dict in which a form arrives.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Final, Literal, TypeVar, cast

import attrs
from werkzeug.datastructures import MultiDict

from career_path import (
    Balanced,
    DocumentError,
    Fault,
    InvalidValueError,
    Learner,
    NoRouteError,
    Pathway,
    Timeline,
    UnknownIdError,
    load_catalog,
    parse_learner,
    plan,
)
from career_path.errors import quoted

T = TypeVar("T")
Form = MultiDict[str, str]
Objective = Literal["earliest", "cheapest"] | Balanced

MOST_ROUTES: Final = 20_000  # fewer than the library allows: a web server has other visitors
TYPED: Final = ("start", "weekly_hours", "deadline", "budget", "born")


@attrs.frozen(kw_only=True)
class Asked:
    """What somebody asks for, unread: the learner is a JSON document, whether it was sent or comes from a form."""

    pathway: str
    objective: str
    per_day: str
    learner: str | bytes


def from_form(form: Form) -> Asked:
    """A form as a document, without what was left empty. Whatever was typed goes in as it is, to be judged there."""
    typed = {name: form.get(name, "").strip() for name in TYPED}
    named = [(name.partition(".")[::2], value.strip()) for name, value in form.items() if value.strip()]
    table = {
        **typed,
        "weekly_hours": _number(typed["weekly_hours"]),
        "absences": [{name: day for name, day in row.items() if day} for row in absences_in(form)],
        "records": {step: {"finished": day} for (kind, step), day in named if kind == "done"},
        "choose": [each for (kind, each), wish in named if (kind, wish) == ("wish", "choose")],
        "avoid": [each for (kind, each), wish in named if (kind, wish) == ("wish", "avoid")],
    }
    said = {name: value for name, value in table.items() if value or value == 0}
    return Asked(
        pathway=form.get("pathway", ""),
        objective=form.get("objective") or "earliest",
        per_day=form.get("per_day", "").strip(),
        learner=json.dumps({"schema": "career-path/learner/1", **said}),
    )


def _number(text: str) -> float | str:
    """Numbers are typed as text; what is none stays text, so that the reader of documents says what is wrong."""
    return float(text) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) else text


def absences_in(form: Form) -> list[dict[str, str]]:
    """The rows of absences in which something was typed."""
    rows = zip_longest(form.getlist("absence-from"), form.getlist("absence-through"), fillvalue="")
    return [{"from": first.strip(), "through": last.strip()} for first, last in rows if (first + last).strip()]


def planned(asked: Asked, *, today: dt.date, as_learner: str | None = None) -> Timeline:
    """The timeline; where there is no route, the empty one whose conflicts say why. All faults are raised at once."""
    faults: list[Fault] = []
    pathway = tried(lambda: load_catalog(asked.pathway), faults, "pathway")
    learner = tried(lambda: parse_learner(asked.learner, syntax="json"), faults)
    objective: Objective | None = tried(lambda: _objective(asked), faults, "per_day")
    if pathway and learner and objective:
        person = attrs.evolve(learner, id=as_learner or learner.id)
        timeline = tried(lambda: _plan(pathway, person, objective, today), faults)
        if timeline:
            return timeline
    raise DocumentError(tuple(faults), "request")


def _objective(asked: Asked) -> Objective:
    """What decides between routes; a name that is none is refused by `plan`."""
    if asked.objective == "balanced":
        return Balanced(asked.per_day)
    return cast("Objective", asked.objective)


def _plan(pathway: Pathway, learner: Learner, objective: Objective, today: dt.date) -> Timeline:
    try:
        return plan(pathway, learner, today=today, objective=objective, max_routes=MOST_ROUTES)
    except NoRouteError as error:
        return error.timeline


def tried(read: Callable[[], T], faults: list[Fault], path: str = "") -> T | None:
    """What `read` gives, or None with its faults added to the others; `path` is for faults that name no place."""
    try:
        return read()
    except DocumentError as error:
        faults.extend(error.faults)
    except InvalidValueError as error:
        faults.append(attrs.evolve(error.fault, path=error.where or path))
    except UnknownIdError as error:
        faults.append(Fault("unknown-id", path, quoted(error.name), f"one of {', '.join(error.known)}"))
    return None


FIELDS: Final = (
    (r"absences\[(\d+)\]\.through", r"absence-through-\1"),
    (r"absences\[(\d+)\].*", r"absence-from-\1"),
    (r"records\.(.+?)(\.finished)?", r"done.\1"),
    (r"(choose|avoid).*", "wishes"),
    (r"(pathway|start|weekly_hours|deadline|budget|born|objective|per_day)", r"\1"),
)
NUMBER_WANTED: Final = "hours a week as a number, such as 20 or 7.5"


def field_of(path: str) -> str:
    """The id of the form field that a fault is about; empty for the form as a whole."""
    found = ((re.fullmatch(pattern, path), field) for pattern, field in FIELDS)
    return next((match.expand(field) for match, field in found if match), "")


def by_field(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """The messages for each field, in the order of the faults."""
    told: dict[str, list[str]] = {}
    for fault in faults:
        # A document may also hold a list of periods here, a form may not: say only what helps in this place.
        wrong_hours = (fault.path, fault.code) == ("weekly_hours", "wrong-type")
        hint = f"; did you mean {fault.nearest}?" if fault.nearest else "."
        text = f"Found {fault.found}; expected {NUMBER_WANTED if wrong_hours else fault.expected}{hint}"
        told.setdefault(field_of(fault.path), []).append(text)
    return told


def filled(asked: Asked) -> Form:
    """The form as it was filled in for what is kept."""
    table = json.loads(asked.learner)
    form = Form(attrs.asdict(asked))
    form.update(
        {name: str(value) for name, value in table.items() if name in TYPED and isinstance(value, (str, int, float))}
    )
    for absence in table.get("absences", []):
        form.add("absence-from", absence["from"])
        form.add("absence-through", absence["through"])
    form.update({f"done.{step}": record.get("finished", "") for step, record in table.get("records", {}).items()})
    form.update({f"wish.{each}": wish for wish in ("choose", "avoid") for each in table.get(wish, [])})
    return form


def is_shown_whole(form: Form) -> bool:
    """Whether the form says all that the kept document says; a program may have sent more than a form can hold."""
    kept = {name: value for name, value in json.loads(form["learner"]).items() if name != "id"}
    return bool(json.loads(from_form(form).learner) == kept)
