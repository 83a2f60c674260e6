"""Law 12 for pathways with overlays; and what the overlays make is what their conditions say."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path import DocumentError, Pathway, format_pathway, parse_pathway
from career_path.formats.documents import Syntax
from career_path.testing.overlays import overlaid_pathways

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1))
PLACES = st.sampled_from(["", "US", "US-TX", "us-tx-201", "US-FL", "CA"])
PARTS = {"": (), "US": ("US",), "US-TX": ("US", "US-TX"), "us-tx-201": ("US", "US-TX", "US-TX-201")}
PARTS |= {"US-FL": ("US", "US-FL"), "CA": ("CA",)}


@pytest.mark.parametrize("syntax", ["toml", "json"])
@given(pathway=overlaid_pathways())
def test_a_pathway_with_overlays_is_read_as_it_was_written(syntax: Syntax, pathway: Pathway) -> None:
    text = format_pathway(pathway, syntax=syntax)
    assert parse_pathway(text) == pathway
    assert format_pathway(parse_pathway(text), syntax=syntax) == text


@given(pathway=overlaid_pathways(), where=PLACES, on=DAYS, entered=DAYS, data=st.data())
def test_a_resolved_pathway_lists_those_that_hold_and_is_an_ordinary_one(
    pathway: Pathway, where: str, on: dt.date, entered: dt.date, data: st.DataObject
) -> None:
    can_hold = [
        overlay
        for overlay in pathway.overlays
        if overlay.where in ("", *PARTS[where])
        and (overlay.since or on) <= on <= (overlay.until or on)
        and (overlay.entered_since or entered) <= entered <= (overlay.entered_until or entered)
    ]
    optional = [overlay.id for overlay in can_hold if overlay.is_optional]
    asked = [name for name in optional if data.draw(st.booleans(), label=name)]
    made = pathway.resolve(where=where, on=on, entered=entered, overlays=asked)
    due = [overlay.id for overlay in can_hold if overlay.id not in optional or overlay.id in asked]
    assert [each.id for each in made.applied] == due
    assert made.overlays == ()
    assert made.resolve(where=where, on=on, entered=entered, overlays=asked) == made
    assert parse_pathway(format_pathway(made)) == made


@given(pathway=overlaid_pathways(), where=PLACES, on=DAYS, entered=DAYS, name=st.sampled_from(["o0", "o1", "o2", "x"]))
def test_what_is_asked_for_is_used_or_refused(
    pathway: Pathway, where: str, on: dt.date, entered: dt.date, name: str
) -> None:
    try:
        made = pathway.resolve(where=where, on=on, entered=entered, overlays=[name])
    except DocumentError as error:
        (fault,) = error.faults
        known = {overlay.id: overlay.is_optional for overlay in pathway.overlays}
        due = {None: "unknown-id", False: "not-optional", True: "does-not-hold"}[known.get(name)]
        assert (fault.path, fault.code) == ("overlays[0]", due)
    else:
        assert name in {each.id for each in made.applied if each.is_optional}


@given(pathway=overlaid_pathways(max_overlays=2), where=PLACES, on=DAYS)
def test_of_two_overlays_on_one_field_the_later_wins(pathway: Pathway, where: str, on: dt.date) -> None:
    made = pathway.resolve(where=where, on=on)
    applied = {each.id for each in made.applied}
    for step in made.steps:
        edits = [
            edit
            for overlay in pathway.overlays
            if overlay.id in applied
            for edit in overlay.steps
            if edit.id == step.id and ("cost" in edit.remove or "cost" in dict(edit.fields))
        ]
        if edits:
            assert step.cost == dict(edits[-1].fields).get("cost")
