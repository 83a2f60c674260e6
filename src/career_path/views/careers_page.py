"""Careers side by side as a page of HTML: one file without script or anything from elsewhere."""

from __future__ import annotations

import base64
import hashlib

from career_path.model.careers import Careers
from career_path.version import VERSION
from career_path.views.careers import parts_of, title_of
from career_path.views.careers_notes import CHECK, limits_of, notes_of
from career_path.views.sources import source_title, web_address

__all__ = ["careers_page"]


def careers_page(careers: Careers) -> str:
    """The careers as one HTML document; the same careers give the same text.

    Raises:
        MissingExtraError: the extra `html` is not installed.

    >>> import datetime as dt
    >>> none = Careers(learner="me", today=dt.date(2027, 1, 4), horizon=dt.date(2037, 1, 4), careers=())
    >>> careers_page(none).splitlines()[:2]
    ['<!doctype html>', '<html lang="en">']
    """
    from career_path.views.page_templates import environment, style  # noqa: PLC0415 (needs jinja2, which is optional)

    styles = style("page.css")
    return (
        environment()
        .get_template("careers.html")
        .render(
            careers=careers,
            title=title_of(careers),
            parts=list(parts_of(careers)) if careers.careers else [],
            limits=[(each.name, told) for each in careers.careers if (told := list(limits_of(each)))],
            sources=_sources(careers),
            notes=[each for each in notes_of(careers) if each != CHECK],
            check=CHECK,
            version=VERSION,
            style=styles,
            style_hash=base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode(),
        )
    )


def _sources(careers: Careers) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each career the titles of what pay and outlook rest on, with those addresses that may be followed."""
    told: list[tuple[str, list[tuple[str, str]]]] = []
    for career in careers.careers:
        occupation = career.occupation
        parts = () if occupation is None else (occupation, occupation.pay, occupation.outlook)
        ids = dict.fromkeys(each for part in parts if part is not None for each in part.sources)
        cited = [career.pathway.source(each) for each in ids]
        if cited:
            told.append((career.name, [(source_title(each), web_address(each.address)) for each in cited]))
    return told
