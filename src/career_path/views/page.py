"""A plan as a page of HTML: one file without script or anything from elsewhere, for phone, desk, paper and mail.

Every text passes one gate on its way into the page (`one_line`, then escaping), and free text is isolated, so that
no title can change a tag, carry a control character, or turn around what stands beside it.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from functools import cache
from typing import Final

from career_path.errors import MissingExtraError
from career_path.model.timeline import Timeline
from career_path.views.page_content import content_of
from career_path.views.plain import day_text, one_line

try:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup, escape
except ImportError:
    raise MissingExtraError("a plan as HTML", "html") from None

__all__ = ["format_fragment", "format_page"]


def format_page(timeline: Timeline) -> str:
    """The plan as one HTML document; the same timeline gives the same text.

    Raises:
        MissingExtraError: on import of this module, without the extra `html`.

    >>> from decimal import Decimal
    >>> from career_path.model.timeline import TotalCost
    >>> day, cost = dt.date(2027, 1, 4), TotalCost(amount=Decimal(0), currency="USD")
    >>> plan = Timeline(pathway="p", title="Nurse", learner="me", today=day, horizon=day, finish=None, cost=cost)
    >>> format_page(plan).splitlines()[:2]
    ['<!doctype html>', '<html lang="en">']
    """
    style = _style("picture.css", "page.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("page.html")
        .render(plan=content_of(timeline), timeline=timeline, style=style, style_hash=digest)
    )


def format_fragment(timeline: Timeline) -> str:
    """The plan as a card to be shown inside another page, such as a notebook: its finish, steps and timeline.

    It has no ids and names its styles after itself, so that several stand in one page without meeting.

    >>> from decimal import Decimal
    >>> from career_path.model.timeline import TotalCost
    >>> day, cost = dt.date(2027, 1, 4), TotalCost(amount=Decimal(0), currency="USD")
    >>> plan = Timeline(pathway="p", title="Nurse", learner="me", today=day, horizon=day, finish=None, cost=cost)
    >>> format_fragment(plan).splitlines()[0]
    '<div class="career-path career-path-card">'
    """
    style = _style("picture.css", "fragment.css")
    rendered = (
        _environment().get_template("fragment.html").render(plan=content_of(timeline), timeline=timeline, style=style)
    )
    return f"{rendered.strip()}\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("career_path.views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_made_safe,
    )
    environment.filters.update(day=_day, plain_day=day_text, free=_free, said=_said)
    return environment


def _style(*names: str) -> Markup:
    """Our own style sheets as they are: they hold nothing of any plan."""
    loader, environment = PackageLoader("career_path.views"), _environment()
    return Markup("").join(Markup(loader.get_source(environment, name)[0]) for name in names)  # noqa: S704 (our own file)


def _made_safe(value: object) -> object:
    """What may stand in the page: text on one line without control characters, and markup that we made of such."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _day(day: dt.date | None) -> Markup:
    """A day for people and programs; nothing for None."""
    return Markup() if day is None else Markup('<time datetime="{}">{}</time>').format(day.isoformat(), day_text(day))


def _free(text: str) -> Markup:
    """A text that others wrote, of unknown direction."""
    return Markup("<bdi>{}</bdi>").format(one_line(text))


_QUOTED: Final = re.compile("(?<=“)[^“”]*(?=”)")


def _said(sentence: str) -> Markup:
    """A sentence of ours, in which each quoted name is isolated."""
    line = one_line(sentence)
    parts, end = [Markup()], 0
    for match in _QUOTED.finditer(line):
        parts += [escape(line[end : match.start()]), _free(match[0])]
        end = match.end()
    return Markup('<bdi dir="ltr">{}</bdi>').format(Markup().join((*parts, escape(line[end:]))))
