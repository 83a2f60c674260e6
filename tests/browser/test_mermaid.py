"""Mermaid itself reads and draws every diagram, in Chromium: what is shown is what was meant, whatever a title says.

The naughty strings are the Big List of Naughty Strings (github.com/minimaxir/big-list-of-naughty-strings, MIT
license), read from the folder that CAREER_PATH_OUTSIDE names, else from `shared/outside` beside the checkout.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

from career_path import Learner, load_catalog, plan
from career_path.model.pathway import StepKind
from career_path.model.timeline import PlannedStep, Renewal, Status, Timeline, TotalCost
from career_path.views.mermaid import gantt_diagram, graph_diagram
from career_path.views.plain import one_line

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAUGHTY: Final = (
    Path(os.environ.get("CAREER_PATH_OUTSIDE") or Path(__file__).resolve().parents[3] / "shared" / "outside")
    / "parsers"
    / "blns.json"
)
DAY: Final = dt.date(2027, 1, 11)
LONGEST: Final = 60

Drawn = dict[str, Any]


def drawn(page: Page, diagram: str) -> Drawn:
    """What Mermaid draws; nothing in it can act."""
    seen: Drawn = page.evaluate("text => drawn(text)", diagram)
    assert seen["active"] == 0
    return seen


def shown(text: str) -> str:
    """How a text should look: on one line, and not longer than a diagram can bear."""
    line = one_line(text) or "?"
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def squeezed(texts: Sequence[str]) -> list[str]:
    """Texts as a reader sees them: any white space is one blank, none at the ends, no mark that is invisible."""
    return [" ".join(text.replace("\u2060", "").split()) for text in texts]


def first_lines(nodes: Sequence[str]) -> list[str]:
    return squeezed([node.split("\n")[0] for node in nodes])


def titles_of(timeline: Timeline) -> list[str]:
    return squeezed([shown(step.title or step.id) for step in timeline.steps])


def chain_of(titles: Sequence[str]) -> Timeline:
    """A plan in which each step waits for the one before: every kind, every second one of no length, some done."""
    kinds = list(StepKind)
    steps = [
        PlannedStep(
            id=f"step-{number}",
            title=title,
            kind=kinds[number % len(kinds)],
            status=Status.FINISHED if number < 3 else Status.PLANNED,
            start=DAY + dt.timedelta(number),
            finish=DAY + dt.timedelta(number + number % 2),
            is_critical=number % 3 == 0,
            needs=(f"step-{number - 1}",) if number else (),
        )
        for number, title in enumerate(titles)
    ]
    last = steps[-1].finish
    return Timeline(
        pathway="chain",
        title=next(filter(None, titles)),
        learner="me",
        today=DAY,
        horizon=dt.date(2127, 1, 11),
        finish=last,
        cost=TotalCost(amount=Decimal(0), currency="USD"),
        steps=tuple(steps),
        needs=(steps[-1].id,),
        renewals=(Renewal(credential="card", number=1, valid_from=DAY, valid_through=None),),
        names=(("card", "Card"),),
    )


def assert_shown(page: Page, timeline: Timeline) -> None:
    """Both diagrams have one shape for each step, credential, need and goal, with the words that belong to it."""
    graph = drawn(page, graph_diagram(timeline))
    assert graph["kind"] == "flowchart-v2"
    assert sorted(first_lines(graph["nodes"])) == sorted([*titles_of(timeline), "Goal"])
    needs = [*timeline.needs, *(need for step in timeline.steps for need in step.needs)]
    assert graph["edges"] == len(needs)

    gantt = drawn(page, gantt_diagram(timeline))
    assert gantt["kind"] == "gantt"
    assert gantt["bars"] == len(timeline.steps) + len(timeline.first_cycles)  # later periods lie after the plan
    names = squeezed(gantt["names"])
    assert len(names) == gantt["bars"]
    for title in titles_of(timeline):
        names.remove(title)
    papers = {timeline.name_of(each.credential) for each in timeline.renewals}
    assert sorted(name.rpartition(", ")[0] for name in names) == sorted(papers)
    [title] = squeezed([shown(timeline.title)])
    assert squeezed(gantt["title"]) == [f"{title}: steps by day", title]


@pytest.mark.parametrize("exam", ["cma-aama", "ccma-nha", "rma-amt"])
@pytest.mark.parametrize("school", [[], ["diploma"]])
def test_every_route_of_the_catalog_is_drawn_as_it_is(mermaid_page: Page, exam: str, school: list[str]) -> None:
    learner = Learner(start=DAY, weekly_hours=20, choose=[exam], avoid=school)
    timeline = plan(load_catalog("medical-assistant"), learner, today=DAY)
    assert_shown(mermaid_page, timeline)


COMMANDS: Final = (
    "Call the school",
    "Title IX training",
    "section 8",
    "2027-01-11",
    "excludes weekends",
    "dateFormat X",
    "click s1 href",
    "accTitle: x",
    "accDescr { x",
    "gantt",
    "weekday monday",
    "todayMarker on",
    "end",
    "subgraph x",
    "style s1 fill:#f00;",
    "classDef x fill:#f00;",
    "a---oB",
    "%% comment",
    "%%{init: {'securityLevel': 'loose'}}%%",
    "---",
    "1. first",
    "2) second",
    "- item",
    "+ item",
    "* item",
    "`code`",
    "**bold** _it_",
    "$$x^2$$",
    "fa:fa-user",
    "a\\nb",
    "a<br>b",
    "ﬂ°°60¶ßb",
    "#quot; &lt; #35;",
    'He said "hi"',
    "Step: one, two; #3",
    "</text><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "x" * 200,
    "word " * 60,
    "عربى \u202eabc",
    "a\u2028b\x00c",
    "\u200b",
    "@{shape: circle}",
    ":::critical",
    "|pipe|",
    "😀 Straße",
)


def test_commands_and_markup_of_mermaid_in_titles_are_words_like_any_other(mermaid_page: Page) -> None:
    assert_shown(mermaid_page, chain_of(COMMANDS))


def test_a_title_of_the_whole_pathway_is_shown_as_it_is(mermaid_page: Page) -> None:
    timeline = attrs.evolve(chain_of(["Only step"]), renewals=())
    for title in COMMANDS:
        [name] = squeezed([shown(title)])
        gantt = drawn(mermaid_page, gantt_diagram(attrs.evolve(timeline, title=title)))
        assert (gantt["bars"], squeezed(gantt["title"])) == (1, [f"{name}: steps by day", name])
        graph = drawn(mermaid_page, graph_diagram(attrs.evolve(timeline, title=title)))
        assert (len(graph["nodes"]), squeezed(graph["title"])) == (2, [f"{name}: what waits for what"])


def test_a_title_of_a_credential_is_shown_as_it_is(mermaid_page: Page) -> None:
    timeline = chain_of(["Only step"])
    for title in COMMANDS:
        gantt = drawn(mermaid_page, gantt_diagram(attrs.evolve(timeline, names=(("card", title),))))
        assert (gantt["bars"], len(gantt["names"])) == (2, 2)
        [name] = squeezed([one_line(title)[:20] or "?"])
        assert squeezed(gantt["names"])[1].startswith(name)


def naughty() -> list[list[str]]:
    strings: list[str] = json.loads(NAUGHTY.read_text("utf-8")) if NAUGHTY.exists() else []
    return [strings[at : at + 40] for at in range(0, len(strings), 40)]


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the list of naughty strings is not on this machine")
@pytest.mark.parametrize("titles", naughty())
def test_naughty_strings_are_shown_and_do_nothing(mermaid_page: Page, titles: list[str]) -> None:
    assert_shown(mermaid_page, chain_of(titles))


def test_steps_of_any_order_are_joined_by_a_line(mermaid_page: Page) -> None:
    timeline = chain_of(["First", "Second"])
    first, second = timeline.steps
    both = attrs.evolve(timeline, steps=(first, attrs.evolve(second, needs=(), needs_any_order=("step-0",))))
    assert drawn(mermaid_page, graph_diagram(both))["edges"] == 2


def test_one_step_on_one_day_is_a_chart_too(mermaid_page: Page) -> None:
    timeline = attrs.evolve(chain_of(["Exam"]), renewals=())
    seen = drawn(mermaid_page, gantt_diagram(timeline))
    assert (seen["bars"], squeezed(seen["names"])) == (1, ["Exam"])


@pytest.mark.parametrize("years", [0, 1, 3, 10, 60])
def test_the_axis_bears_any_length(mermaid_page: Page, years: int) -> None:
    first, second = chain_of(["First", "Second"]).steps
    far = dt.date(2027 + years, 3, 31)
    timeline = attrs.evolve(chain_of(["First", "Second"]), steps=(first, attrs.evolve(second, finish=far)), finish=far)
    seen = drawn(mermaid_page, gantt_diagram(timeline))
    assert seen["bars"] == 3
    assert 1 <= seen["ticks"] <= 14
