"""The templates of the page, and the one gate that every text passes on its way into them (needs the extra `html`)."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Final

from career_path.errors import MissingExtraError
from career_path.views.plain import day_text, one_line

try:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup, escape
except ImportError:
    raise MissingExtraError("a plan as HTML", "html") from None

__all__ = ["environment", "style"]


@cache
def environment() -> Environment:
    """Where the templates are, with escaping always on."""
    made = Environment(
        loader=PackageLoader("career_path.views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_made_safe,
    )
    made.filters.update(day=_day, plain_day=day_text, free=_free, said=_said)
    return made


def style(*names: str) -> Markup:
    """Our own style sheets as they are: they hold nothing of any plan."""
    loader, templates = PackageLoader("career_path.views"), environment()
    return Markup("").join(Markup(loader.get_source(templates, name)[0]) for name in names)  # noqa: S704 (our own file)


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
