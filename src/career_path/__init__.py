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
    from career_path.formats.ledger_csv import read_ledger
    from career_path.model.assessment import Assessment
    from career_path.model.credentials import Credential
    from career_path.model.credit_parts import CreditSlot, CreditUnit, Proration
    from career_path.model.credits import CreditPeriod, CreditRule, Filling
    from career_path.model.due import BackStage, DutyBy, WayBy
    from career_path.model.ends import AgeEnd, EarliestOf, IdleEnd, LatestOf, PaperEnd, ReplacedEnd, Until, Validity
    from career_path.model.learner import Employment, Fact, Held, HoursPeriod, Learner, Record
    from career_path.model.ledger import Activity, CreditKind, Ledger
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
    from career_path.model.renewal import Change, Duty, Extension, Fee, Grace, RenewalRule, Rung, Way, Within
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
    from career_path.planning.credits import assess
    from career_path.planning.cycles import cycles
    from career_path.planning.ends import Holder
    from career_path.planning.objective import Balanced
    from career_path.planning.planner import plan
    from career_path.planning.reminders import DEFAULT_POLICY, Ladder, ReminderPolicy, reminders
    from career_path.views.comparison import ComparedPlan, Comparison, compare_plans
    from career_path.views.markdown import format_markdown
    from career_path.views.page import format_fragment, format_page
    from career_path.views.sentences import why_lines

_HOMES: Final = {
    "model.due": "BackStage DutyBy WayBy",
    "formats.ledger_csv": "read_ledger",
    "planning.credits": "assess",
    "model.assessment": "Assessment",
    "model.ledger": "Activity CreditKind Ledger",
    "model.credit_parts": "CreditSlot CreditUnit Proration",
    "model.credits": "CreditPeriod CreditRule Filling",
    "planning.cycles": "cycles",
    "planning.ends": "Holder",
    "model.renewal": "Change Duty Extension Fee Grace RenewalRule Rung Way Within",
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
    "model.ends": "AgeEnd EarliestOf IdleEnd LatestOf PaperEnd ReplacedEnd Until Validity",
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
    "Activity",
    "AgeEnd",
    "Aged",
    "Agenda",
    "AllOf",
    "AnyOf",
    "Assessment",
    "AtLeast",
    "BackStage",
    "Balanced",
    "BirthMonthEnd",
    "Birthday",
    "CareerPathError",
    "Cause",
    "Change",
    "Cohort",
    "Cohorts",
    "ComparedPlan",
    "Comparison",
    "Conflict",
    "ConflictKind",
    "Cost",
    "Credential",
    "CreditKind",
    "CreditPeriod",
    "CreditRule",
    "CreditSlot",
    "CreditUnit",
    "Dates",
    "DayOfYear",
    "DayRule",
    "Deadline",
    "DeadlineKind",
    "DocumentError",
    "Duty",
    "DutyBy",
    "EarliestOf",
    "Effort",
    "Employment",
    "Estimate",
    "Event",
    "EveryDay",
    "Extension",
    "Fact",
    "Fault",
    "Fee",
    "FileError",
    "Filling",
    "Grace",
    "Held",
    "Holder",
    "Holds",
    "HoursPeriod",
    "IdleEnd",
    "InvalidValueError",
    "Ladder",
    "LatestOf",
    "Learner",
    "Ledger",
    "MissingExtraError",
    "MonthDay",
    "MonthEnd",
    "Needs",
    "NoRouteError",
    "Notice",
    "NoticeKind",
    "Order",
    "PaperEnd",
    "Pathway",
    "PlannedStep",
    "Proration",
    "Reason",
    "ReasonKind",
    "Record",
    "Reminder",
    "ReminderPolicy",
    "Renewal",
    "RenewalRule",
    "ReplacedEnd",
    "Rung",
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
    "Way",
    "WayBy",
    "Weekday",
    "Weekdays",
    "Why",
    "Within",
    "WorkingDays",
    "YearlyWindow",
    "Years",
    "__version__",
    "agenda",
    "assess",
    "audit",
    "catalog_ids",
    "compare_plans",
    "cycles",
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
    "read_ledger",
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
