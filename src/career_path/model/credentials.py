"""What a step grants: who issues it, how long it holds, how it is renewed, what its holder has to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from career_path.errors import InvalidValueError
from career_path.model.ends import End, Until, Validity, check_end
from career_path.model.parts import check_part, check_parts
from career_path.model.renewal import Change, Duty, Extension, Method, RenewalRule
from career_path.model.text import CredentialId, SourceId, check_id, check_text, to_source_ids
from career_path.values import Value, frozen

__all__ = ["Credential", "Until", "Validity"]


def _title(value: str) -> str:
    return check_text(value, "title")


def _note(value: str) -> str:
    return check_text(value, "note")


def _optional_end(value: End | None) -> End | None:
    return None if value is None else check_end(value, "valid")


def _renewal(value: RenewalRule | None) -> RenewalRule | None:
    return None if value is None else check_part(value, RenewalRule, "renewal")


def _duties(values: Iterable[Duty]) -> tuple[Duty, ...]:
    return check_parts(values, Duty, "duties")


def _changes(values: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(check_parts(values, Change, "changes"), key=lambda change: change.since))


def _extensions(values: Iterable[Extension]) -> tuple[Extension, ...]:
    return check_parts(values, Extension, "extended")


def _credential_id(value: str) -> CredentialId:
    return CredentialId(check_id(value))


def _issuer(value: str) -> str:
    return check_text(value, "issuer")


def _letters(value: str) -> str:
    return check_text(value, "letters")


@frozen
class Credential(Value):
    """What a step grants. Without `valid` it never ends. Identity is issuer and credential, never the letters.

    Without `renewal` it may be renewed on any day of its validity, and no deadline before its last day is known.
    `duties` run on clocks of their own, `changes` are rules that came later, by their day; `extended` are last days
    that the issuer put off for all.

    >>> Credential("bls", title="BLS card", valid=Validity(span="P2Y")).name
    'BLS card'
    """

    id: CredentialId = attrs.field(converter=_credential_id)
    title: str = attrs.field(default="", converter=_title, kw_only=True)
    issuer: str = attrs.field(default="", converter=_issuer, kw_only=True)
    letters: str = attrs.field(default="", converter=_letters, kw_only=True)
    valid: End | None = attrs.field(default=None, converter=_optional_end, kw_only=True)
    renewal: RenewalRule | None = attrs.field(default=None, converter=_renewal, kw_only=True)
    duties: tuple[Duty, ...] = attrs.field(default=(), converter=_duties, kw_only=True)
    changes: tuple[Change, ...] = attrs.field(default=(), converter=_changes, kw_only=True)
    extended: tuple[Extension, ...] = attrs.field(default=(), converter=_extensions, kw_only=True)
    sources: tuple[SourceId, ...] = attrs.field(default=(), converter=to_source_ids, kw_only=True)
    note: str = attrs.field(default="", converter=_note, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.renewal is not None and self.valid is None and not self.changes:
            raise InvalidValueError("missing", "valid", "a renewal of what never ends", "when it ends, or 'duties'")
        for where, end, rule in self._versions():
            is_fixed = rule is not None and rule.method is Method.FIXED_DATE
            if is_fixed and not (isinstance(end, Validity) and end.is_rolled):
                expected = "'valid' with a span (the least active period) and until = a day rule"
                raise InvalidValueError("no-fixed-date", f"{where}renewal.method", "'fixed-date'", expected)

    def _versions(self) -> Iterator[tuple[str, End | None, RenewalRule | None]]:
        """What holds at first and after each change, with the path of what changed."""
        end, rule = self.valid, self.renewal
        yield "", end, rule
        for index, change in enumerate(self.changes):
            end, rule = change.valid or end, change.renewal or rule
            yield f"changes[{index}].", end, rule

    @property
    def name(self) -> str:
        """How people call it: letters and issuer, else the title, else the id.

        >>> Credential("cma-aama", letters="CMA", issuer="AAMA").name
        'CMA (AAMA)'
        """
        if self.letters and self.issuer:
            return f"{self.letters} ({self.issuer})"
        return self.title or self.letters or self.id
