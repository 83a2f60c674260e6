"""The ways to renew a credential: what each asks for, and how long it takes."""

from __future__ import annotations

from enum import StrEnum

import attrs

from career_path.days.durations import Effort, PlainDuration
from career_path.errors import InvalidValueError
from career_path.model.choices import to_choice
from career_path.model.fees import Fee, to_fees
from career_path.model.leads import Lead, Wait, to_optional_lead, to_optional_wait
from career_path.model.text import CredentialId, SourceId, check_id, check_text, to_source_ids
from career_path.values import Value, frozen

__all__ = ["Way", "WayKind"]


class WayKind(StrEnum):
    """What a way to renew asks for."""

    CREDITS = "credits"
    EXAM = "exam"
    PAPER = "paper"
    FORM = "form"


def _way_kind(value: WayKind | str) -> WayKind:
    return to_choice(WayKind, value, "kind")


def _way_id(value: str) -> str:
    return check_id(value)


def _takes(value: PlainDuration | str | None) -> PlainDuration | None:
    return value if isinstance(value, Effort) else to_optional_wait(value)


def _optional_credential(value: str | None) -> CredentialId | None:
    return None if value is None else CredentialId(check_id(value, "credential"))


def _title(value: str) -> str:
    return check_text(value, "title")


def _note(value: str) -> str:
    return check_text(value, "note")


@frozen
class Way(Value):
    """One of several ways to renew: done `before` the last day, applied for `apply` before that.

    It can be begun from the day `opens` before the last day on (else from when the window of the rule opens), its work
    `takes` so long, and it counts `results` after it is done, which must be by the last day. A way that names another
    `credential` is done when that one is renewed or earned; with `is_automatic` what is on record of that one counts
    for this one without more.

    >>> Way("exam", kind="exam", before="P2M", apply="P30D").id
    'exam'

    Raises:
        InvalidValueError: lengths that lead back (code `negative`), or automatic without a credential (`missing`).
    """

    id: str = attrs.field(converter=_way_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    kind: WayKind = attrs.field(default=WayKind.FORM, converter=_way_kind, kw_only=True)
    opens: Lead | None = attrs.field(default=None, converter=to_optional_lead, kw_only=True)
    before: Lead | None = attrs.field(default=None, converter=to_optional_lead, kw_only=True)
    apply: Lead | None = attrs.field(default=None, converter=to_optional_lead, kw_only=True)
    takes: PlainDuration | None = attrs.field(default=None, converter=_takes, kw_only=True)
    results: Wait | None = attrs.field(default=None, converter=to_optional_wait, kw_only=True)
    credential: CredentialId | None = attrs.field(default=None, converter=_optional_credential, kw_only=True)
    is_automatic: bool = attrs.field(default=False, kw_only=True)
    fee: tuple[Fee, ...] = attrs.field(default=(), converter=to_fees, kw_only=True)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids, kw_only=True)
    note: str = attrs.field(default="", converter=_note, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.is_automatic and self.credential is None:
            raise InvalidValueError("missing", "credential", "an automatic way alone", "the credential that renews it")
