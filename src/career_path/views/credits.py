"""An assessment of continuing education as plain text and as Markdown: the verdict, each slot, each activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import wrap

from career_path.model.assessment import ActivityCount, Assessment, JointAssessment
from career_path.views.markdown import escaped, markdown_table
from career_path.views.plain import day_text, one_line
from career_path.views.sentences.credits import (
    amount_text,
    assessment_lines,
    counted_text,
    slot_text,
    uncounted_text,
    use_text,
)

__all__ = ["credits_markdown", "credits_text", "joint_credits_markdown", "joint_credits_text"]


def credits_text(assessment: Assessment, *, title: str = "", width: int = 100) -> str:
    """The assessment in lines of at most `width` columns; only a word may be longer.

    >>> import datetime as dt
    >>> from career_path.model.credits import CreditPeriod, CreditRule
    >>> from career_path.model.ledger import Ledger
    >>> from career_path.planning.credits import assess
    >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    >>> now = assess(CreditRule(total=12), Ledger(), period=year, on=dt.date(2027, 9, 1))
    >>> print(credits_text(now, title="CMA"), end="")
    CMA: continuing education for renewal 1, 1 Jan 2027 through 31 Dec 2027; as of 1 Sep 2027
    Not done: 12 credits asked for, 0 counted; missing 12 credits.
    At least 12 more credits by 31 Dec 2027: 3 a month for 4 months.
    """
    return _text(assessment, title, width, {})


def joint_credits_text(joint: JointAssessment, *, width: int = 100) -> str:
    """The assessment of each credential, then for which of them each activity counts.

    >>> import datetime as dt
    >>> from career_path.model.credits import CreditCycle, CreditPeriod, CreditRule
    >>> from career_path.model.ledger import Activity, Ledger
    >>> from career_path.planning.joint_credits import assess_all
    >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    >>> course = Activity(date=dt.date(2027, 2, 1), title="Law", credits=4)
    >>> cycles = [CreditCycle(each, rule=CreditRule(total=4), period=year) for each in ("cma", "cpt")]
    >>> now = assess_all(cycles, Ledger([course]), on=dt.date(2027, 9, 1))
    >>> print(joint_credits_text(now).splitlines()[-1])
      2027-02-01  Law: “cma” and “cpt”
    """
    names = _names(joint)
    parts = [_text(each.assessment, each.name, width, names) for each in joint.credentials]
    if joint.activities:
        used = (
            f"{each.activity.date}  {one_line(each.activity.title)}: {use_text(each, names)}"
            for each in joint.activities
        )
        lines = ["Each activity counts for:", *_wrapped(used, width)]
        parts.append("".join(f"{line}\n" for line in lines))
    return "\n".join(parts)


def _names(joint: JointAssessment) -> dict[str, str]:
    return {each.credential: each.name for each in joint.credentials}


def _text(assessment: Assessment, title: str, width: int, names: Mapping[str, str]) -> str:
    lines = wrap(_heading(assessment, title), width, break_long_words=False, break_on_hyphens=False)
    lines += _wrapped(assessment_lines(assessment), width, depth=0)
    if assessment.slots:
        lines += ["Slots:", *_wrapped((slot_text(each, assessment) for each in assessment.slots), width)]
    for name, found in _parts(assessment):
        if found:
            lines += [f"{name}:", *_wrapped((_activity_line(each, assessment, names) for each in found), width)]
    return "".join(f"{line}\n" for line in lines)


def credits_markdown(assessment: Assessment, *, title: str = "") -> str:
    """The assessment as Markdown, with a list of the slots and tables of the activities.

    >>> import datetime as dt
    >>> from career_path.model.credits import CreditPeriod, CreditRule
    >>> from career_path.model.ledger import Ledger
    >>> from career_path.planning.credits import assess
    >>> year = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2027, 12, 31))
    >>> now = assess(CreditRule(total=12), Ledger(), period=year, on=dt.date(2027, 9, 1))
    >>> print(credits_markdown(now).splitlines()[2])
    Not done: 12 credits asked for, 0 counted; missing 12 credits.
    """
    return _markdown(assessment, title, {})


def joint_credits_markdown(joint: JointAssessment) -> str:
    """The same as Markdown, with a table of the activities at the end.

    >>> import datetime as dt
    >>> from career_path.model.assessment import JointAssessment
    >>> joint_credits_markdown(JointAssessment(on=dt.date(2027, 9, 1), credentials=(), activities=()))
    ''
    """
    names = _names(joint)
    parts = [_markdown(each.assessment, each.name, names) for each in joint.credentials]
    if joint.activities:
        rows = [
            [str(each.activity.date), escaped(each.activity.title), escaped(use_text(each, names))]
            for each in joint.activities
        ]
        parts.append(f"## Each activity\n\n{markdown_table(['Day', 'Activity', 'Counts for'], rows)}\n")
    return "\n".join(parts)


def _markdown(assessment: Assessment, title: str, names: Mapping[str, str]) -> str:
    blocks = [f"## {escaped(_heading(assessment, title))}"]
    blocks += [escaped(line) for line in assessment_lines(assessment)]
    if assessment.slots:
        blocks += ["### Slots", "\n".join(f"- {escaped(slot_text(each, assessment))}" for each in assessment.slots)]
    for name, found in _parts(assessment):
        if found:
            rows = [_row(each, assessment, names) for each in found]
            blocks += [f"### {name}", markdown_table(["Day", "Activity", "Worth", "What counts"], rows)]
    return "\n\n".join(blocks) + "\n"


def _heading(assessment: Assessment, title: str) -> str:
    period = assessment.period
    days = f"{day_text(period.since)} through {day_text(period.through)}"
    lead = f"{one_line(title)}: continuing" if title else "Continuing"
    return f"{lead} education for renewal {period.number}, {days}; as of {day_text(assessment.on)}"


def _parts(assessment: Assessment) -> tuple[tuple[str, list[ActivityCount]], ...]:
    counted = [each for each in assessment.activities if each.counted]
    return ("Counted", counted), ("Not counted", [each for each in assessment.activities if not each.counted])


def _activity_line(count: ActivityCount, assessment: Assessment, names: Mapping[str, str]) -> str:
    return f"{count.activity.date}  {one_line(count.activity.title)}: {_what(count, assessment, names)}"


def _what(count: ActivityCount, assessment: Assessment, names: Mapping[str, str]) -> str:
    return "; ".join(filter(None, (counted_text(count, assessment), uncounted_text(count, assessment, names))))


def _row(count: ActivityCount, assessment: Assessment, names: Mapping[str, str]) -> list[str]:
    activity = count.activity
    worth, unit = activity.credits, activity.unit
    told = amount_text(worth, unit or assessment.unit) if count.worth is None else _worth(count, assessment)
    return [str(activity.date), escaped(activity.title), escaped(told), escaped(_what(count, assessment, names))]


def _worth(count: ActivityCount, assessment: Assessment) -> str:
    return "" if count.worth is None else amount_text(count.worth, assessment.unit)


def _wrapped(texts: Iterable[str], width: int, *, depth: int = 1) -> list[str]:
    indent = "  " * depth
    return [
        line
        for text in texts
        for line in wrap(
            _safe(text),
            width,
            initial_indent=indent,
            subsequent_indent=f"{indent}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]


def _safe(text: str) -> str:
    """The text without what could move a cursor; the two blanks after a day stay."""
    day, gap, rest = text.partition("  ")
    return f"{one_line(day)}{gap}{one_line(rest)}"
