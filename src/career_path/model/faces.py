"""How plans and pathways show themselves: short names for functions of the layer above, imported when called.

This is the one place where an import points upwards. A notebook asks the value in a cell for its face, and people look
for a frame or a picture of a plan at the plan.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, Protocol, cast, overload

if TYPE_CHECKING:
    from fractions import Fraction

    import pandas as pd
    import polars as pl
    from matplotlib.axes import Axes

    from career_path.days.spans import Span
    from career_path.model.careers import Career, Careers
    from career_path.model.pathway import Pathway
    from career_path.model.timeline import Timeline

__all__ = ["CareerFaces", "CareersFaces", "PathwayFaces", "Printer", "TimelineFaces"]

Rows = Literal["steps", "deadlines", "renewals", "reminders"]


class Printer(Protocol):
    """What IPython hands over to be written to."""

    def text(self, obj: str) -> None:
        """Write a text."""


class TimelineFaces:
    """The faces of a timeline."""

    __slots__ = ()

    @overload
    def to_frame(self, *, library: Literal["pandas"] = "pandas", what: Rows = "steps") -> pd.DataFrame: ...
    @overload
    def to_frame(self, *, library: Literal["polars"], what: Rows = "steps") -> pl.DataFrame: ...
    def to_frame(
        self, *, library: Literal["pandas", "polars"] = "pandas", what: Rows = "steps"
    ) -> pd.DataFrame | pl.DataFrame:
        """The plan as a data frame: a row for each step or, as `what` says, deadline, renewal or reminder.

        The columns are those of `career_path.views.frames.to_frame`.

        Raises:
            MissingExtraError: the library is not installed.
            InvalidValueError: another library or other rows.
        """
        from career_path.views.frames import to_frame  # noqa: PLC0415 (see the module)

        if library == "polars":
            return to_frame(cast("Timeline", self), library=library, what=what)
        return to_frame(cast("Timeline", self), library=library, what=what)

    def plot(self, *, ax: Axes | None = None, expiries: bool = False) -> Axes:
        """The plan drawn with matplotlib, on `ax` or on a new figure; with `expiries` also how long papers hold.

        Raises:
            MissingExtraError: matplotlib is not installed.
        """
        from career_path.views.plots import plot  # noqa: PLC0415 (see the module)

        return plot(cast("Timeline", self), ax=ax, expiries=expiries)

    def _repr_html_(self) -> str:
        from career_path.views.notebook import timeline_html  # noqa: PLC0415 (see the module)

        return timeline_html(cast("Timeline", self))

    def _repr_pretty_(self, printer: Printer, _is_cycle: bool) -> None:  # noqa: FBT001 (IPython calls it so)
        from career_path.views.notebook import timeline_text  # noqa: PLC0415 (see the module)

        printer.text(timeline_text(cast("Timeline", self)))


class PathwayFaces:
    """The faces of a pathway."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from career_path.views.notebook import pathway_html  # noqa: PLC0415 (see the module)

        return pathway_html(cast("Pathway", self))

    def _repr_pretty_(self, printer: Printer, _is_cycle: bool) -> None:  # noqa: FBT001 (IPython calls it so)
        from career_path.views.outline import pathway_text  # noqa: PLC0415 (see the module)

        printer.text(pathway_text(cast("Pathway", self)).rstrip("\n"))


class CareerFaces:
    """What one career is asked for again and again."""

    __slots__ = ()

    def earned_by(self, horizon: dt.date | Span | str) -> Fraction | None:
        """What `earned` would be by another day, or so long after the plan's today, without planning again.

        Raises:
            InvalidValueError: no day or length, or one before today.

        >>> from career_path import Learner, Occupation, Pathway, Pay, Step, compare
        >>> aide = Occupation("aide", pay=Pay(median="36524.25"))
        >>> path = Pathway("p", goal="job", steps=[Step("job", kind="job", occupation="aide")], occupations=[aide])
        >>> career = compare([path], Learner(), today=dt.date(2027, 1, 4)).careers[0]
        >>> career.earned_by("P1D"), career.earned_by(dt.date(2027, 1, 6))
        (Fraction(100, 1), Fraction(200, 1))
        """
        from career_path.planning.careers import to_horizon  # noqa: PLC0415 (see the module)
        from career_path.planning.pay import earned_by  # noqa: PLC0415 (see the module)

        career = cast("Career", self)
        day = to_horizon(horizon, today=career.timeline.today)
        return None if career.timeline.finish is None else earned_by(day, career.pathway, career.timeline)


class CareersFaces:
    """The faces of careers side by side."""

    __slots__ = ()

    @overload
    def to_frame(self, *, library: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
    @overload
    def to_frame(self, *, library: Literal["polars"]) -> pl.DataFrame: ...
    def to_frame(self, *, library: Literal["pandas", "polars"] = "pandas") -> pd.DataFrame | pl.DataFrame:
        """The careers as a data frame, a row for each; the columns are those of `career_path.views.careers_frame`.

        Raises:
            MissingExtraError: the library is not installed.
            InvalidValueError: another library.
        """
        from career_path.views.careers_frame import careers_frame  # noqa: PLC0415 (see the module)

        if library == "polars":
            return careers_frame(cast("Careers", self), library=library)
        return careers_frame(cast("Careers", self), library=library)

    def __str__(self) -> str:
        from career_path.views.careers import careers_text  # noqa: PLC0415 (see the module)

        return careers_text(cast("Careers", self)).rstrip("\n")

    def to_markdown(self) -> str:
        """The careers as a table of Markdown, and below it what each occupation does and may not do."""
        from career_path.views.careers import careers_markdown  # noqa: PLC0415 (see the module)

        return careers_markdown(cast("Careers", self))

    def to_page(self) -> str:
        """The careers as one HTML document.

        Raises:
            MissingExtraError: the extra `html` is not installed.
        """
        from career_path.views.careers_page import careers_page  # noqa: PLC0415 (see the module)

        return careers_page(cast("Careers", self))

    def _repr_html_(self) -> str:
        from career_path.views.careers import careers_html  # noqa: PLC0415 (see the module)

        return careers_html(cast("Careers", self))

    def _repr_pretty_(self, printer: Printer, _is_cycle: bool) -> None:  # noqa: FBT001 (IPython calls it so)
        printer.text(str(self))
