"""Law 12: a value survives being written and read; a whole cycle of the calendar later, a plan is the same."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import assume, given

from career_path.formats.documents import (
    Syntax,
    format_learner,
    format_pathway,
    format_timeline,
    parse_learner,
    parse_pathway,
    parse_timeline,
)
from career_path.testing import cases
from planned import Case, planned
from values import FOUR_CENTURIES, four_centuries_later

SYNTAXES: tuple[Syntax, ...] = ("toml", "json")


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(case=cases())
def test_a_pathway_is_read_as_it_was_written(syntax: Syntax, case: Case) -> None:
    pathway = case[0]
    text = format_pathway(pathway, syntax=syntax)
    again = parse_pathway(text)
    assert again == pathway
    assert format_pathway(again, syntax=syntax) == text


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(case=cases())
def test_a_learner_is_read_as_they_were_written(syntax: Syntax, case: Case) -> None:
    learner = case[1]
    text = format_learner(learner, syntax=syntax)
    again = parse_learner(text)
    assert again == learner
    assert format_learner(again, syntax=syntax) == text


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(case=cases())
def test_a_timeline_is_read_as_it_was_written(syntax: Syntax, case: Case) -> None:
    timeline = planned(case)
    assume(timeline is not None)
    assert timeline is not None
    text = format_timeline(timeline, syntax=syntax)
    assert parse_timeline(text) == timeline
    assert format_timeline(parse_timeline(text), syntax=syntax) == text


@given(case=cases())
def test_four_centuries_later_everything_is_four_centuries_later(case: Case) -> None:
    pathway, learner, today = case
    now = planned(case)
    then = planned((four_centuries_later(pathway), four_centuries_later(learner), today + FOUR_CENTURIES))
    assert (now is None) == (then is None)
    assume(now is not None and then is not None)
    assert now is not None
    assert then is not None
    assert attrs.evolve(four_centuries_later(now), input_hash=then.input_hash) == then
