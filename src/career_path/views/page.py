"""A plan as a page of HTML: one file without script or anything from elsewhere, for phone, desk, paper and mail.

Every text passes one gate on its way into the page (`one_line`, then escaping), and free text is isolated, so that
no title can change a tag, carry a control character, or turn around what stands beside it.
"""

from __future__ import annotations

import base64
import hashlib

from career_path.model.timeline import Timeline
from career_path.views.page_content import content_of

__all__ = ["format_fragment", "format_page"]


def format_page(timeline: Timeline) -> str:
    """The plan as one HTML document; the same timeline gives the same text.

    Raises:
        MissingExtraError: the extra `html` is not installed.

    >>> import datetime as dt
    >>> from decimal import Decimal
    >>> from career_path.model.timeline import TotalCost
    >>> day, cost = dt.date(2027, 1, 4), TotalCost(amount=Decimal(0), currency="USD")
    >>> plan = Timeline(pathway="p", title="Nurse", learner="me", today=day, horizon=day, finish=None, cost=cost)
    >>> format_page(plan).splitlines()[:2]
    ['<!doctype html>', '<html lang="en">']
    """
    from career_path.views.page_templates import environment, style  # noqa: PLC0415 (needs jinja2, which is optional)

    styles = style("picture.css", "page.css")
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    return (
        environment()
        .get_template("page.html")
        .render(plan=content_of(timeline), timeline=timeline, style=styles, style_hash=digest)
    )


def format_fragment(timeline: Timeline) -> str:
    """The plan as a card to be shown inside another page, such as a notebook: its finish, steps and timeline.

    It has no ids and names its styles after itself, so that several stand in one page without meeting.

    Raises:
        MissingExtraError: the extra `html` is not installed.

    >>> import datetime as dt
    >>> from decimal import Decimal
    >>> from career_path.model.timeline import TotalCost
    >>> day, cost = dt.date(2027, 1, 4), TotalCost(amount=Decimal(0), currency="USD")
    >>> plan = Timeline(pathway="p", title="Nurse", learner="me", today=day, horizon=day, finish=None, cost=cost)
    >>> format_fragment(plan).splitlines()[0]
    '<div class="career-path career-path-card">'
    """
    from career_path.views.page_templates import environment, style  # noqa: PLC0415 (needs jinja2, which is optional)

    styles = style("picture.css", "fragment.css")
    rendered = (
        environment().get_template("fragment.html").render(plan=content_of(timeline), timeline=timeline, style=styles)
    )
    return f"{rendered.strip()}\n"
