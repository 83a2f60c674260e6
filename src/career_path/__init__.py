"""Plan a career as a graph of steps with exact calendar rules.

The names below are the library's face. They are loaded when first used, so that `import career_path` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from career_path.version import VERSION as __version__  # noqa: N811 (the name that tools look for)

if TYPE_CHECKING:
    from career_path.careers import compare
    from career_path.days.day_rules import (
        Birthday,
        BirthMonthEnd,
        Dates,
        DayOfMonth,
        DayOfYear,
        DayRule,
        EveryDay,
        EveryYears,
        MonthDay,
        MonthEnd,
        MonthsAfterBirthMonth,
        Weekday,
        Weekdays,
        YearlyWindow,
        Years,
    )
    from career_path.days.durations import Effort, Estimate, WorkingDays
    from career_path.days.holidays import HolidayCalendar, Moved, Workdays
    from career_path.days.pace import Absence
    from career_path.days.public_holidays import public_holidays
    from career_path.days.recurrence import Recurrence
    from career_path.days.spans import Span
    from career_path.days.year_month import Month
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
    from career_path.formats.facts import facts
    from career_path.formats.icalendar import format_calendar
    from career_path.formats.ledger_csv import read_ledger
    from career_path.model.assessment import Assessment, JointAssessment
    from career_path.model.careers import Career, Careers, RenewalBurden, TotalHours
    from career_path.model.credentials import Credential
    from career_path.model.credit_parts import CreditSlot, CreditUnit, Proration
    from career_path.model.credits import CreditCycle, CreditPeriod, CreditRule, Filling
    from career_path.model.differences import CredentialDiff, DeadlineDiff, StepDiff, TimelineDiff
    from career_path.model.due import BackStage, DutyBy, WayBy
    from career_path.model.edits import CredentialEdit, Edit, OccupationEdit, StepEdit
    from career_path.model.ends import (
        AgeEnd,
        Case,
        Cases,
        EarliestOf,
        IdleEnd,
        LatestOf,
        PaperEnd,
        ReplacedEnd,
        Until,
        Validity,
    )
    from career_path.model.facts import FactKind, PathwayFact
    from career_path.model.learner import Employment, Fact, Held, HoursPeriod, Learner, Record
    from career_path.model.ledger import Activity, CreditKind, Ledger
    from career_path.model.not_taken import Decider, RouteNotTaken, Standing
    from career_path.model.occupations import Occupation, Outlook, Pay, Setting
    from career_path.model.overlays import AppliedOverlay, Overlay
    from career_path.model.papers import PaperUse, PlannedRenewal
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
    from career_path.model.renewal import (
        Before,
        Change,
        Duty,
        Early,
        Extension,
        Fee,
        Grace,
        RenewalRule,
        Rung,
        Way,
        Within,
    )
    from career_path.model.requirements import (
        Aged,
        AllOf,
        AnyOf,
        AtLeast,
        Event,
        HasFact,
        Holds,
        Located,
        Needs,
        Order,
        Overlapping,
        Work,
        Worked,
    )
    from career_path.model.sittings import Cap, PaidExtension, Retakes, Round
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
        StepLoad,
        Timeline,
        TotalCost,
        WeekLoad,
        Why,
    )
    from career_path.planning.agenda import Agenda, agenda
    from career_path.planning.audit import audit
    from career_path.planning.credits import assess
    from career_path.planning.cycles import cycles
    from career_path.planning.ends import Holder
    from career_path.planning.front import FrontRoute, routes
    from career_path.planning.joint_credits import assess_all
    from career_path.planning.keeping import keep
    from career_path.planning.objective import Balanced
    from career_path.planning.planner import plan
    from career_path.planning.reminders import DEFAULT_POLICY, Ladder, ReminderPolicy, reminders
    from career_path.planning.repairs import Repair, RepairKind, repairs
    from career_path.planning.variants import Variant, VariantPlan, WhatIf, what_if
    from career_path.planning.why_not import why_not
    from career_path.views.comparison import ComparedPlan, Comparison, compare_plans
    from career_path.views.markdown import format_markdown
    from career_path.views.page import format_fragment, format_page
    from career_path.views.sentences import why_lines, why_not_lines

_HOMES: Final = {
    "days.year_month": "Month",
    "model.edits": "CredentialEdit Edit OccupationEdit StepEdit",
    "model.occupations": "Occupation Outlook Pay Setting",
    "model.overlays": "AppliedOverlay Overlay",
    "model.due": "BackStage DutyBy WayBy",
    "model.papers": "PaperUse PlannedRenewal",
    "formats.ledger_csv": "read_ledger",
    "planning.credits": "assess",
    "model.assessment": "Assessment JointAssessment",
    "model.ledger": "Activity CreditKind Ledger",
    "model.credit_parts": "CreditSlot CreditUnit Proration",
    "model.credits": "CreditCycle CreditPeriod CreditRule Filling",
    "planning.cycles": "cycles",
    "planning.joint_credits": "assess_all",
    "planning.keeping": "keep",
    "planning.ends": "Holder",
    "model.renewal": "Before Change Duty Early Extension Fee Grace RenewalRule Rung Way Within",
    "days.day_rules": "BirthMonthEnd Birthday Dates DayOfMonth DayOfYear DayRule EveryDay EveryYears MonthDay MonthEnd "
    "MonthsAfterBirthMonth Weekday Weekdays YearlyWindow Years",
    "days.durations": "Effort Estimate WorkingDays",
    "days.holidays": "HolidayCalendar Moved Workdays",
    "days.public_holidays": "public_holidays",
    "days.recurrence": "Recurrence",
    "days.pace": "Absence",
    "days.spans": "Span",
    "errors": "CareerPathError DocumentError Fault FileError InvalidValueError MissingExtraError SearchLimitError "
    "UnknownIdError",
    "careers": "compare",
    "model.careers": "Career Careers RenewalBurden TotalHours",
    "files": "catalog_ids load_catalog load_learner load_pathway load_timeline",
    "formats.documents": "format_learner format_pathway format_timeline parse_learner parse_pathway parse_timeline",
    "formats.facts": "facts",
    "formats.icalendar": "format_calendar",
    "model.credentials": "Credential",
    "model.differences": "CredentialDiff DeadlineDiff StepDiff TimelineDiff",
    "model.ends": "AgeEnd Case Cases EarliestOf IdleEnd LatestOf PaperEnd ReplacedEnd Until Validity",
    "model.facts": "FactKind PathwayFact",
    "model.learner": "Employment Fact Held HoursPeriod Learner Record",
    "model.not_taken": "Decider RouteNotTaken Standing",
    "model.pathway": "AbsencePolicy Cohort Cohorts Cost Pathway Source Step StepKind Sure",
    "model.requirements": "Aged AllOf AnyOf AtLeast Event HasFact Holds Located Needs Order Overlapping Work Worked",
    "model.sittings": "Cap PaidExtension Retakes Round",
    "model.timeline": "Cause Conflict ConflictKind Deadline DeadlineKind NoRouteError Notice NoticeKind PlannedStep "
    "Reason ReasonKind Reminder Renewal RunnerUp Status StepLoad Timeline TotalCost WeekLoad Why",
    "planning.agenda": "Agenda agenda",
    "planning.audit": "audit",
    "planning.front": "FrontRoute routes",
    "planning.objective": "Balanced",
    "planning.planner": "plan",
    "planning.reminders": "DEFAULT_POLICY Ladder ReminderPolicy reminders",
    "planning.repairs": "Repair RepairKind repairs",
    "planning.variants": "Variant VariantPlan WhatIf what_if",
    "planning.why_not": "why_not",
    "views.comparison": "ComparedPlan Comparison compare_plans",
    "views.markdown": "format_markdown",
    "views.page": "format_fragment format_page",
    "views.sentences": "why_lines why_not_lines",
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
    "AppliedOverlay",
    "Assessment",
    "AtLeast",
    "BackStage",
    "Balanced",
    "Before",
    "BirthMonthEnd",
    "Birthday",
    "Cap",
    "Career",
    "CareerPathError",
    "Careers",
    "Case",
    "Cases",
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
    "CredentialDiff",
    "CredentialEdit",
    "CreditCycle",
    "CreditKind",
    "CreditPeriod",
    "CreditRule",
    "CreditSlot",
    "CreditUnit",
    "Dates",
    "DayOfMonth",
    "DayOfYear",
    "DayRule",
    "Deadline",
    "DeadlineDiff",
    "DeadlineKind",
    "Decider",
    "DocumentError",
    "Duty",
    "DutyBy",
    "EarliestOf",
    "Early",
    "Edit",
    "Effort",
    "Employment",
    "Estimate",
    "Event",
    "EveryDay",
    "EveryYears",
    "Extension",
    "Fact",
    "FactKind",
    "Fault",
    "Fee",
    "FileError",
    "Filling",
    "FrontRoute",
    "Grace",
    "HasFact",
    "Held",
    "Holder",
    "Holds",
    "HolidayCalendar",
    "HoursPeriod",
    "IdleEnd",
    "InvalidValueError",
    "JointAssessment",
    "Ladder",
    "LatestOf",
    "Learner",
    "Ledger",
    "Located",
    "MissingExtraError",
    "Month",
    "MonthDay",
    "MonthEnd",
    "MonthsAfterBirthMonth",
    "Moved",
    "Needs",
    "NoRouteError",
    "Notice",
    "NoticeKind",
    "Occupation",
    "OccupationEdit",
    "Order",
    "Outlook",
    "Overlapping",
    "Overlay",
    "PaidExtension",
    "PaperEnd",
    "PaperUse",
    "Pathway",
    "PathwayFact",
    "Pay",
    "PlannedRenewal",
    "PlannedStep",
    "Proration",
    "Reason",
    "ReasonKind",
    "Record",
    "Recurrence",
    "Reminder",
    "ReminderPolicy",
    "Renewal",
    "RenewalBurden",
    "RenewalRule",
    "Repair",
    "RepairKind",
    "ReplacedEnd",
    "Retakes",
    "Round",
    "RouteNotTaken",
    "Rung",
    "RunnerUp",
    "SearchLimitError",
    "Setting",
    "Source",
    "Span",
    "Standing",
    "Status",
    "Step",
    "StepDiff",
    "StepEdit",
    "StepKind",
    "StepLoad",
    "Sure",
    "Timeline",
    "TimelineDiff",
    "TotalCost",
    "TotalHours",
    "UnknownIdError",
    "Until",
    "Validity",
    "Variant",
    "VariantPlan",
    "Way",
    "WayBy",
    "WeekLoad",
    "Weekday",
    "Weekdays",
    "WhatIf",
    "Why",
    "Within",
    "Work",
    "Workdays",
    "Worked",
    "WorkingDays",
    "YearlyWindow",
    "Years",
    "__version__",
    "agenda",
    "assess",
    "assess_all",
    "audit",
    "catalog_ids",
    "compare",
    "compare_plans",
    "cycles",
    "facts",
    "format_calendar",
    "format_fragment",
    "format_learner",
    "format_markdown",
    "format_page",
    "format_pathway",
    "format_timeline",
    "keep",
    "load_catalog",
    "load_learner",
    "load_pathway",
    "load_timeline",
    "parse_learner",
    "parse_pathway",
    "parse_timeline",
    "plan",
    "public_holidays",
    "read_ledger",
    "reminders",
    "repairs",
    "routes",
    "what_if",
    "why_lines",
    "why_not",
    "why_not_lines",
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
