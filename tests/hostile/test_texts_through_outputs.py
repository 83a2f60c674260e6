"""Hostile texts as titles, notes, names and sources, through everything that this library writes.

Each output is one entry in `OUTPUTS`. A new one needs a function that writes it, one that tells its structure (the
same for every text), and one that reads the title of the pathway back with another program than ours.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from itertools import cycle
from typing import Any, cast

import attrs
import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt

from career_path.errors import CareerPathError, DocumentError, InvalidValueError
from career_path.formats.agenda_json import format_agenda
from career_path.formats.careers_json import format_careers
from career_path.formats.diff_json import format_diff
from career_path.formats.documents import (
    Syntax,
    format_learner,
    format_pathway,
    format_timeline,
    parse_learner,
    parse_pathway,
    parse_timeline,
)
from career_path.formats.facts import facts
from career_path.formats.facts_json import format_facts
from career_path.formats.icalendar import format_calendar
from career_path.formats.icalendar_lint import lint_calendar
from career_path.formats.icalendar_reminders import format_reminder_calendar
from career_path.formats.routes_json import format_routes
from career_path.model.careers import Careers
from career_path.model.learner import Employment, Fact, Learner
from career_path.model.not_taken import RouteNotTaken, Standing
from career_path.model.occupations import Occupation, Pay, Setting
from career_path.model.pathway import Credential, Pathway, Source, Step, Validity
from career_path.model.text import LONGEST_TEXT
from career_path.model.timeline import Timeline
from career_path.planning import plan
from career_path.planning.agenda import agenda
from career_path.planning.careers import compare_pathways
from career_path.planning.front import FrontRoute
from career_path.views.agenda import agenda_markdown, agenda_text
from career_path.views.careers import careers_html, careers_markdown, careers_text
from career_path.views.careers_page import careers_page
from career_path.views.differences import differences_text
from career_path.views.facts import facts_text
from career_path.views.front import front_markdown, front_text
from career_path.views.markdown import format_markdown
from career_path.views.mermaid import gantt_diagram, graph_diagram
from career_path.views.notebook import pathway_html
from career_path.views.outline import pathway_text
from career_path.views.page import format_fragment, format_page
from career_path.views.table import plan_table
from career_path.views.why import why_not_page, why_page
from hostile.texts import REFUSED, TAKEN, collected_texts

TODAY = dt.date(2027, 1, 11)
WIDTH = 100
TOGETHER = 9
"""How many collected texts share a pathway, so that each stands in one place or two."""


@attrs.frozen
class Case:
    """A pathway, its plan, and the text that is its title."""

    text: str
    pathway: Pathway
    timeline: Timeline


def case_of(*texts: str, ids: tuple[str, str, str] = ("course", "exam", "job")) -> Case:
    pathway = pathway_of(*texts, ids=ids)
    return Case(texts[0], pathway, plan(pathway, Learner("ana"), today=TODAY))


def pathway_of(*texts: str, ids: tuple[str, str, str] = ("course", "exam", "job")) -> Pathway:
    """A pathway whose texts are these texts in turn."""
    course, exam, job = ids
    text = cycle(texts)
    return Pathway(
        "hostile",
        title=next(text),
        note=next(text),
        goal=job,
        steps=[
            Step(course, title=next(text), note=next(text), kind="program", takes="P3M", cost="240", sources=["A1"]),
            Step(exam, title=next(text), kind="exam", requires=course, grants=["paper"]),
            Step(job, title=next(text), kind="job", requires=exam, cost="0", occupation="aide"),
        ],
        credentials=[
            Credential(
                "paper",
                title=next(text),
                issuer=next(text),
                letters=next(text),
                note=next(text),
                valid=Validity(span="P2Y"),
            ),
        ],
        occupations=[occupation_of(text)],
        sources=[Source("A1", title=next(text), publisher=next(text), address=next(text), sure="memory")],
    )


def occupation_of(text: Iterator[str]) -> Occupation:
    """An occupation of these texts."""
    return Occupation(
        "aide",
        title=next(text),
        duties=[filled(next(text))],
        settings=[Setting(filled(next(text)), schedule=next(text))],
        may_not=[filled(next(text))],
        pay=Pay(median="44200", statistic=filled(next(text)), sources=["A1"]),
        entry_education=next(text),
        related=[filled(next(text))],
        note=next(text),
    )


def filled(text: str) -> str:
    """The text; with a letter before it where it is blank, which such a text may not be."""
    return text if text.strip() else f"a{text}"


def learner_of(text: str) -> Learner:
    jobs = [Employment(role=text, from_=TODAY, through=None)]
    return Learner("ana", place=text, facts=[Fact("group", text)], employment=jobs)


# What is written, and how it is read back


@attrs.frozen(kw_only=True, eq=False)
class Output:
    """One way to write a plan or a pathway.

    `structure` is what no text may change. `title` is the title of the pathway as another program reads it, and `shown`
    what it should read there; where a text is shown in several places or broken into lines, there is none. With
    `has_ids` the ids of steps are part of the structure.
    """

    name: str
    write: Callable[[Case], str]
    structure: Callable[[str], object]
    title: Callable[[str], str] | None = None
    shown: Callable[[str], str] = str
    has_ids: bool = False


def kinds(value: object) -> object:
    """The structure of plain data: keys, lengths and types, but no text."""
    match value:
        case dict():
            return {key: kinds(each) for key, each in cast("dict[str, object]", value).items()}
        case list():
            return [kinds(each) for each in cast("list[object]", value)]
        case str():
            return "text"
        case _:
            return value


def json_title(written: str) -> str:
    """What Python's own reader, which shares nothing with our gate, finds as the title."""
    return str(json.loads(written)["title"])


def json_kinds(written: str) -> object:
    return kinds(json.loads(written))


def toml_title(written: str) -> str:
    return str(tomllib.loads(written)["title"])


def toml_kinds(written: str) -> object:
    return kinds(tomllib.loads(written))


def calendar_lines(written: str) -> object:
    """How often each name begins a content line; events of one day are in the order of their ids.

    The lint finds nothing, no line is too long, and none is cut inside a character.
    """
    data = written.encode()
    assert lint_calendar(data) == ()
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    lines = written.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    return Counter(line if line.startswith(("BEGIN:", "END:")) else re.split("[:;]", line)[0] for line in lines)


def calendar_title(written: str) -> str:
    calendar = Calendar.from_ical(written.encode())
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], str(calendar["NAME"]))


SAFE_FORMATS = "\u200c\u200d"


def screen(written: str) -> object:
    """That nothing on it can move a cursor or reorder a line. Its lines are not compared: long texts are wrapped."""
    for character in written:
        category = unicodedata.category(character)
        is_safe = category not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or character in SAFE_FORMATS or character == "\n"
        assert is_safe, f"U+{ord(character):04X}"
    return None


def table_screen(written: str) -> object:
    """The same, and every day of the plan still stands in it, whole and in order."""
    screen(written)
    return re.findall(r"20[0-9]{2}-[0-9]{2}-[0-9]{2} 20[0-9]{2}-[0-9]{2}-[0-9]{2}", written)


def markdown_kinds(written: str) -> object:
    """What another reader of Markdown sees: tables of the same cells, no HTML, and links to sources alone."""
    tokens = MarkdownIt("gfm-like").parse(written)
    inline = [child for token in tokens for child in token.children or ()]
    assert not [token for token in (*tokens, *inline) if token.type in {"html_block", "html_inline", "image"}]
    links = [str(token.attrs["href"]) for token in inline if token.type == "link_open"]
    assert all(link.startswith(("https://", "http://")) for link in links), links
    return Counter(token.type for token in tokens)


def diagram_lines(written: str) -> object:
    """What of each line is no text of others: the shape of a node, the days of a bar, the first words of the rest.

    In a text nothing is left that Mermaid could read as its own: all marks stand as numbers.
    """
    screen(written.replace("\u2060", ""))  # the joiner that keeps Mermaid from reading marks into a title
    return [_diagram_line(line.strip()) for line in written.splitlines()]


def _diagram_line(line: str) -> tuple[str, ...]:
    node = re.fullmatch(r'(\w+[\[({]+)"([^"]*)"([\])}]+)', line)
    if node:
        return node[1], re.sub(r"\A.*?(?=<br/>)", "", node[2]), node[3]
    bar = re.fullmatch(r"[^:;\"<>]*(?:#[0-9]+;[^:;\"<>]*)* :([\w, -]+)", line)
    if bar:
        return (bar[1],)
    return tuple(re.findall(r"\A(?:accTitle:|title |\w.*\Z)", line))


class _Tags(HTMLParser):
    """Every tag with the names of its attributes, and every address that a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, tuple[str, ...]]] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


def page_kinds(written: str) -> object:
    """The kinds of tags, not counted because long labels take more lines; links lead to the web or into the page."""
    tags = _Tags()
    tags.feed(written)
    assert all(link.startswith(("https://", "http://", "#")) for link in tags.links), tags.links
    names = {tag for tag, _ in tags.found}
    assert names.isdisjoint({"script", "iframe", "object", "embed", "img", "form", "base"})
    assert not [name for _, names in tags.found for name in names if name.startswith("on")]
    return names - {"tspan", "a"}


def front_of(case: Case) -> tuple[FrontRoute, FrontRoute]:
    """Two routes, as if one did without the first step, and with money earned on the other alone."""
    first, *rest = case.timeline.steps
    without = attrs.evolve(case.timeline, steps=tuple(rest), finish=case.timeline.today)
    return (
        FrontRoute(timeline=without, left_out=(first.id,), earned_by=TODAY),
        FrontRoute(timeline=case.timeline, earned_by=TODAY, earned=Fraction(1, 3)),
    )


def not_taken_of(case: Case) -> RouteNotTaken:
    """A first step that the plan does without, as in `front_of`, although the learner chose and avoids all there is."""
    first = case.timeline.steps[0]
    return RouteNotTaken(
        name=first.id,
        title=first.title,
        standing=Standing.PINNED,
        plan=front_of(case)[0].timeline,
        other=case.timeline,
        given_up=tuple(f"avoid {step.id}" for step in case.timeline.steps),
        names=case.timeline.names,
    )


def careers_of(case: Case) -> Careers:
    """The career of the pathway twice, as if it were two."""
    found = compare_pathways([case.pathway], Learner("ana"), today=TODAY)
    return attrs.evolve(found, careers=found.careers * 2)


OUTPUTS = (
    Output(
        name="pathway.json",
        write=lambda case: format_pathway(case.pathway, syntax="json"),
        structure=json_kinds,
        title=json_title,
        has_ids=True,
    ),
    Output(
        name="pathway.toml",
        write=lambda case: format_pathway(case.pathway, syntax="toml"),
        structure=toml_kinds,
        title=toml_title,
        has_ids=True,
    ),
    Output(
        name="timeline.json",
        write=lambda case: format_timeline(case.timeline, syntax="json"),
        structure=json_kinds,
        title=json_title,
        has_ids=True,
    ),
    Output(
        name="timeline.toml",
        write=lambda case: format_timeline(case.timeline, syntax="toml"),
        structure=toml_kinds,
        title=toml_title,
        has_ids=True,
    ),
    Output(
        name="calendar",
        write=lambda case: format_calendar(case.timeline),
        structure=calendar_lines,
        title=calendar_title,
    ),
    Output(
        name="table",
        write=lambda case: plan_table(case.timeline, width=WIDTH),
        structure=table_screen,
    ),
    Output(
        name="markdown",
        write=lambda case: format_markdown(case.timeline),
        structure=markdown_kinds,
    ),
    Output(
        name="agenda in markdown",
        write=lambda case: agenda_markdown(agenda(case.timeline), case.timeline),
        structure=markdown_kinds,
    ),
    Output(
        name="routes in markdown",
        write=lambda case: front_markdown(front_of(case), case.pathway),
        structure=markdown_kinds,
    ),
    Output(
        name="routes",
        write=lambda case: front_text(front_of(case), case.pathway, width=WIDTH),
        structure=screen,
    ),
    Output(
        name="routes.json",
        write=lambda case: format_routes(front_of(case)),
        structure=json_kinds,
        has_ids=True,
    ),
    Output(
        name="careers in markdown",
        write=lambda case: careers_markdown(careers_of(case)),
        structure=markdown_kinds,
    ),
    Output(
        name="careers",
        write=lambda case: careers_text(careers_of(case), width=WIDTH),
        structure=screen,
    ),
    Output(
        name="careers.json",
        write=lambda case: format_careers(careers_of(case)),
        structure=json_kinds,
        has_ids=True,
    ),
    Output(
        name="careers.html",
        write=lambda case: careers_page(careers_of(case)),
        structure=page_kinds,
    ),
    Output(
        name="careers in a notebook",
        write=lambda case: careers_html(careers_of(case)),
        structure=page_kinds,
    ),
    Output(
        name="facts",
        write=lambda case: facts_text(case.pathway, facts(case.pathway), of=9),
        structure=screen,
    ),
    Output(
        name="facts.json",
        write=lambda case: format_facts([(case.pathway, facts(case.pathway))], today=TODAY),
        structure=json_kinds,
        has_ids=True,
    ),
    Output(
        name="differences",
        write=lambda case: differences_text(front_of(case)[0].timeline, case.timeline, width=WIDTH),
        structure=screen,
    ),
    Output(
        name="differences.json",
        write=lambda case: format_diff(front_of(case)[0].timeline, case.timeline),
        structure=json_kinds,
    ),
    Output(
        name="gantt",
        write=lambda case: gantt_diagram(case.timeline),
        structure=diagram_lines,
    ),
    Output(
        name="graph",
        write=lambda case: graph_diagram(case.timeline),
        structure=diagram_lines,
    ),
    Output(
        name="page",
        write=lambda case: format_page(case.timeline),
        structure=page_kinds,
    ),
    Output(
        name="fragment",
        write=lambda case: format_fragment(case.timeline),
        structure=page_kinds,
    ),
    Output(
        name="pathway in a notebook",
        write=lambda case: pathway_html(case.pathway),
        structure=page_kinds,
    ),
    Output(
        name="reminder calendar",
        write=lambda case: format_reminder_calendar(case.timeline.reminders, case.timeline),
        structure=calendar_lines,
        title=calendar_title,
    ),
    Output(
        name="agenda",
        write=lambda case: agenda_text(agenda(case.timeline), case.timeline, width=WIDTH),
        structure=screen,
    ),
    Output(
        name="agenda.json",
        write=lambda case: format_agenda(agenda(case.timeline), case.timeline),
        structure=json_kinds,
    ),
    Output(
        name="why",
        write=lambda case: why_page(case.timeline, width=WIDTH),
        structure=screen,
    ),
    Output(
        name="why not",
        write=lambda case: why_not_page(not_taken_of(case), width=WIDTH),
        structure=screen,
    ),
    Output(
        name="show",
        write=lambda case: pathway_text(case.pathway, width=WIDTH),
        structure=screen,
    ),
)
each_output = pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.name)

PLAIN = case_of("plain")


@cache
def usual(output: Output) -> object:
    """The structure that an output has for a text without any mark."""
    return output.structure(output.write(PLAIN))


def check(output: Output, case: Case) -> None:
    written = output.write(case)
    assert output.structure(written) == usual(output), ascii(case.text)
    if output.title is not None:
        assert output.title(written) == output.shown(case.text)


@pytest.fixture(scope="module")
def own_cases() -> tuple[Case, ...]:
    return tuple(map(case_of, TAKEN))


@pytest.fixture(scope="module")
def collected_cases() -> tuple[Case, ...]:
    texts = list(filter(is_taken, collected_texts()))
    assert len(texts) > 450
    return tuple(case_of(*texts[begin : begin + TOGETHER]) for begin in range(0, len(texts), TOGETHER))


def is_taken(text: str) -> bool:
    """Whether a title may hold it and is not empty, by the rule that the page on documents gives."""
    bad = any(unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} and each not in "\t\n" for each in text)
    return bool(text.strip()) and len(text) <= LONGEST_TEXT and not bad


# Texts that are taken


def test_the_lists_of_texts_are_told_apart_by_the_rule() -> None:
    assert all(map(is_taken, TAKEN))
    assert not any(map(is_taken, REFUSED))


@each_output
def test_our_own_texts_change_nothing_but_themselves(output: Output, own_cases: tuple[Case, ...]) -> None:
    for case in own_cases:
        check(output, case)


@each_output
def test_collected_texts_change_nothing_but_themselves(output: Output, collected_cases: tuple[Case, ...]) -> None:
    for case in collected_cases:
        check(output, case)


@pytest.mark.parametrize("syntax", ["json", "toml"])
def test_our_own_texts_are_read_as_they_were_written(syntax: Syntax, own_cases: tuple[Case, ...]) -> None:
    for case in own_cases:
        check_round_trip(case, syntax)


@pytest.mark.parametrize("syntax", ["json", "toml"])
def test_collected_texts_are_read_as_they_were_written(syntax: Syntax, collected_cases: tuple[Case, ...]) -> None:
    for case in collected_cases:
        check_round_trip(case, syntax)


def check_round_trip(case: Case, syntax: Syntax) -> None:
    assert parse_pathway(format_pathway(case.pathway, syntax=syntax), syntax=syntax) == case.pathway
    assert parse_timeline(format_timeline(case.timeline, syntax=syntax), syntax=syntax) == case.timeline
    learner = learner_of(case.text)
    assert parse_learner(format_learner(learner, syntax=syntax), syntax=syntax) == learner


@pytest.mark.parametrize("output", [each for each in OUTPUTS if not each.has_ids], ids=lambda output: output.name)
@pytest.mark.parametrize(
    "ids",
    [
        ("end", "graph", "subgraph"),
        ("class", "click", "style"),
        ("con", "nul", "aux.txt"),
        ("constructor", "prototype", "tostring"),
        ("0", "00", "0x0"),
        ("true", "null", "nan"),
        ("a..", "a.b.c", "a--b"),
        ("a" * 64, "b" * 64, "c" * 64),
    ],
    ids=lambda ids: ids[0][:12],
)
def test_words_that_mean_something_elsewhere_are_ids_like_others(output: Output, ids: tuple[str, str, str]) -> None:
    case = case_of("plain", ids=ids)
    assert output.structure(output.write(case)) == usual(output)


@pytest.mark.parametrize("syntax", ["json", "toml"])
@pytest.mark.parametrize("step", ["end", "con", "constructor", "0", "true", "nan", "a..", "inf", "1e5", "2027-01-11"])
def test_words_that_mean_something_elsewhere_are_read_back_as_ids(step: str, syntax: Syntax) -> None:
    pathway = Pathway("p", goal=step, steps=[Step(step)])
    assert parse_pathway(format_pathway(pathway, syntax=syntax), syntax=syntax) == pathway


# Texts that are refused


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
@pytest.mark.parametrize("make", [pathway_of, learner_of])
def test_other_texts_are_refused_when_a_value_is_made(make: Callable[[str], object], text: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        make(text)
    assert caught.value.code in {"control-character", "too-long"}
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_other_texts_are_refused_at_every_place_of_a_document(text: str) -> None:
    table: dict[str, Any] = json.loads(format_pathway(PLAIN.pathway, syntax="json"))
    found = list(text_places(table))
    assert len(found) == 22
    for holder, key in found:
        usual, holder[key] = holder[key], text
        with pytest.raises(DocumentError) as caught:
            parse_pathway(json.dumps(table))
        assert {fault.code for fault in caught.value.faults} <= {"control-character", "lone-surrogate", "too-long"}
        assert str(caught.value).isprintable()
        holder[key] = usual


def text_places(part: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 (whatever a document holds)
    """Every place in a table or list, at any depth, that holds the plain text: what it is in, and where in that."""
    found: list[tuple[Any, Any]] = []
    for place, value in part.items() if isinstance(part, dict) else enumerate(part):
        if isinstance(value, (dict, list)):
            found.extend(text_places(value))
        elif value == PLAIN.text:
            found.append((part, place))
    return found


# Timelines are results, but one read from elsewhere, or changed in Python, reaches the outputs all the same


def with_texts(timeline: Timeline, text: str) -> Timeline:
    """The same plan with a text in place of all that it is called by, as nothing but Python code can make it."""
    return attrs.evolve(
        timeline,
        title=text,
        steps=tuple(attrs.evolve(step, title=text) for step in timeline.steps),
        names=tuple((key, text) for key, _ in timeline.names),
    )


@each_output
@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_a_plan_made_by_hand_with_other_texts_keeps_its_structure_or_is_refused(output: Output, text: str) -> None:
    case = Case(text, PLAIN.pathway, with_texts(PLAIN.timeline, text))
    try:
        written = output.write(case)
    except CareerPathError:
        return
    assert output.structure(written) == usual(output)


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
@pytest.mark.parametrize("part", ["title", "steps", "names"])
def test_a_timeline_with_other_texts_is_refused_on_reading(text: str, part: str) -> None:
    table = json.loads(format_timeline(PLAIN.timeline, syntax="json"))
    if part == "title":
        table["title"] = text
    elif part == "steps":
        table["steps"][0]["title"] = text
    else:
        table["names"][next(iter(table["names"]))] = text
    if len(text) > LONGEST_TEXT:
        parse_timeline(json.dumps(table))  # sentences about rules may be longer than any title
        return
    with pytest.raises(DocumentError) as caught:
        parse_timeline(json.dumps(table))
    assert {fault.code for fault in caught.value.faults} <= {"control-character", "lone-surrogate"}
