"""How sources are told: their titles, how sure they are, and which of their addresses may be followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from career_path.model.pathway import Source, Sure
from career_path.views.plain import one_line

__all__ = ["checked_text", "source_title", "sure_text", "web_address"]

_SURE: Final[Mapping[Sure, str]] = {
    Sure.BODY: "the body itself",
    Sure.LAW: "law",
    Sure.SECONDARY: "a report by someone else",
    Sure.MEMORY: "memory",
}


def source_title(source: Source) -> str:
    """Title and publisher; the id of a source that has neither.

    >>> source_title(Source("A4", title="Recertification", publisher="AAMA"))
    'Recertification, AAMA'
    """
    return ", ".join(filter(None, (source.title, source.publisher))) or source.id


def sure_text(sure: Sure) -> str:
    """Where a fact is from.

    >>> sure_text(Sure.MEMORY)
    'memory'
    """
    return _SURE[sure]


def checked_text(source: Source) -> str:
    """When it was checked and, where the source says so itself, when it is to be checked again.

    >>> import datetime as dt
    >>> checked_text(Source("A4", checked=dt.date(2026, 11, 23), review="P6M")), checked_text(Source("A4"))
    ('checked 2026-11-23, again by 2027-05-23', 'not checked')
    """
    checked = f"checked {source.checked}" if source.checked else "not checked"
    day = None if source.review is None else source.review_day
    return checked if day is None else f"{checked}, again by {day}"


def web_address(address: str) -> str:
    """The address if a browser may follow it, one of the web with a host; else nothing, whatever kind it is.

    >>> web_address("https://www.aama-ntl.org/"), web_address("javascript:alert(1)")
    ('https://www.aama-ntl.org/', '')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_plain = one_line(address) == address and " " not in address
    return address if parts.scheme in {"http", "https"} and parts.netloc and is_plain else ""
