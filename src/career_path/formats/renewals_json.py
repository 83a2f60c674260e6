"""The periods of one or several credentials as JSON, for programs: the fields of a timeline's, and what is due."""

from __future__ import annotations

from typing import Final

from career_path.formats.gate import Table
from career_path.formats.json_writing import json_text
from career_path.formats.unstructure import plain_fields
from career_path.model.timeline import Timeline
from career_path.views.sentences import deadline_text, lost_after

__all__ = ["RENEWALS_SCHEMA", "format_kept", "format_renewals"]

RENEWALS_SCHEMA: Final = "career-path/renewals/1"


def format_renewals(timeline: Timeline) -> str:
    """The JSON text of a timeline that holds one credential alone, as `renewal_timeline` makes it.

    `renewals` has every period with the fields that a plan gives it; `deadlines` those from today on, each with
    `text` and `lost_after`. It is written and not read back.
    """
    return json_text(
        {
            "schema": RENEWALS_SCHEMA,
            "version": timeline.version,
            "credential": timeline.pathway,
            "title": timeline.title,
            "today": timeline.today,
            "currency": timeline.cost.currency,
            "renewals": [plain_fields(each) for each in timeline.renewals],
            "deadlines": _deadlines(timeline),
        }
    )


def format_kept(timeline: Timeline) -> str:
    """The JSON text of a timeline of several credentials, as `keep` makes it.

    `credentials` has each with its `renewals`, in the order in which their first periods end; `deadlines` are those of
    all by day, each with its `credential`.

    >>> import datetime as dt, json
    >>> from career_path import Credential, Held, Learner, Validity
    >>> from career_path.planning.keeping import keep
    >>> cards = [Credential("cma", valid=Validity(span="P5Y")), Credential("bls", valid=Validity(span="P2Y"))]
    >>> ana = Learner("ana", holds=[Held(each.id, granted=dt.date(2027, 3, 1)) for each in cards])
    >>> table = json.loads(format_kept(keep(cards, ana, today=dt.date(2027, 3, 1), renewals=0)))
    >>> [(each["credential"], each["renewals"][0]["valid_through"]) for each in table["credentials"]]
    [('bls', '2029-02-28'), ('cma', '2032-02-29')]
    """
    return json_text(
        {
            "schema": RENEWALS_SCHEMA,
            "version": timeline.version,
            "today": timeline.today,
            "currency": timeline.cost.currency,
            "credentials": [
                {
                    "credential": credential,
                    "title": timeline.credential_name(credential),
                    "renewals": [plain_fields(each) for each in timeline.renewals if each.credential == credential],
                }
                for credential in dict.fromkeys(each.credential for each in timeline.renewals)
            ],
            "deadlines": _deadlines(timeline),
        }
    )


def _deadlines(timeline: Timeline) -> list[Table]:
    return [
        {**plain_fields(each), "text": deadline_text(each, timeline), "lost_after": lost_after(each, timeline)}
        for each in timeline.deadlines
    ]
