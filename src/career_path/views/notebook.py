"""What a notebook shows of a plan or a pathway: HTML where it can be shown, plain text everywhere else.

IPython asks a value for `_repr_html_` in a notebook and for `_repr_pretty_` at a terminal and as the text beside the
HTML. A text that comes from a document is escaped, kept on one line and apart from the direction of its neighbors;
only addresses of the web become links. Styles stand in the elements, because a notebook is the page of someone else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from career_path.days.spans import ZERO
from career_path.errors import MissingExtraError
from career_path.model.occupations import Occupation
from career_path.model.pathway import Cohorts, Credential, Pathway, Source, Step
from career_path.model.requirements import AllOf
from career_path.model.timeline import Timeline
from career_path.views.occupations import outlook_text, pay_text
from career_path.views.outline import length_text, opening_text, requirement_text, validity_text
from career_path.views.plain import NO_END, joined, money_text, one_line
from career_path.views.sentences import (
    conflict_text,
    cost_text,
    finish_text,
    notice_text,
    overlay_text,
    short_reason,
    slack_text,
)
from career_path.views.sources import checked_text, source_title, web_address

__all__ = ["html_folded", "html_table", "html_text", "pathway_html", "timeline_html", "timeline_text"]

_CELL: Final = "text-align:left;vertical-align:top;padding:0.2em 0.6em;white-space:"
_SHORT: Final = 16
"""A cell of a day, an amount or a word or two is not broken into lines."""
_CHECK: Final = "Check every date with the issuer."


def html_text(text: str) -> str:
    """A text from anywhere, safe in HTML: escaped, on one line, unable to turn the direction of what follows.

    >>> html_text("<b>5 > 4</b>")
    '<bdi>&lt;b&gt;5 &gt; 4&lt;/b&gt;</bdi>'
    """
    return f"<bdi>{escape(one_line(text))}</bdi>"


def html_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts; the first cell of each row names it.

    >>> html_table(["Step"], [["Exam"]]).count("<bdi>Exam</bdi>")
    1
    """
    top = "".join(_cell("th", each, ' scope="col"') for each in headings)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Sequence[str]) -> str:
    first, *rest = row
    return "".join((_cell("th", first, ' scope="row"'), *(_cell("td", each) for each in rest)))


def _cell(element: str, text: str, scope: str = "") -> str:
    wrapping = "nowrap" if len(text) <= _SHORT else "normal"
    return f'<{element}{scope} style="{_CELL}{wrapping}">{html_text(text)}</{element}>'


def timeline_html(timeline: Timeline) -> str:
    """The plan as HTML to stand in a page: that of `format_page` with the extra `html`, else a plain table."""
    from career_path.views.page import format_fragment  # noqa: PLC0415 (asked for in notebooks only)

    try:
        return format_fragment(timeline)
    except MissingExtraError:
        return _plain_timeline(timeline)


def _plain_timeline(timeline: Timeline) -> str:
    head = f"<p><strong>{html_text(_title(timeline))}</strong></p>"
    table = html_table(_HEADINGS, _rows(timeline)) if timeline.steps else ""
    notes = "".join(f"<li>{html_text(note)}</li>" for note in _notes(timeline))
    return f"<div>{head}{table}<ul>{notes}</ul></div>"


def timeline_text(timeline: Timeline) -> str:
    """The plan as lines of text: the table of the command line with the extra `cli`, else a line for each step."""
    try:
        from career_path.views.table import plan_table  # noqa: PLC0415 (needs rich, which is optional)
    except MissingExtraError:
        steps = (" | ".join(filter(None, map(one_line, row))) for row in _rows(timeline))
        return "\n".join((one_line(_title(timeline)), *steps, *map(one_line, _notes(timeline))))
    return plan_table(timeline).rstrip("\n")


_HEADINGS: Final = ("Step", "Start", "Done by", "Latest start", "Slack", "Cost", "Why")


def _title(timeline: Timeline) -> str:
    return f"{timeline.title or timeline.pathway}: {finish_text(timeline)}"


def _rows(timeline: Timeline) -> Iterator[tuple[str, ...]]:
    for step in timeline.steps:
        days = (step.start, step.finish, step.latest_start)
        cost = "not known" if step.cost is None else money_text(step.cost, timeline.cost.currency)
        reasons = [short_reason(reason, timeline) for reason in step.reasons[:1]]
        yield (
            f"{step.title or step.id}{' *' if step.is_critical else ''}",
            *("" if day is None else str(day) for day in days),
            slack_text(step.slack_days),
            "" if step.is_done else cost,
            step.status.value if step.is_done else "".join(reasons),
        )


def _notes(timeline: Timeline) -> Iterator[str]:
    """What stands under the table; a plan says on every face that its dates are to be checked."""
    if any(step.is_critical for step in timeline.steps):
        yield "* least slack"
    yield from (f"Rules: {overlay_text(each)}" for each in timeline.applied)
    yield f"Cost: {cost_text(timeline.cost, [timeline.name_of(step) for step in timeline.cost.unknown])}"
    for renewal in timeline.renewals:
        through = f"through {renewal.valid_through}" if renewal.valid_through else NO_END
        yield f"Valid: {timeline.credential_name(renewal.credential)}, {through}"
    yield from (conflict_text(each, timeline) for each in timeline.conflicts)
    yield from (notice_text(each, timeline) for each in timeline.notices)
    yield _CHECK


def pathway_html(pathway: Pathway) -> str:
    """The pathway as HTML to stand in a page: goal, steps, credentials, occupations; notes and sources to unfold."""
    goal = f"Goal: {html_text(requirement_text(pathway.goal, pathway))}"
    parts = [
        f"<p><strong>{html_text(pathway.name)}</strong><br>{goal}</p>",
        html_table(_STEP_HEADINGS, (_step_row(step, pathway) for step in pathway.steps)),
    ]
    if pathway.credentials:
        parts.append(html_table(("Credential", "Title", "Valid"), map(_credential_row, pathway.credentials)))
    if pathway.occupations:
        rows = (_occupation_row(each, pathway.currency) for each in pathway.occupations)
        parts.append(html_table(("Occupation", "Pay", "Outlook", "May not"), rows))
    notes = list(_pathway_notes(pathway))
    parts.append(html_folded(f"Notes ({len(notes)})", notes))
    rules = [html_text(overlay_text(each)) for each in (*pathway.applied, *pathway.overlays)]
    parts.append(html_folded(f"Rules ({len(pathway.applied)} used, {len(pathway.overlays)} to come)", rules))
    parts.append(html_folded(f"Sources ({len(pathway.sources)})", map(_source, pathway.sources)))
    return f"<div>{''.join(parts)}</div>"


_STEP_HEADINGS: Final = ("Step", "Kind", "Takes", "Cost", "Needs", "Opens", "Grants")


def _step_row(step: Step, pathway: Pathway) -> tuple[str, ...]:
    takes = "" if step.takes == ZERO else length_text(step.takes)
    return (
        step.name,
        step.kind.value,
        "as long as its cohort" if isinstance(step.opens, Cohorts) else takes,
        "not known" if step.cost is None else money_text(step.cost.amount, pathway.currency),
        "" if step.requires == AllOf() else requirement_text(step.requires, pathway),
        "" if step.opens is None else opening_text(step.opens),
        joined([pathway.credential(each).name for each in step.grants]),
    )


def _credential_row(credential: Credential) -> tuple[str, ...]:
    title = "" if credential.title == credential.name else credential.title
    return credential.name, title, NO_END if credential.valid is None else validity_text(credential.valid)


def _occupation_row(occupation: Occupation, currency: str) -> tuple[str, ...]:
    return (
        occupation.name,
        "not known" if occupation.pay is None else pay_text(occupation.pay, currency),
        "not known" if occupation.outlook is None else outlook_text(occupation.outlook),
        "; ".join(occupation.may_not),
    )


def _pathway_notes(pathway: Pathway) -> Iterator[str]:
    if pathway.note:
        yield html_text(pathway.note)
    notes = [(step.name, step.note) for step in pathway.steps]
    notes += [(credential.name, credential.note) for credential in pathway.credentials]
    notes += [(occupation.name, occupation.note) for occupation in pathway.occupations]
    yield from (f"<strong>{html_text(name)}</strong>: {html_text(note)}" for name, note in notes if note)


def _source(source: Source) -> str:
    told = source_title(source)
    checked = checked_text(source)
    return (
        f"{html_text(told)}: {_address(source.address)} ({checked})"
        if source.address
        else f"{html_text(told)} ({checked})"
    )


def _address(address: str) -> str:
    """A link, if it leads to the web; else the text, because an address may be of any kind, even a program."""
    if not web_address(address):
        return html_text(address)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{html_text(address)}</a>'


def html_folded(summary: str, entries: Iterable[str]) -> str:
    """A list of HTML to unfold below a line; nothing where there are no entries.

    >>> html_folded("Notes", ["a", "b"])
    '<details><summary>Notes</summary><ul><li>a</li><li>b</li></ul></details>'
    """
    found = "".join(f"<li>{each}</li>" for each in entries)
    return f"<details><summary>{escape(summary)}</summary><ul>{found}</ul></details>" if found else ""
