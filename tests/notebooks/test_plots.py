"""Pictures: what is drawn where, read back from the axes; days are those of a plan written by hand."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import warnings
from typing import Any

import attrs
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from career_path.errors import MissingExtraError
from career_path.model.timeline import Timeline
from career_path.views.plots import plot
from notebooks.plans import EMPTY, PLAN

EPOCH = dt.date(1970, 1, 1)
NASTY = ["$100 or $200", r"\frac{1}{0}", "<script>alert(1)</script>", "x" * 5000, "\u202eabc", "", "\n\t", "a\x00b"]


def bars(ax: Axes, row: int) -> list[tuple[dt.date, dt.date]]:
    """From when to when the bars of a row run, in the order in which they were drawn."""
    found = [each for each in ax.patches if isinstance(each, Rectangle) and abs(middle(each) - row) < 0.01]
    return [(day(each.get_x()), day(each.get_x() + each.get_width())) for each in found]


def middle(bar: Rectangle) -> float:
    return bar.get_y() + bar.get_height() / 2


def day(number: float) -> dt.date:
    return EPOCH + dt.timedelta(days=float(number))


def marks(ax: Axes, shape: str) -> list[tuple[dt.date, int]]:
    """The markers of a shape: their days and rows."""
    lines = [line for line in ax.lines if line.get_marker() == shape]
    return [
        (day(float(np.asarray(line.get_xdata())[0])), round(float(np.asarray(line.get_ydata())[0]))) for line in lines
    ]


def texts(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def labels(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def legend(ax: Axes) -> list[str]:
    found = ax.get_legend()
    assert found is not None
    return [text.get_text() for text in found.get_texts()]


def picture(ax: Axes) -> Image.Image:
    show: Any = ax
    data, size = show._repr_png_()
    drawn = Image.open(io.BytesIO(data)).convert("RGB")
    assert (drawn.width, drawn.height) == (2 * size["width"], 2 * size["height"]), "twice as fine as it is wide"
    return drawn


def with_titles(title: str) -> Timeline:
    return attrs.evolve(PLAN, title=title, steps=tuple(attrs.evolve(step, title=title) for step in PLAN.steps))


def test_a_row_for_each_step_from_top_to_bottom() -> None:
    ax = plot(PLAN)
    assert labels(ax) == ["✓ School", "Course", "exam", "Job"]
    top, bottom = ax.get_ylim()[1], ax.get_ylim()[0]
    assert top < 0
    assert bottom > 3


def test_a_running_step_is_done_up_to_today_and_outlined_where_it_has_least_slack() -> None:
    begin, today, end = dt.date(2026, 12, 1), dt.date(2027, 1, 4), dt.date(2027, 2, 1)
    ax = plot(PLAN)
    assert bars(ax, 1) == [(begin, today), (today, end), (begin, end)]
    hatched = [each for each in ax.patches if each.get_hatch()]
    assert [round(middle(each)) for each in hatched if isinstance(each, Rectangle)] == [1]


def test_slack_runs_on_from_the_finish_to_the_latest_one() -> None:
    ax = plot(PLAN)
    assert bars(ax, 2) == [(dt.date(2027, 2, 1), dt.date(2027, 3, 1))]
    assert bars(ax, 3) == []


def test_a_step_without_length_is_a_diamond() -> None:
    assert marks(plot(PLAN), "D") == [(dt.date(2026, 6, 1), 0), (dt.date(2027, 2, 1), 2), (dt.date(2027, 3, 1), 3)]


def test_today_is_a_line_and_deadlines_of_steps_are_triangles() -> None:
    ax = plot(PLAN)
    assert [day(line.get_xdata()[0]) for line in ax.lines if line.get_linestyle() == "--"] == [PLAN.today]  # type: ignore[index, arg-type]
    assert marks(ax, "v") == [(dt.date(2027, 1, 14), 2)]


def test_days_are_told_with_the_year_where_there_is_more_than_one() -> None:
    assert texts(plot(PLAN)) == ["1 Jun 2026", "1 Dec 2026 – 1 Feb 2027", "1 Feb 2027", "1 Mar 2027"]
    within = attrs.evolve(PLAN, steps=PLAN.steps[2:])
    assert texts(plot(within)) == ["1 Feb", "1 Mar"]


def test_expiries_are_rows_of_their_own_through_their_last_day() -> None:
    ax = plot(PLAN, expiries=True)
    assert labels(ax)[-2:] == ["Card (BOARD)", "letter"]
    assert texts(ax)[-2:] == ["through 28 Feb 2029", "no end date in this pathway"]
    assert bars(ax, 4) == [(dt.date(2027, 2, 1), dt.date(2029, 3, 1))]
    assert bars(ax, 5) == [(dt.date(2027, 2, 1), dt.date(2029, 3, 1))], "to the edge of what is shown"


def test_the_legend_names_what_is_drawn_and_nothing_else() -> None:
    common = ["least slack", "may slip until here", "done"]
    assert legend(plot(PLAN)) == [*common, "deadline", "today, 4 Jan 2027"]
    assert legend(plot(PLAN, expiries=True)) == [*common, "valid", "deadline", "today, 4 Jan 2027"]
    assert legend(plot(EMPTY)) == ["today, 4 Jan 2027"]


def test_the_title_tells_the_finish_or_that_there_is_no_plan() -> None:
    assert plot(PLAN).get_title(loc="left") == "Nurse: done by 1 Mar 2027"
    assert plot(EMPTY).get_title(loc="left") == "Nurse: no plan"


def test_long_titles_are_broken_into_two_lines_and_then_cut() -> None:
    label = labels(plot(with_titles("A course that prepares for the state examination in nursing, part one")))[1]
    assert label.count("\n") == 1
    assert label.endswith(" …")
    assert max(map(len, label.splitlines())) <= 26


def test_what_was_done_long_ago_stands_at_the_edge_and_squeezes_nothing() -> None:
    old = attrs.evolve(PLAN.steps[0], finish=dt.date(2009, 6, 1))
    ax = plot(attrs.evolve(PLAN, steps=(old, *PLAN.steps[1:])))
    assert texts(ax)[0] == "← 1 Jun 2009"
    assert day(ax.get_xlim()[0]) > dt.date(2026, 11, 1)


def test_a_plan_of_nothing_but_the_past_is_shown_from_its_beginning() -> None:
    ax = plot(attrs.evolve(PLAN, today=dt.date(2040, 1, 1), steps=PLAN.steps[:1]))
    assert marks(ax, "D") == [(dt.date(2026, 6, 1), 0)]
    assert day(ax.get_xlim()[0]) < dt.date(2026, 6, 1)


@pytest.mark.parametrize("timeline", [PLAN, EMPTY], ids=["full", "empty"])
def test_a_notebook_gets_a_picture_that_is_not_blank(timeline: Timeline) -> None:
    pixels = np.asarray(picture(plot(timeline)))
    assert pixels.shape[1] == 2000
    assert 0.002 < (pixels != 255).any(axis=2).mean() < 0.5


def test_axes_of_the_caller_are_drawn_on_and_handed_back() -> None:
    figure = Figure()
    ax = figure.add_subplot()
    assert plot(PLAN, ax=ax) is ax
    assert figure.axes == [ax]
    assert labels(ax)[1] == "Course"


def test_no_figure_is_left_behind_in_pyplot() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from plans import PLAN; "
        "from career_path.views.plots import plot; plot(PLAN); assert 'matplotlib.pyplot' not in sys.modules; "
        "import matplotlib.pyplot as p; plot(PLAN); sys.exit(len(p.get_fignums()))"
    )
    folder = __file__.rpartition("/")[0]
    assert subprocess.run([sys.executable, "-c", code, folder], check=False).returncode == 0


@pytest.mark.parametrize("title", NASTY)
def test_a_title_is_text_whatever_it_holds(title: str) -> None:
    ax = plot(with_titles(title))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font")
        drawn = picture(ax)
    assert drawn.width == 2000
    assert all(character.isprintable() or character == "\n" for label in labels(ax) for character in label)


def test_dollar_signs_make_no_formula() -> None:
    ax = plot(with_titles("$100 or $200"))
    assert not any(label.get_parse_math() for label in ax.get_yticklabels())
    assert labels(ax)[1] == "$100 or $200"


@pytest.mark.parametrize("on", [dt.date.min, dt.date.max])
def test_the_first_and_the_last_day_of_all_can_be_drawn(on: dt.date) -> None:
    step = attrs.evolve(PLAN.steps[3], start=on, finish=on, latest_start=on, latest_finish=on)
    ax = plot(attrs.evolve(PLAN, today=on, finish=on, steps=(step,), deadlines=(), renewals=()))
    assert marks(ax, "D") == [(on, 0)]
    assert picture(ax).width == 2000


def test_a_plan_of_many_steps_still_fits_into_a_picture() -> None:
    # Two hundred dots an inch, and matplotlib draws at most 65,535 in each direction.
    figure = plot(attrs.evolve(PLAN, steps=PLAN.steps[3:] * 300)).get_figure(root=True)
    assert figure is not None
    assert figure.get_size_inches().tolist() == [10.0, 120.0]


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "career_path.views.plots")
    with pytest.raises(MissingExtraError, match=r"a plan as a picture needs the extra 'plot': pip install"):
        __import__("career_path.views.plots")
