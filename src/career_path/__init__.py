"""Plan a career as a graph of steps with exact calendar rules.

The names below are the library's face. They are loaded when first used, so that `import career_path` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from career_path.version import VERSION as __version__  # noqa: N811 (the name that tools look for)

if TYPE_CHECKING:
    from career_path.days.day_rules import (
        Birthday,
        BirthMonthEnd,
        Dates,
        DayOfYear,
        DayRule,
        EveryDay,
        MonthDay,
        MonthEnd,
        Weekday,
        Weekdays,
        YearlyWindow,
        Years,
    )
    from career_path.days.durations import Effort, Estimate, WorkingDays
    from career_path.days.pace import Absence
    from career_path.days.spans import Span
    from career_path.errors import (
        CareerPathError,
        DocumentError,
        Fault,
        FileError,
        InvalidValueError,
        MissingExtraError,
        SearchLimitError,
        UnknownIdError,
    )
    from career_path.files import catalog_ids, load_catalog, load_learner, load_pathway, load_timeline
    from career_path.formats.documents import (
        format_learner,
        format_pathway,
        format_timeline,
        parse_learner,
        parse_pathway,
        parse_timeline,
    )
    from career_path.formats.icalendar import format_calendar
    from career_path.model.credentials import Credential
    from career_path.model.ends import Until, Validity
    from career_path.model.learner import Employment, Fact, Held, HoursPeriod, Learner, Record
    from career_path.model.pathway import (
        AbsencePolicy,
        Cohort,
        Cohorts,
        Cost,
        Pathway,
        Source,
        Step,
        StepKind,
        Sure,
    )
    from career_path.model.requirements import Aged, AllOf, AnyOf, AtLeast, Event, Holds, Needs, Order
    from career_path.model.timeline import (
        Cause,
        Conflict,
        ConflictKind,
        Deadline,
        DeadlineKind,
        NoRouteError,
        Notice,
        NoticeKind,
        PlannedStep,
        Reason,
        ReasonKind,
        Reminder,
        Renewal,
        RunnerUp,
        Status,
        Timeline,
        TotalCost,
        Why,
    )
    from career_path.planning.agenda import Agenda, agenda
    from career_path.planning.audit import audit
    from career_path.planning.objective import Balanced
    from career_path.planning.planner import plan
    from career_path.planning.reminders import DEFAULT_POLICY, Ladder, ReminderPolicy, reminders
    from career_path.views.comparison import ComparedPlan, Comparison, compare_plans
    from career_path.views.markdown import format_markdown
    from career_path.views.page import format_fragment, format_page
    from career_path.views.sentences import why_lines

_HOMES: Final = {
    "days.day_rules": "BirthMonthEnd Birthday Dates DayOfYear DayRule EveryDay MonthDay MonthEnd Weekday Weekdays "
    "YearlyWindow Years",
    "days.durations": "Effort Estimate WorkingDays",
    "days.pace": "Absence",
    "days.spans": "Span",
    "errors": "CareerPathError DocumentError Fault FileError InvalidValueError MissingExtraError SearchLimitError "
    "UnknownIdError",
    "files": "catalog_ids load_catalog load_learner load_pathway load_timeline",
    "formats.documents": "format_learner format_pathway format_timeline parse_learner parse_pathway parse_timeline",
    "formats.icalendar": "format_calendar",
    "model.credentials": "Credential",
    "model.ends": "Until Validity",
    "model.learner": "Employment Fact Held HoursPeriod Learner Record",
    "model.pathway": "AbsencePolicy Cohort Cohorts Cost Pathway Source Step StepKind Sure",
    "model.requirements": "Aged AllOf AnyOf AtLeast Event Holds Needs Order",
    "model.timeline": "Cause Conflict ConflictKind Deadline DeadlineKind NoRouteError Notice NoticeKind PlannedStep "
    "Reason ReasonKind Reminder Renewal RunnerUp Status Timeline TotalCost Why",
    "planning.agenda": "Agenda agenda",
    "planning.audit": "audit",
    "planning.objective": "Balanced",
    "planning.planner": "plan",
    "planning.reminders": "DEFAULT_POLICY Ladder ReminderPolicy reminders",
    "views.comparison": "ComparedPlan Comparison compare_plans",
    "views.markdown": "format_markdown",
    "views.page": "format_fragment format_page",
    "views.sentences": "why_lines",
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "DEFAULT_POLICY",
    "Absence",
    "AbsencePolicy",
    "Aged",
    "Agenda",
    "AllOf",
    "AnyOf",
    "AtLeast",
    "Balanced",
    "BirthMonthEnd",
    "Birthday",
    "CareerPathError",
    "Cause",
    "Cohort",
    "Cohorts",
    "ComparedPlan",
    "Comparison",
    "Conflict",
    "ConflictKind",
    "Cost",
    "Credential",
    "Dates",
    "DayOfYear",
    "DayRule",
    "Deadline",
    "DeadlineKind",
    "DocumentError",
    "Effort",
    "Employment",
    "Estimate",
    "Event",
    "EveryDay",
    "Fact",
    "Fault",
    "FileError",
    "Held",
    "Holds",
    "HoursPeriod",
    "InvalidValueError",
    "Ladder",
    "Learner",
    "MissingExtraError",
    "MonthDay",
    "MonthEnd",
    "Needs",
    "NoRouteError",
    "Notice",
    "NoticeKind",
    "Order",
    "Pathway",
    "PlannedStep",
    "Reason",
    "ReasonKind",
    "Record",
    "Reminder",
    "ReminderPolicy",
    "Renewal",
    "RunnerUp",
    "SearchLimitError",
    "Source",
    "Span",
    "Status",
    "Step",
    "StepKind",
    "Sure",
    "Timeline",
    "TotalCost",
    "UnknownIdError",
    "Until",
    "Validity",
    "Weekday",
    "Weekdays",
    "Why",
    "WorkingDays",
    "YearlyWindow",
    "Years",
    "__version__",
    "agenda",
    "audit",
    "catalog_ids",
    "compare_plans",
    "format_calendar",
    "format_fragment",
    "format_learner",
    "format_markdown",
    "format_page",
    "format_pathway",
    "format_timeline",
    "load_catalog",
    "load_learner",
    "load_pathway",
    "load_timeline",
    "parse_learner",
    "parse_pathway",
    "parse_timeline",
    "plan",
    "reminders",
    "why_lines",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        message = f"module 'career_path' has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"career_path.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
