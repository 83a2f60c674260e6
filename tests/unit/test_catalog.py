"""The pathways that come with the library, against dates worked by hand."""

import datetime as dt
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from career_path import audit, load_catalog, parse_learner, parse_pathway, plan
from career_path.days.spans import ZERO
from career_path.files import catalog_ids
from career_path.model.learner import Absence, Learner, Record
from career_path.model.pathway import Pathway, Sure
from career_path.model.requirements import Holds, Needs, leaves
from career_path.model.timeline import NoticeKind, Status, Timeline

D = dt.date
Days = tuple[dt.date | None, dt.date | None]

TODAY = D(2027, 1, 4)
START = D(2027, 1, 11)  # a Monday

# How the dates below were found, with a printed calendar and no program:
# - 560 hours at 20 a week are 28 weeks: Monday 11 January + 196 days is day 11 + 196 = 207 of the year.
#   January to June have 31 + 28 + 31 + 30 + 31 + 30 = 181 days, so day 207 is 26 July, again a Monday.
# - The card: 20 working days are four weeks of Monday to Friday: Monday 11 January to Monday 8 February. Its
#   latest start is 20 working days before the externship on Monday 26 July: Monday 28 June, 168 days after 11
#   January.
# - 160 hours at 20 a week are 8 weeks: 26 July + 56 days is day 263; through August there are 243, so it is
#   20 September.
# - Seven working days from Monday 26 July: 27, 28, 29, 30 July, 2, 3, 4 August. The last start whose end is
#   no later than 20 September: 10, 13, 14, 15, 16, 17, 20 September are seven, so 9 September, 45 days later.
# - 30 days before 20 September is day 233, 21 August (212 days through July). The 90-day period that begins
#   on 4 August has 1 November as its day 90, so the exam is well inside.
# - The award waits for the externship: 20 September. Six weeks of applying for jobs are 42 days: 1 November,
#   a Monday.
# - The exam and the start of the testing period may wait until the award: 30 days from 21 August, 47 from 4
#   August.
CMA = {
    "diploma": (D(2027, 1, 11), D(2027, 1, 11), 0),
    "program": (D(2027, 1, 11), D(2027, 7, 26), 0),
    "bls": (D(2027, 1, 11), D(2027, 2, 8), 168),
    "externship": (D(2027, 7, 26), D(2027, 9, 20), 0),
    "apply-cma": (D(2027, 7, 26), D(2027, 8, 4), 45),
    "cma-window": (D(2027, 8, 4), D(2027, 8, 4), 47),
    "cma-exam": (D(2027, 8, 21), D(2027, 8, 21), 30),
    "cma-award": (D(2027, 9, 20), D(2027, 9, 20), 0),
    "job-search": (D(2027, 9, 20), D(2027, 11, 1), 0),
    "job": (D(2027, 11, 1), D(2027, 11, 1), 0),
}

# The CCMA (NHA) is applied for and taken when the training is done, Monday 20 September; the result takes two
# days, until the 22nd; 42 days later is Wednesday 3 November.
CCMA = {
    "apply-ccma": (D(2027, 9, 20), D(2027, 9, 20)),
    "ccma-exam": (D(2027, 9, 20), D(2027, 9, 20)),
    "ccma-results": (D(2027, 9, 20), D(2027, 9, 22)),
    "job-search": (D(2027, 9, 22), D(2027, 11, 3)),
    "job": (D(2027, 11, 3), D(2027, 11, 3)),
}

# The RMA (AMT) needs two working days for the papers (21 and 22 September) and two days for the
# authorization, until Friday the 24th; 42 days later is Friday 5 November.
RMA = {
    "apply-rma": (D(2027, 9, 20), D(2027, 9, 20)),
    "rma-review": (D(2027, 9, 20), D(2027, 9, 22)),
    "rma-authorization": (D(2027, 9, 22), D(2027, 9, 24)),
    "rma-exam": (D(2027, 9, 24), D(2027, 9, 24)),
    "job-search": (D(2027, 9, 24), D(2027, 11, 5)),
    "job": (D(2027, 11, 5), D(2027, 11, 5)),
}


@pytest.fixture(scope="module")
def pathway() -> Pathway:
    return load_catalog("medical-assistant")


def planned(pathway: Pathway, learner: Learner) -> Timeline:
    timeline = plan(pathway, learner, today=TODAY)
    assert audit(timeline, pathway, learner) == ()
    return timeline


def learner(*choose: str, hours: int = 20, **more: object) -> Learner:
    return Learner("ana", start=START, weekly_hours=hours, choose=choose, **more)  # type: ignore[arg-type]


def days(timeline: Timeline, *ids: str) -> dict[str, Days]:
    return {name: (timeline.step(name).start, timeline.step(name).finish) for name in ids}


def test_the_catalog_names_the_medical_assistant() -> None:
    assert "medical-assistant" in catalog_ids()


def test_the_cma_plan_has_the_dates_and_slack_worked_by_hand(pathway: Pathway) -> None:
    timeline = planned(pathway, learner("cma-aama"))
    found = {step.id: (step.start, step.finish, step.slack_days) for step in timeline.steps}
    assert found == CMA
    assert timeline.finish == D(2027, 11, 1)
    assert timeline.is_feasible


def test_the_cma_plan_costs_program_and_exam_and_says_that_the_card_is_not_priced(pathway: Pathway) -> None:
    # 3600.00 for the program and 125.00 for the exam; no price of the BLS course was found.
    total = planned(pathway, learner("cma-aama")).cost
    assert (total.amount, total.currency, total.unknown) == (Decimal("3725.00"), "USD", ("bls",))


def test_both_papers_of_the_cma_plan_end_with_a_month(pathway: Pathway) -> None:
    # Card of 8 February 2027: 24 months on is 8 February 2029, its month ends on the 28th. CMA (AAMA) of 20
    # September 2027: 60 months on is 20 September 2032, its month ends on the 30th.
    first = {
        r.credential: (r.valid_from, r.valid_through)
        for r in planned(pathway, learner("cma-aama")).renewals
        if r.number == 1
    }
    assert first["bls-aha"] == (D(2027, 2, 8), D(2029, 2, 28))
    assert first["cma-aama"] == (D(2027, 9, 20), D(2032, 9, 30))


@pytest.mark.parametrize(
    ("credential", "expected", "cost"), [("ccma-nha", CCMA, Decimal("3765.00")), ("rma-amt", RMA, Decimal("3735.00"))]
)
def test_the_other_exams_have_the_dates_and_costs_worked_by_hand(
    pathway: Pathway, credential: str, expected: dict[str, Days], cost: Decimal
) -> None:
    timeline = planned(pathway, learner(credential))
    assert days(timeline, *expected) == expected
    assert (timeline.finish, timeline.cost.amount) == (expected["job"][1], cost)


def test_the_ccma_ends_on_the_day_before_its_second_anniversary(pathway: Pathway) -> None:
    renewals = planned(pathway, learner("ccma-nha")).renewals
    assert [r.valid_through for r in renewals if r.credential == "ccma-nha" and r.number == 1] == [D(2029, 9, 19)]


def test_without_a_choice_the_soonest_exam_is_taken(pathway: Pathway) -> None:
    # 1 November for the CMA (AAMA), 3 November for the CCMA (NHA), 5 November for the RMA (AMT), the 10th for
    # the NCMA (NCCT).
    timeline = planned(pathway, learner())
    assert timeline.finish == D(2027, 11, 1)
    assert "cma-exam" in {step.id for step in timeline.steps}


def test_one_without_a_diploma_takes_the_ged_first(pathway: Pathway) -> None:
    # 80 hours at 20 a week are 28 days: the tests on 8 February, and every later step 28 days later; 1
    # November becomes 29 November, a Monday again. Four tests at 30.00 come on top of 3725.00.
    timeline = planned(pathway, learner("cma-aama", avoid=["diploma"]))
    assert days(timeline, "ged", "program") == {
        "ged": (D(2027, 2, 8), D(2027, 2, 8)),
        "program": (D(2027, 2, 8), D(2027, 8, 23)),
    }
    assert (timeline.finish, timeline.cost.amount) == (D(2027, 11, 29), Decimal("3845.00"))


def test_full_time_training_leaves_the_exam_waiting_for_its_application(pathway: Pathway) -> None:
    # 40 hours a week: 14 weeks of classes until 19 April, 4 of externship until 17 May. 30 days before that
    # is 17 April, but the application of 19 April takes seven working days (20 to 23, 26, 27, 28 April). 17
    # May + 42 days is Monday 28 June.
    timeline = planned(pathway, learner("cma-aama", hours=60))
    assert days(timeline, "externship", "cma-exam", "job") == {
        "externship": (D(2027, 4, 19), D(2027, 5, 17)),
        "cma-exam": (D(2027, 4, 28), D(2027, 4, 28)),
        "job": (D(2027, 6, 28), D(2027, 6, 28)),
    }


def test_a_slow_learner_takes_the_bls_course_late_enough_for_the_whole_externship(pathway: Pathway) -> None:
    # 4 hours a week: 980 days of classes until 17 September 2029, 280 of externship, done on 24 June 2030,
    # its last day the 23rd. A card lasts through 30 June 2030 if it came in June 2028, and 1 June 2028 is a
    # Thursday: four weeks before it is Thursday 4 May 2028.
    timeline = planned(pathway, learner("cma-aama", hours=4))
    assert days(timeline, "bls", "externship") == {
        "bls": (D(2028, 5, 4), D(2028, 6, 1)),
        "externship": (D(2029, 9, 17), D(2030, 6, 24)),
    }


def test_records_and_absences_move_the_plan(pathway: Pathway) -> None:
    # The classes of 11 January + 196 days pause for the 14 days away, so everything after them moves by 14: 1
    # to 15 November.
    away = Absence(from_=D(2027, 3, 1), through=D(2027, 3, 14))
    diploma = Record("diploma", finished=D(2015, 6, 12))
    timeline = planned(pathway, learner("cma-aama", absences=[away], records=[diploma]))
    assert timeline.finish == D(2027, 11, 15)
    assert timeline.step("diploma").status is Status.FINISHED


def test_one_who_only_tells_that_the_training_is_finished_goes_straight_to_the_exam(pathway: Pathway) -> None:
    # Applied on 11 January, seven working days until the 20th; the award on that day, and 42 days later 3
    # March, a Wednesday.
    done = [Record("externship", finished=D(2026, 12, 18))]
    timeline = planned(pathway, learner("cma-aama", records=done))
    assert days(timeline, "apply-cma", "cma-award", "job") == {
        "apply-cma": (D(2027, 1, 11), D(2027, 1, 20)),
        "cma-award": (D(2027, 1, 20), D(2027, 1, 20)),
        "job": (D(2027, 3, 3), D(2027, 3, 3)),
    }
    assert "program" not in {step.id for step in timeline.steps}


def test_training_too_old_for_the_issuer_is_not_enough(pathway: Pathway) -> None:
    # AMT takes graduates of at most four years. One of 11 January 2023 may still apply on 11 January 2027,
    # the first day of this plan; one of the day before would have to train again.
    fits = planned(pathway, learner("rma-amt", records=[Record("externship", finished=D(2023, 1, 11))]))
    assert fits.step("externship").status is Status.FINISHED
    late = planned(pathway, learner("rma-amt", records=[Record("externship", finished=D(2023, 1, 10))]))
    assert late.step("externship").status is Status.REDO


def test_facts_from_memory_are_told(pathway: Pathway) -> None:
    notices = planned(pathway, learner("cma-aama")).notices
    unsure = {step for notice in notices if notice.kind is NoticeKind.UNSURE_FACT for step in notice.steps}
    assert {"program", "job-search"} <= unsure


def test_every_source_is_used_and_was_checked_unless_it_is_memory(pathway: Pathway) -> None:
    cited = {source for step in pathway.steps for source in step.sources}
    cited |= {source for credential in pathway.credentials for source in credential.sources}
    cited |= {s for step in pathway.steps if step.cost for s in step.cost.sources}
    rules = [credential.renewal for credential in pathway.credentials if credential.renewal is not None]
    cited |= {source for rule in rules for source in rule.sources}
    cited |= {source for rule in rules for way in rule.ways for source in way.sources}
    cited |= {source for rule in rules if rule.credits for source in rule.credits.sources}
    cited |= {source for credential in pathway.credentials for duty in credential.duties for source in duty.sources}
    told = [part for each in pathway.occupations for part in (each, each.pay, each.outlook) if part is not None]
    cited |= {source for part in told for source in part.sources}
    cited |= {source for overlay in pathway.overlays for source in overlay.sources}
    assert cited == {source.id for source in pathway.sources}
    unchecked = {s.id for s in pathway.sources if s.checked is None}
    assert unchecked == {s.id for s in pathway.sources if s.sure is Sure.MEMORY}
    assert all(source.address and source.publisher for source in pathway.sources if source.id not in unchecked)


def test_every_fact_has_a_source(pathway: Pathway) -> None:
    # A length, a limit in time, or an amount that is not free comes from somewhere.
    for step in pathway.steps:
        asked = [leaf for _, leaf in leaves(step.requires)]
        spans = [leaf for leaf in asked if isinstance(leaf, Needs) and (leaf.within or not leaf.lag.is_zero)]
        papers = [leaf for leaf in asked if isinstance(leaf, Holds)]
        if step.takes != ZERO or spans or papers:
            assert step.sources, step.id
        if step.cost is not None and step.cost.amount:
            assert step.cost.sources, step.id
            assert step.cost.sure is not None, step.id
    assert all(credential.sources for credential in pathway.credentials)


def test_the_example_shows_the_dates_of_all_four_exams() -> None:
    example = Path(__file__).parents[2] / "examples" / "plan_medical_assistant.py"
    run = subprocess.run([sys.executable, "-W", "error", example], capture_output=True, text=True, check=True)
    lines = run.stdout.splitlines()
    assert lines[0] == "2027-01-11  done by 2027-01-11  slack   0  Diploma (at hand)"
    # The NCMA (NCCT) is worked out in catalog/test_medical_assistant.py.
    assert lines[-4:] == [
        "CMA (AAMA): 2027-11-01, 3725.00 USD, plus BLS course and card (cost not known)",
        "CCMA (NHA): 2027-11-03, 3765.00 USD, plus BLS course and card (cost not known)",
        "RMA (AMT): 2027-11-05, 3735.00 USD, plus BLS course and card (cost not known)",
        "NCMA (NCCT): 2027-11-10, 3719.00 USD, plus BLS course and card (cost not known)",
    ]


def test_the_documents_shown_on_their_page_can_be_read_and_planned() -> None:
    page = Path(__file__).parents[2] / "docs" / "documents.md"
    blocks = re.findall(r"^```toml\n(schema = .*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 3
    # Six weeks from Monday 1 March are 42 days: 12 April.
    march = dt.date(2027, 3, 1)
    assert plan(parse_pathway(blocks[0]), Learner(start=march), today=march).finish == dt.date(2027, 4, 12)
    shown = parse_pathway(blocks[1])
    ana = parse_learner(blocks[2])
    # The course is finished; the test is taken on the learner's first day, 11 January, and the job begins then.
    timeline = plan(shown, ana, today=TODAY)
    assert timeline.finish == START
