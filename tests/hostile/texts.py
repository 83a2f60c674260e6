"""Texts that break programs: a short list of our own, and a long one by others where it is at hand.

The long one is the Big List of Naughty Strings (minimaxir/big-list-of-naughty-strings, blns.json, commit db33ec7, MIT).
It is no part of this repository: it is looked for in the folder that CAREER_PATH_OUTSIDE names, else in
`shared/outside` beside the checkout.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

import pytest

__all__ = ["REFUSED", "TAKEN", "collected_texts"]

_OUTSIDE: Final = Path(
    os.environ.get("CAREER_PATH_OUTSIDE", Path(__file__).resolve().parents[3] / "shared" / "outside")
)

TAKEN: Final = (
    # Quotes, separators and escapes of the formats that we write.
    "\"double\" 'single' `back` ''' \"\"\"",
    "back\\slash \\n \\\\ \\u0041 \\",
    "a;b,c:d|e=f",
    "# no comment; // nor this; -- nor this /* nor this */",
    "[[table]] {inline = true} ]]] }}}",
    "null true NaN -Infinity 1e999 2027-02-30",
    # Line breaks that begin something, where text is not escaped.
    "one\ntwo\n\nfour",
    "x\nBEGIN:VEVENT\nSUMMARY:forged\nEND:VEVENT\nEND:VCALENDAR",
    "x\n ATTENDEE:mailto:nobody@example.invalid",
    '"\n[steps.forged]\ntitle = "forged',
    '"}, "forged": {"a": "',
    "x\n```\n# forged heading\n| a | b |\n|---|---|\n",
    "\ttab\tand  two spaces ",
    # Pages.
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<!-- --><style>*{display:none}</style>&lt;&amp;&#60;&",
    "</title></svg></style></textarea>]]>",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    # Markdown and Mermaid.
    "*bold* _it_ **b** __b__ ~~s~~ `code` ![i](x) [l](javascript:alert(1)) <http://x.invalid>",
    "| cell | cell \\| ^ $x^2$ :smile: @nobody #1",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "---",
    "a --> b; end; subgraph x",
    "end",
    '"] --> c["forged"]',
    "a:::cls %% comment %%{init: {}}%% click a call b()",
    'click a href "javascript:alert(1)"',
    "Task :crit, 2020-01-01, 3d",
    "#quot;#35;#59;",
    # Sheets and shells.
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "=cmd|' /C calc'!A0",
    "$(touch x) `touch x` ; touch x && touch x | touch x",
    "%s %n %(x)s {0} {x} \\x41",
    "../../etc/passwd",
    # Scripts, directions, invisible letters, wide and joined ones.
    "\u202egnp.exe \u2066a\u2069 \u200f\u061c",
    "a\u200bb\u2060c\ufeffd\u00ade",
    "مرحبا بالعالم שלום",
    "مہ\u200cمہ ক\u09cd\u200dষ",
    "Z\u0351\u036b\u0343a\u0328\u0322l\u0359g\u0348o\u0300" + "\u0301" * 50,
    "日本語の題名、全角！",
    "👩\u200d⚕️🏳️\u200d🌈🇺🇸👍🏽",
    "\U000e0061\U000e007f\ufe0f\ufff9a\ufffab\ufffb",
    "ﷺ İıſß ǅ ﬁ",
    "\ufffd\ufffe\uffff\U0010ffff",
    # Length, in one word and in many.
    "x" * 10_000,
    "é😀" * 500,
    "word " * 400,
)
"""Texts that a title may hold. Each must come out as it went in, and change nothing but itself."""

REFUSED: Final = (
    "a\x00b",
    "a\rb",
    "a\r\nATTENDEE:mailto:nobody@example.invalid",
    "\x1b[2J\x1b]0;title\x07",
    "a\x08\x08\x7f",
    "\x9b31m",
    "a\x85b",
    "a\u2028b",
    "a\u2029b",
    "\ud800",
    "\udfff\ud800",
    "x" * 10_001,
)
"""Texts that no title may hold."""


def collected_texts() -> tuple[str, ...]:
    """The texts of the long list; skips the test where it is not at hand."""
    file = _OUTSIDE / "parsers" / "blns.json"
    if not file.is_file():
        pytest.skip("the list of naughty strings is not at hand; name its folder in CAREER_PATH_OUTSIDE")
    texts = tuple(json.loads(file.read_text(encoding="utf-8")))
    assert len(texts) > 500
    return texts
