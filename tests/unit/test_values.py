"""Value classes: attrs sees them when they are first used, and nobody can tell."""

import copy
import inspect
import pickle
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest

from career_path.values import Value, frozen


@frozen
class Point(Value):
    x: int
    y: int = attrs.field(default=0, converter=int)
    note: str = attrs.field(default="", eq=False, kw_only=True)


@frozen
class Pixel(Point):
    color: str = "red"


@frozen(kw_only=True)
class Box(Value):
    width: int

    def __attrs_post_init__(self) -> None:
        if self.width < 0:
            raise ValueError(self.width)


def test_a_class_is_written_when_it_is_called() -> None:
    @frozen
    class Fresh(Value):
        x: int = attrs.field(converter=int)

    assert Fresh("7").x == 7


def test_a_class_is_written_when_attrs_is_asked_about_it() -> None:
    @frozen
    class Fresh(Value):
        x: int

    assert attrs.has(Fresh)
    assert [field.name for field in attrs.fields(Fresh)] == ["x"]


def test_a_class_is_written_when_it_is_asked_how_it_is_called() -> None:
    @frozen
    class Fresh(Value):
        x: int
        y: int = attrs.field(default=3, kw_only=True)

    assert list(inspect.signature(Fresh).parameters) == ["x", "y"]


def test_a_class_is_written_when_it_is_matched_by_position() -> None:
    @frozen
    class Fresh(Value):
        x: int
        y: int = attrs.field(default=3, kw_only=True)

    assert Fresh.__match_args__ == ("x",)


def test_a_class_that_comes_from_one_never_used_has_its_fields() -> None:
    @frozen
    class First(Value):
        x: int

    @frozen
    class Second(First):
        y: int

    class Third(Second):
        """Adds nothing."""

    third = Third(1, 2)
    assert (third.x, third.y) == (1, 2)
    assert repr(third).endswith("Third(x=1, y=2)")


def test_values_are_frozen() -> None:
    point = Point(1)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del point.x


def test_values_are_equal_and_hashed_by_class_and_compared_fields() -> None:
    assert Point(1, note="a") == Point(1, note="b")
    assert hash(Point(1, note="a")) == hash(Point(1, note="b"))
    assert Point(1) != Point(2)
    assert Point(1) != Pixel(1)
    assert Point(1) != 1
    assert repr(Pixel(1)) == "Pixel(x=1, y=0, color='red')"


def test_what_a_class_checks_itself_is_checked() -> None:
    with pytest.raises(ValueError, match="-1"):
        Box(width=-1)
    with pytest.raises(TypeError):
        Box(1)  # type: ignore[call-arg]


def test_a_pattern_takes_positions_and_names() -> None:
    match Pixel(1, 2, "blue"):
        case Pixel(x, y, color):
            assert (x, y, color) == (1, 2, "blue")
        case _:  # pragma: no cover
            pytest.fail("no match")


def test_values_survive_pickling_copying_and_evolving() -> None:
    pixel = Pixel(1, 2, "blue", note="kept")
    assert pickle.loads(pickle.dumps(pixel)).note == "kept"
    assert copy.deepcopy(pixel) == pixel
    assert attrs.evolve(pixel, x=5) == Pixel(5, 2, "blue")
    assert attrs.asdict(pixel) == {"x": 1, "y": 2, "note": "kept", "color": "blue"}


def test_many_threads_may_be_the_first_to_use_a_class() -> None:
    for _ in range(50):

        @frozen
        class Fresh(Value):
            x: int

        with ThreadPoolExecutor(8) as pool:
            assert {each.x for each in pool.map(Fresh, range(8))} == set(range(8))


def test_a_class_that_is_no_value_is_refused() -> None:
    with pytest.raises(TypeError, match="Plain is no Value"):

        @frozen
        class Plain:
            x: int


def test_only_what_is_a_value_has_fields() -> None:
    class Nothing(Value):
        """Not made with `frozen`."""

    assert not attrs.has(Nothing)
