"""What `credits` tells: how a ledger stands against the rule of a credential, for the cycle that runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, assert_never

from career_path.cli.terminal import BAD_INPUT, NO_PLAN, show_bytes, show_errors, show_text, terminal_style
from career_path.errors import DocumentError, Fault, FileError
from career_path.formats.gate import MOST_BYTES
from career_path.formats.ledger_csv import is_notice, read_ledger
from career_path.model.assessment import Assessment, JointAssessment
from career_path.model.credits import CreditCycle, CreditPeriod, CreditRule
from career_path.planning.credits import assess

__all__ = ["CreditsFormat", "show_credits", "show_joint_credits"]

CreditsFormat = Literal["table", "json", "markdown"]


def show_credits(
    rule: CreditRule, ledger: str, *, period: CreditPeriod, on: dt.date, title: str, shape: CreditsFormat
) -> int:
    """Show how a ledger file stands; 0 where the rule is met, 1 where something is missing, 2 where rows are bad.

    Bad rows are told one a line, and what the good ones give is shown all the same.

    Raises:
        FileError: the ledger cannot be read.
        DocumentError: nothing in it can be used.
        CreditLimitError: the best way to count was not proved.
    """
    found, faults = read_ledger(_read(ledger), name=ledger)
    assessment = assess(rule, found, period=period, on=on)
    _show(assessment, title, shape)
    return _ended(ledger, faults, is_met=assessment.is_met)


def show_joint_credits(cycles: Iterable[CreditCycle], ledger: str, *, on: dt.date, shape: CreditsFormat) -> int:
    """The same for several credentials that share a ledger file; 0 where all rules are met.

    Raises:
        FileError: the ledger cannot be read.
        DocumentError: nothing in it can be used.
        CreditLimitError: the best way to count was not proved.
    """
    from career_path.planning.joint_credits import assess_all  # noqa: PLC0415 (only several credentials need it)

    found, faults = read_ledger(_read(ledger), name=ledger)
    joint = assess_all(cycles, found, on=on)
    _show_joint(joint, shape)
    return _ended(ledger, faults, is_met=joint.is_met)


def _ended(ledger: str, faults: Iterable[Fault], *, is_met: bool) -> int:
    told = list(faults)
    show_errors(str(DocumentError((fault,), ledger)) for fault in told)
    if any(not is_notice(fault) for fault in told):
        return BAD_INPUT
    return 0 if is_met else NO_PLAN


def _read(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "is no name that a file can have"
        raise FileError(path, why) from None
    if len(data) > MOST_BYTES:
        raise FileError(path, f"larger than {MOST_BYTES:,} bytes")
    return data


def _show(assessment: Assessment, title: str, shape: CreditsFormat) -> None:
    # Each format is imported only when it is asked for.
    match shape:
        case "json":
            from career_path.formats.assessment_json import format_assessment  # noqa: PLC0415

            show_bytes(format_assessment(assessment).encode())
        case "markdown":
            from career_path.views.credits import credits_markdown  # noqa: PLC0415

            show_bytes(credits_markdown(assessment, title=title).encode())
        case "table":
            from career_path.views.credits import credits_text  # noqa: PLC0415

            show_text(credits_text(assessment, title=title, width=terminal_style()[0]))
        case _:  # pragma: no cover
            assert_never(shape)


def _show_joint(joint: JointAssessment, shape: CreditsFormat) -> None:
    match shape:
        case "json":
            from career_path.formats.assessment_json import format_joint_assessment  # noqa: PLC0415

            show_bytes(format_joint_assessment(joint).encode())
        case "markdown":
            from career_path.views.credits import joint_credits_markdown  # noqa: PLC0415

            show_bytes(joint_credits_markdown(joint).encode())
        case "table":
            from career_path.views.credits import joint_credits_text  # noqa: PLC0415

            show_text(joint_credits_text(joint, width=terminal_style()[0]))
        case _:  # pragma: no cover
            assert_never(shape)
