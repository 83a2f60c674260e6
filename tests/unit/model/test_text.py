import pytest

from career_path.errors import InvalidValueError
from career_path.model.choices import to_choice
from career_path.model.parts import check_part, check_parts
from career_path.model.pathway import StepKind
from career_path.model.text import LONGEST_TEXT, check_id, check_source_id, check_text, to_ids


@pytest.mark.parametrize("text", ["a", "0", "cma-aama", "a.b_c-d", "1st", "a" * 64, "end", "con"])
def test_an_id_is_lower_case_letters_digits_and_a_few_marks(text: str) -> None:
    assert check_id(text) == text
    assert check_source_id(text) == text


@pytest.mark.parametrize(
    "value",
    [
        "", "A", "cma aama", "-a", ".a", "..", "_a", "__proto__", "a/b", "a\\b", "../etc", "a\n", "a\x00", "é", "а",
        "ａ", "١", "a" * 65, "b" * 10_000_000, "a\u202e", None, 5, True, b"a", ["a"],
    ],
    ids=lambda value: ascii(value)[:20],
)  # fmt: skip
def test_anything_else_is_no_id(value: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        check_id(value)
    assert (caught.value.code, caught.value.where) == ("not-an-id", "id")
    assert len(str(caught.value)) < 250
    assert str(caught.value).isascii() or "…" in str(caught.value)


def test_ids_of_sources_may_have_capitals() -> None:
    assert check_source_id("A4") == "A4"
    with pytest.raises(InvalidValueError, match="A-Z"):
        check_source_id("A 4")


@pytest.mark.parametrize(
    "text", ["", 'Ana\'s "job"; ok, \\n', "línea\nzwei\tdrei", "医療", "😀", "<script>", "x" * LONGEST_TEXT]
)
def test_a_text_holds_any_script_and_any_mark(text: str) -> None:
    assert check_text(text) is text


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("a\x00", "control-character"),
        ("a\rb", "control-character"),
        ("a\r\nb", "control-character"),
        ("\x1b[31m", "control-character"),
        ("\x7f", "control-character"),
        ("\x85", "control-character"),
        ("\u2028", "control-character"),
        ("\ud800", "control-character"),
        ("x" * (LONGEST_TEXT + 1), "too-long"),
        (None, "not-text"),
        (5, "not-text"),
        (b"a", "not-text"),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_a_text_with_control_characters_or_without_end_is_refused(value: object, code: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        check_text(value, "title")
    assert (caught.value.code, caught.value.where) == (code, "title")


def test_a_control_character_is_told_with_its_place() -> None:
    with pytest.raises(InvalidValueError, match=r"U\+0007 at 2"):
        check_text("ab\x07")


def test_ids_are_kept_in_order_each_once() -> None:
    assert to_ids(["b", "a", "b"]) == ("b", "a")


def test_a_single_text_is_no_list_of_ids() -> None:
    with pytest.raises(InvalidValueError) as caught:
        to_ids("job")
    assert caught.value.code == "not-a-list"


@pytest.mark.parametrize("value", ["exma", "EXAM", "", None, 5, True, ["exam"], {}], ids=repr)
def test_a_word_that_is_no_choice_is_refused(value: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        to_choice(StepKind, value, "kind")
    assert (caught.value.code, caught.value.where) == ("not-a-choice", "kind")
    assert "diploma or program" in caught.value.expected


def test_a_misspelled_choice_is_told_with_the_nearest() -> None:
    with pytest.raises(InvalidValueError, match="did you mean 'exam'"):
        to_choice(StepKind, "exma", "kind")
    assert to_choice(StepKind, "exam", "kind") is StepKind.EXAM


def test_a_part_of_another_class_is_told_with_its_place() -> None:
    with pytest.raises(InvalidValueError) as caught:
        check_parts(["a", 5], str, "names")
    assert (caught.value.code, caught.value.where, caught.value.found) == ("wrong-kind", "names[1]", "5")
    assert check_part("a", str, "name") == "a"


@pytest.mark.parametrize("values", ["ab", None, 5], ids=repr)
def test_what_is_no_list_is_refused(values: object) -> None:
    with pytest.raises(InvalidValueError) as caught:
        check_parts(values, str, "names")
    assert (caught.value.code, caught.value.where) == ("not-a-list", "names")
