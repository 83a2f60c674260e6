"""What a plan says that changes no date: places, papers that ran out, roles that nobody asks for."""

from __future__ import annotations

import datetime as dt

import pytest

from career_path.model.credentials import Credential
from career_path.model.edits import StepEdit
from career_path.model.ends import Validity
from career_path.model.learner import Employment, Held, Learner
from career_path.model.overlays import Overlay
from career_path.model.pathway import Pathway, Step
from career_path.model.remarks import Notice, NoticeKind
from career_path.model.renewal import Grace, RenewalRule, Rung
from career_path.model.requirements import AllOf, AnyOf, Holds, Worked
from career_path.planning import plan, search
from career_path.planning.why_not import why_not
from career_path.views.sentences import notice_text

TODAY = dt.date(2027, 1, 4)
D = dt.date


def told(pathway: Pathway, learner: Learner, *, today: dt.date = TODAY) -> list[tuple[NoticeKind, tuple[str, ...]]]:
    kinds = {NoticeKind.PLACE_WITHOUT_RULES, NoticeKind.PLACE_NOT_KNOWN, NoticeKind.PAPER_RAN_OUT}
    kinds.add(NoticeKind.ROLE_NOT_ASKED)
    return [(each.kind, each.detail) for each in plan(pathway, learner, today=today).notices if each.kind in kinds]


# places

TEXAS = Overlay("tx", where="US-TX", steps=[StepEdit("school", {"takes": "P1Y"})])
HOUSTON = Overlay("houston", where="US-TX-201", steps=[StepEdit("school", {"takes": "P2Y"})])
SCHOOL = Pathway("p", goal="school", steps=[Step("school", takes="P9M", cost=0)], overlays=[TEXAS, HOUSTON])


@pytest.mark.parametrize("place", ["TX", "US-ZZ", "Mars"])
def test_a_place_without_rules_is_told_with_those_that_have_some(place: str) -> None:
    assert told(SCHOOL, Learner(place=place)) == [(NoticeKind.PLACE_WITHOUT_RULES, (place, "US-TX", "US-TX-201"))]


@pytest.mark.parametrize("place", ["US-TX-201", "US-TX-099"])
def test_nothing_is_told_where_there_are_rules(place: str) -> None:
    assert told(SCHOOL, Learner(place=place)) == []


def test_nothing_is_told_of_places_where_no_rule_asks_for_one() -> None:
    assert told(Pathway("p", goal="school", steps=[Step("school", cost=0)]), Learner(place="US-NV")) == []


# papers that ran out

RULE = RenewalRule(grace=Grace(within="P30D"), lapse=[Rung(way="reinstatement", within="P60D"), Rung(way="exam")])
CARD = Credential("card", valid=Validity(span="P1Y"), renewal=RULE)
STEPS = [Step("class", takes="P20D", grants=["card"], cost=0), Step("online", takes="P5D", cost=0)]
JOB = Step("job", requires=AnyOf("online", Holds("card")), cost=0)
WORK = Pathway("p", goal="job", steps=[*STEPS, JOB], credentials=[CARD])


@pytest.mark.parametrize(
    ("today", "through"),
    [
        # Granted on 10 January 2026: it holds through 9 January 2027, the grace ends on 8 February, the fee is enough
        # through 10 March. The exam has no last day.
        (D(2027, 1, 9), None),
        (D(2027, 1, 10), "2027-02-08"),
        (D(2027, 2, 8), "2027-02-08"),
        (D(2027, 2, 9), "2027-03-10"),
        (D(2027, 3, 10), "2027-03-10"),
        (D(2027, 3, 11), None),
    ],
)
def test_a_paper_that_ran_out_is_told_while_it_can_be_renewed(today: dt.date, through: str | None) -> None:
    learner = Learner(holds=[Held("card", granted=D(2026, 1, 10))])
    expected = [] if through is None else [(NoticeKind.PAPER_RAN_OUT, ("card", "2027-01-09", through))]
    assert told(WORK, learner, today=today) == expected


def test_its_sentence_says_that_the_plan_does_not_count_on_it() -> None:
    timeline = plan(WORK, Learner(holds=[Held("card", granted=D(2026, 1, 10))]), today=D(2027, 1, 10))
    (notice,) = timeline.notices
    assert notice_text(notice, timeline) == (
        "“card” ended on 9 Jan 2027 and can still be renewed through 8 Feb 2027, which this plan does not count on."
    )


@pytest.mark.parametrize("few", [0, 16])
def test_who_chooses_a_paper_that_ran_out_gets_it_again(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_FEW", few)
    learner = Learner(holds=[Held("card", granted=D(2026, 1, 10))], choose=["card"])
    current, lapsed = (plan(WORK, learner, today=day) for day in (D(2027, 1, 9), D(2027, 1, 10)))
    assert [step.id for step in current.steps] == ["job"]
    assert sorted(step.id for step in lapsed.steps) == ["class", "job"]
    assert lapsed.finish == D(2027, 1, 30)


def test_a_paper_that_ran_out_is_not_in_a_plan_because_it_is_held() -> None:
    learner = Learner(holds=[Held("card", granted=D(2026, 1, 10))])
    standings = [why_not(WORK, learner, "card", today=day).standing.value for day in (D(2027, 1, 9), D(2027, 1, 10))]
    assert standings == ["in-plan", "not-best"]


# roles

AIDE = Pathway("p", goal="job", steps=[Step("job", requires=AllOf(Worked("medical assistant", span="P1Y")), cost=0)])


@pytest.mark.parametrize("role", ["medical-assistant", "Medical Assistant", "medical asistant"])
def test_a_role_spelled_otherwise_is_told_with_the_one_asked_for(role: str) -> None:
    either = Pathway("p", goal=AnyOf("job", "school"), steps=[*AIDE.steps, Step("school", takes="P1M", cost=0)])
    learner = Learner(employment=[Employment(role=role, from_=D(2025, 1, 1))])
    assert told(either, learner) == [(NoticeKind.ROLE_NOT_ASKED, (role, "medical assistant"))]
    timeline = plan(either, learner, today=TODAY)
    notice = Notice(kind=NoticeKind.ROLE_NOT_ASKED, detail=(role, "medical assistant"))
    assert notice_text(notice, timeline) == (
        f"Work as “{role}” counts for nothing here, as no rule speaks of it; is “medical assistant” meant?"
    )


@pytest.mark.parametrize("role", ["medical assistant", "barista"])
def test_roles_that_count_and_other_work_are_not_told(role: str) -> None:
    either = Pathway("p", goal=AnyOf("job", "school"), steps=[*AIDE.steps, Step("school", takes="P1M", cost=0)])
    assert told(either, Learner(employment=[Employment(role=role, from_=D(2025, 1, 1))])) == []
