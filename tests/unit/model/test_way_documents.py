"""Ways to renew as values and in documents."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path import Pathway, Step, format_pathway, parse_pathway
from career_path.days.day_rules import DayOfYear
from career_path.days.durations import Effort, Estimate, WorkingDays
from career_path.days.spans import Span
from career_path.errors import InvalidValueError
from career_path.formats.schema import pathway_schema
from career_path.model.credentials import Credential
from career_path.model.ends import Validity
from career_path.model.leads import Lead, LeadDay, Wait
from career_path.model.renewal import RenewalRule, Way, WayKind

lengths: st.SearchStrategy[Span] = st.builds(Span, months=st.integers(0, 12), days=st.integers(0, 90))
waits: st.SearchStrategy[Wait] = lengths | st.integers(0, 60).map(WorkingDays)
leads: st.SearchStrategy[Lead] = st.one_of(waits, st.just(LeadDay.MONTH_START), st.just(DayOfYear(on="09-15")))
hours = st.builds(Effort, hours=st.integers(0, 500), weekly_at_most=st.none() | st.integers(1, 40))
ways = st.builds(
    Way,
    st.just("way"),
    kind=st.sampled_from(WayKind),
    opens=st.none() | leads,
    before=st.none() | leads,
    apply=st.none() | leads,
    takes=st.none() | waits | hours,
    results=st.none() | waits,
    credential=st.just("other"),
    is_automatic=st.booleans(),
)


SCHEMA = jsonschema.Draft202012Validator(pathway_schema())


@given(ways)
def test_a_way_is_read_as_it_was_written(way: Way) -> None:
    credentials = [Credential("x", valid=Validity(span="P1Y"), renewal=RenewalRule(ways=[way])), Credential("other")]
    pathway = Pathway("p", goal="job", steps=[Step("job")], credentials=credentials)
    assert parse_pathway(format_pathway(pathway)) == pathway
    written = format_pathway(pathway, syntax="json")
    assert parse_pathway(written, syntax="json") == pathway
    SCHEMA.validate(json.loads(written))


@pytest.mark.parametrize("field", ["opens", "before", "apply", "takes", "results"])
def test_no_length_leads_back(field: str) -> None:
    with pytest.raises(InvalidValueError, match="-P1D"):
        Way("exam", **{field: "-P1D"})  # type: ignore[arg-type]


def test_its_work_has_one_length() -> None:
    with pytest.raises(InvalidValueError):
        Way("exam", takes=Estimate(low="P1D", likely="P2D", high="P3D"))  # type: ignore[arg-type]


def test_an_automatic_way_names_the_credential() -> None:
    with pytest.raises(InvalidValueError) as caught:
        Way("bls", is_automatic=True)
    assert (caught.value.code, caught.value.where) == ("missing", "credential")
