import copy
import datetime as dt
import pickle
from fractions import Fraction

import attrs
import pytest

from career_path import errors
from career_path.errors import (
    CareerPathError,
    DocumentError,
    Fault,
    FileError,
    InvalidValueError,
    MissingExtraError,
    SearchLimitError,
    UnknownIdError,
    nearest_name,
    quoted,
)

FAULTS = (Fault("missing", "goal", "nothing", "a requirement"), Fault("unknown-id", "", "'jbo'", "a step", "job"))
EXAMPLES: list[tuple[CareerPathError, type[Exception], str]] = [
    (
        DocumentError(FAULTS, "nurse.toml"),
        ValueError,
        (
            "nurse.toml: goal: missing: found nothing; expected a requirement\n"
            "nurse.toml: document: unknown-id: found 'jbo'; expected a step; did you mean 'job'?"
        ),
    ),
    (InvalidValueError("negative", "", "-3", "0 or more"), ValueError, "value: negative: found -3; expected 0 or more"),
    (
        InvalidValueError("not-a-choice", "kind", "'exma'", "exam or job", "exam"),
        ValueError,
        "kind: not-a-choice: found 'exma'; expected exam or job; did you mean 'exam'?",
    ),
    (UnknownIdError("step", "exma", ("exam", "job")), LookupError, "there is no step 'exma'; did you mean 'exam'?"),
    (UnknownIdError("step", "x"), LookupError, "there is no step 'x'"),
    (
        SearchLimitError(1_000),
        RuntimeError,
        (
            "more than 1000 choices had to be compared, so the best route was not proved; choose or avoid some "
            "steps, raise max_routes, or install the solver for hard choices: pip install 'career-path[solver]'"
        ),
    ),
    (
        MissingExtraError("writing TOML", "toml"),
        ImportError,
        "writing TOML needs the extra 'toml': pip install 'career-path[toml]'",
    ),
    (FileError("plan.json", "the folder cannot be written"), OSError, "plan.json: the folder cannot be written"),
]
IDS = [f"{number} {type(error).__name__}" for number, (error, _, _) in enumerate(EXAMPLES)]


@pytest.mark.parametrize(("error", "builtin", "message"), EXAMPLES, ids=IDS)
def test_an_error_is_ours_and_the_one_a_caller_expects(
    error: CareerPathError, builtin: type[Exception], message: str
) -> None:
    assert isinstance(error, CareerPathError)
    assert isinstance(error, builtin)
    assert str(error) == message


@pytest.mark.parametrize("error", [error for error, _, _ in EXAMPLES], ids=IDS)
def test_an_error_survives_pickling_and_copying_with_its_data(error: CareerPathError) -> None:
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        for field in attrs.fields(type(error)):  # type: ignore[arg-type]
            assert getattr(twin, field.name) == getattr(error, field.name)


def test_every_class_of_error_has_an_example_here() -> None:
    classes = {
        cls
        for name in errors.__all__
        if isinstance(cls := getattr(errors, name), type) and issubclass(cls, CareerPathError)
    }
    assert classes == {CareerPathError, *(type(error) for error, _, _ in EXAMPLES)}


def test_an_error_can_be_raised_with_a_traceback_and_a_cause() -> None:
    with pytest.raises(LookupError) as caught:
        raise UnknownIdError("step", "x") from KeyError("x")
    assert isinstance(caught.value.__cause__, KeyError)
    assert caught.value.__traceback__ is not None


def test_an_invalid_value_is_also_a_fault_to_tell_with_others() -> None:
    assert InvalidValueError("negative", "hours", "-3", "0 or more", "3").fault == Fault(
        "negative", "hours", "-3", "0 or more", "3"
    )


def test_a_fault_is_frozen_and_hashable() -> None:
    assert len({FAULTS[0], attrs.evolve(FAULTS[0])}) == 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        FAULTS[0].code = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("job", "'job'"),
        ("it's", '"it\'s"'),
        ("a\nb", "'a\\nb'"),
        ("\x1b[31m", "'\\x1b[31m'"),
        ("é\u202e", "'\\xe9\\u202e'"),
        ("a" * 60, "'" + "a" * 60 + "'"),
        ("b" * 61, "'" + "b" * 60 + "…'"),
        (True, "true"),
        (False, "false"),
        (None, "None"),
        (5, "5"),
        (-1.5, "-1.5"),
        (2**60 - 1, "1152921504606846975"),
        (2**60, "a very large number"),
        (-(10**5_000), "a very large number"),
        (Fraction(10**5_000, 3), "a very large number"),
        (Fraction(15, 2), "15/2"),
        ({"a": 1}, "a table"),
        ([1, 2], "a list"),
        ((1, 2), "a list"),
        (dt.date(2027, 1, 11), "2027-01-11"),
    ],
    ids=map(str, range(21)),
)
def test_anything_is_quoted_short_and_printable(value: object, text: str) -> None:
    assert quoted(value) == text


def test_a_quotation_never_grows_with_what_it_quotes() -> None:
    for value in ("\x00" * 10**6, "'\"" * 1_000, b"\xff" * 10**6, frozenset(range(10**4)), 1e308):
        assert len(quoted(value)) < 700
        assert quoted(value).isascii() or quoted(value).replace("…", "").isascii()


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("exma", "exam"),
        ("exam-nah", "exam-nha"),
        ("zzz", None),
        ("", None),
        (5, None),
        (None, None),
        ("exam" * 99, None),
    ],
    ids=lambda value: str(value)[:10],
)
def test_the_nearest_name_is_given_where_one_is_near(name: object, near: str | None) -> None:
    assert nearest_name(name, ["job", "exam-nha", "exam"]) == near


def test_the_nearest_name_does_not_depend_on_the_order() -> None:
    assert nearest_name("axb", ["aab", "acb"]) == nearest_name("axb", ["acb", "aab"])
