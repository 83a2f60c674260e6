"""The gate for text from outside: what it lets through, what it refuses, and that nothing else ever comes out."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from types import FrameType
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from career_path.errors import DocumentError, Fault
from career_path.formats.documents import parse_learner, parse_pathway, parse_timeline
from career_path.formats.gate import MOST_BYTES, Syntax, open_document, read_json, read_toml
from career_path.formats.nesting import MOST_KEY_PARTS


def faults(text: object, *, syntax: object = None) -> list[tuple[str, str]]:
    with pytest.raises(DocumentError) as caught:
        open_document(cast("str", text), syntax=cast("Syntax", syntax))
    return [(fault.code, fault.path) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": 1, "b": {"c": 1, "c": 2}}', [("duplicate-key", "b.c")]),
        (
            '{"a": NaN, "b": [-Infinity, Infinity]}',
            [("not-a-number", "a"), ("not-a-number", "b[0]"), ("not-a-number", "b[1]")],
        ),
        ('{"a": 1e999}', [("too-long", "a")]),
        ('{"a": 1e-999}', [("too-long", "a")]),
        ('{"a": 1e99999999999999999999}', [("too-long", "a")]),
        ('{"a": 1.' + "1" * 100 + "}", [("too-long", "a")]),
        ('{"a": ' + "9" * 19 + "}", [("too-long", "a")]),
        ('{"a": ' + "9" * 5_000 + "}", [("too-long", "a")]),
        ('{"a": "\\ud800"}', [("lone-surrogate", "a")]),
        ('{"\\udfff": 1}', [("control-character", "")]),
        ('{"\\u0000": 1}', [("control-character", "")]),
        ('{"a": 1} x', [("syntax", "line 1, column 10")]),
        ('{"a":\n "b', [("syntax", "line 2, column 2")]),
        ('{"a": 1', [("syntax", "line 1, column 8")]),
        ("a = inf", [("not-a-number", "a")]),
        ("a = -nan", [("not-a-number", "a")]),
        ("a = 1e999", [("too-long", "a")]),
        ("a = 1e99999999999999999999", [("too-long", "a")]),
        ("a = " + "9" * 5_000, [("too-long", "")]),
        ("a = 0x" + "f" * 5_000, [("too-long", "a")]),
        ("a = 1000000000000000000", [("too-long", "a")]),
        ("a = 07:30:00", [("not-a-date", "a")]),
    ],
)
def test_misleading_text_is_refused_at_its_place(text: str, told: list[tuple[str, str]]) -> None:
    assert faults(text) == told


@pytest.mark.parametrize("text", ["a = \n", 'a = "\\ud800"', "a", "a = 1 b", "a = {b = 1}\na.c = 2"])
def test_what_is_no_toml_is_refused_with_a_place(text: str) -> None:
    ((code, place),) = faults(text)
    assert code == "syntax"
    assert place.startswith(("line ", "end of "))


def told(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        read_toml(text)
    (fault,) = caught.value.faults
    return str(fault)


@pytest.mark.parametrize(
    ("text", "place", "key"),
    [
        ("a = 1\na = 2", "end of document", "a"),
        ("a = 1\n  a   = [\n1]\nb = 2", "line 3, column 3", "a"),
        ("[a.b]\n[ a.b ] # again\n", "line 2, column 7", "a.b"),
        ("[[a]]\n[a]\n", "line 2, column 3", "a"),
        ("[a]\n[[a]]\n", "line 2, column 4", "a"),
        ("a.b = 1\na.b = 2\n", "line 2, column 8", "a.b"),
        ("a = {b = 1, b = 2}\n", "line 1, column 18", "b"),
    ],
)
def test_a_key_or_table_given_twice_in_toml_is_named(text: str, place: str, key: str) -> None:
    assert told(text) == f"{place}: duplicate-key: found the key '{key}' a second time; expected it once"


def test_a_key_that_cannot_be_made_out_is_still_told_to_be_there_twice() -> None:
    long = "a" * 2_000
    assert "duplicate-key: found a key twice; expected" in told(f"{long} = 1\n{long} = 2\n")


@pytest.mark.parametrize(
    "text", ['a = "x\nb = 1\n', "a = 'x\nb = 1\n", 'a = "x', "a = 'x", "a = '''x\n", 'a = """x\n', 'a = "x\r\n']
)
def test_an_open_text_asks_for_its_quote(text: str) -> None:
    assert ": found a text without its closing quote; expected a text that ends with its quote" in told(text)


def test_no_tuple_of_python_is_shown() -> None:
    assert told("a = {b = {}}\na.b.c = 2\n").endswith("found Cannot mutate immutable namespace a.b; expected TOML")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a = '\xff'", "not-utf-8"),
        ("a = 1".encode("utf-16"), "not-utf-8"),
        ("a = '\ud800'", "not-utf-8"),
        (b"x" * (MOST_BYTES + 1), "too-large"),
        ("\u00e4" * (MOST_BYTES // 2 + 1), "too-large"),
    ],
)
def test_bytes_that_are_no_document_are_refused(data: bytes | str, code: str) -> None:
    assert faults(data) == [(code, "")]


def test_the_largest_document_is_read() -> None:
    assert open_document(b"#" * MOST_BYTES) == {}


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert open_document(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}
    assert open_document("\ufeffa = 1") == {"a": 1}


def test_the_first_visible_character_tells_json_from_toml() -> None:
    assert open_document(' \n\t{"a": 1}') == {"a": 1}
    assert open_document("a = {b = 1}") == {"a": {"b": 1}}
    assert faults('{"a": 1}', syntax="toml")[0][0] == "syntax"
    assert faults("a = 1", syntax="json")[0][0] == "syntax"
    assert faults("a = 1", syntax="yaml") == [("unknown-syntax", "")]
    assert faults("[1]", syntax="json") == [("wrong-type", "")]


def test_numbers_are_exact_and_dates_are_native_in_toml() -> None:
    assert open_document("a = 0.1\nb = 2027-01-11\nc = -0.0") == {
        "a": Decimal("0.1"),
        "b": dt.date(2027, 1, 11),
        "c": 0,
    }
    assert open_document('{"a": 0.1, "b": 1e3, "c": 0e99999999999999999}') == {"a": Decimal("0.1"), "b": 1000, "c": 0}


def test_something_that_is_no_text_is_refused() -> None:
    assert faults(5) == [("wrong-type", "")]


@pytest.mark.parametrize("depth", [101, 5_000, 100_000])
@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_json_that_is_too_deep_is_refused_before_any_parser_recurses(depth: int, bracket: str) -> None:
    assert faults(bracket * depth, syntax="json")[0][0] == "too-deep"


def test_json_of_the_greatest_depth_is_read() -> None:
    text = "[" * 100 + "]" * 100
    assert isinstance(read_json(text), list)
    assert faults("[" + text + "]", syntax="json") == [("too-deep", "line 1, column 101")]


def test_brackets_inside_strings_and_comments_do_not_count() -> None:
    brackets = "[" * 1_000
    assert read_json(f'["{brackets}\\"{brackets}"]') == [f'{brackets}"{brackets}']
    text = f"# {brackets}\na = \"{brackets}\"\nb = '{brackets}'\nc = '''{brackets}\n''{brackets}'''\n"
    text += f'd = """{brackets}\n""{brackets}\\"""{brackets}"""""'
    value = read_toml(text)
    assert value["a"] == value["b"] == brackets
    assert value["c"] == f"{brackets}\n''{brackets}"
    assert value["d"] == f'{brackets}\n""{brackets}"""{brackets}""'


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{b=" * 101,
        'a = ["""x"""", ' + "[" * 5_000,
        "a = ['''x''''', " + "[" * 5_000,
        ".".join("a" * 10_000) + " = 1",
        "[" + " . ".join(["'a'"] * (MOST_KEY_PARTS + 1)) + "]",
    ],
)
def test_toml_that_is_too_deep_is_refused(text: str) -> None:
    assert [code for code, _ in faults(text)] == ["too-deep"]


def test_toml_nested_by_headers_alone_is_bounded_as_well() -> None:
    fine = f"[{'.'.join('a' * 50)}]\n{'.'.join('b' * 49)} = 1"
    assert open_document(fine)
    assert faults(f"[{'.'.join('a' * 50)}]\n{'.'.join('b' * 51)} = 1")[0][0] == "too-deep"


def test_a_stack_that_is_nearly_full_is_a_fault_and_no_traceback() -> None:
    def dig(text: str, left: int) -> tuple[Fault, ...]:
        if left:
            return dig(text, left - 1)
        try:
            open_document(text)
        except DocumentError as error:
            return error.faults
        return ()

    text = "a = " + "[" * 100 + "]" * 100
    room = sys.getrecursionlimit() - len(_frames()) - 120
    assert [fault.code for fault in dig(text, room)] == ["too-deep"]


@pytest.mark.parametrize("room", range(60, 400, 20))
def test_a_reader_called_from_deep_down_gives_the_pathway_or_a_fault(room: int) -> None:
    goal = '{"all":[' * 45 + '"job"' + "]}" * 45
    text = f'{{"schema":"career-path/pathway/1","id":"p","steps":{{"job":{{}}}},"goal":{goal}}}'
    parse_pathway(text)

    def dig(left: int) -> str:
        if left:
            return dig(left - 1)
        try:
            return parse_pathway(text).id
        except DocumentError as error:
            return error.faults[0].code

    assert dig(sys.getrecursionlimit() - len(_frames()) - room) in {"p", "too-deep"}


def _frames() -> list[object]:
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 (the only way to know how full the stack is)
    found: list[object] = []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found


@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200),
        st.text(alphabet='{}[]",:=.0123456789einfa#\'\n"\\u', max_size=80),
    )
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_text_only_a_document_error_comes_out(data: bytes | str) -> None:
    syntaxes: tuple[Syntax | None, ...] = (None, "json", "toml")
    for parse in (parse_pathway, parse_learner, parse_timeline):
        for syntax in syntaxes:
            with pytest.raises(DocumentError):
                parse(data, syntax=syntax)
