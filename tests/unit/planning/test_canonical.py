import datetime as dt
from decimal import Decimal

from career_path.model.learner import Learner
from career_path.model.pathway import Pathway, Step
from career_path.planning.canonical import input_hash


class Name(str):
    """A text of the caller's own class."""

    __slots__ = ()


PATHWAY = Pathway("p", goal="a", steps=[Step("a")])


def hashed(*question: object) -> str:
    return input_hash(PATHWAY, Learner(), *question)


def test_values_of_one_text_and_different_kinds_have_different_hashes() -> None:
    day = dt.date(2027, 1, 4)
    told = [hashed(each) for each in (None, 1, True, "1", Name("1"), Decimal(1), day, (1,), ("1",))]
    assert len(set(told)) == len(told)


def test_the_order_of_a_tuple_changes_no_hash() -> None:
    assert hashed(("a", "b")) == hashed(("b", "a"))
    assert hashed(("a", "b")) != hashed(("a",))
