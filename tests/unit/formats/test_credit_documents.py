"""Rules of continuing education as parts of documents: the classes need no reader of their own."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from career_path.formats.converter import FaultyError
from career_path.formats.structure import faults_of
from career_path.formats.structure_forms import document_converter
from career_path.formats.unstructure import plain
from career_path.model.credits import CreditRule, CreditSlot, CreditUnit, Proration
from career_path.model.ledger import CreditKind

DOCUMENTS = {
    """
    total = 60
    unit = "point"
    slots = [
      { id = "administrative", at_least = 10, of = { category = ["administrative"] } },
      { id = "approved", at_least = 30, of = { approved_by = ["AAMA"] }, overlay = true },
      { id = "others", at_most = 30, of = { not_approved_by = ["AAMA"] }, overlay = true },
    ]
    sources = ["A4"]
    """: CreditRule(
        total=60,
        unit="point",
        slots=[
            CreditSlot("administrative", at_least=10, of=CreditKind(category="administrative")),
            CreditSlot("approved", at_least=30, of=CreditKind(approved_by="AAMA"), is_overlay=True),
            CreditSlot("others", at_most=30, of=CreditKind(not_approved_by="AAMA"), is_overlay=True),
        ],
        sources=["A4"],
    ),
    """
    total = 10
    fills = "every"
    units = [{ unit = "hour", credits = 1, per = 2 }, { unit = "minute", credits = 1, per = 100 }]
    round_to = 0.25
    rounding = "nearest"
    least_each = 0.5
    counts_from = "approval"
    prorated = { per_month = 1, months = "full" }
    first_exempt = true
    carry_over = 2
    shared = false
    """: CreditRule(
        total=10,
        fills="every",
        units=[CreditUnit("hour", credits=1, per=2), CreditUnit("minute", credits=1, per=100)],
        round_to=0.25,
        rounding="nearest",
        least_each=0.5,
        counts_from="approval",
        prorated=Proration(per_month=1, months="full"),
        is_first_exempt=True,
        carry_over=2,
        is_shared=False,
    ),
    """
    total = 48
    rolling = "P5Y"
    accepts = { not_tags = ["vendor"] }
    slots = [
      { id = "yearly", at_least = 12, each = "P1Y" },
      { id = "violence", at_least = 2, every = 3, extra = true },
      { id = "hiv", at_least = 1, once = true, prorated = true },
    ]
    """: CreditRule(
        total=48,
        rolling="P5Y",
        accepts=CreditKind(not_tags="vendor"),
        slots=[
            CreditSlot("yearly", at_least=12, each="P1Y"),
            CreditSlot("violence", at_least=2, every=3, is_extra=True),
            CreditSlot("hiv", at_least=1, is_once=True, is_prorated=True),
        ],
    ),
}


@pytest.mark.parametrize("text", DOCUMENTS)
def test_a_rule_is_read_from_a_table_and_written_as_the_same_table(text: str) -> None:
    table = tomllib.loads(text, parse_float=Decimal)
    rule = document_converter().structure(table, CreditRule)
    assert rule == DOCUMENTS[text]
    assert plain(rule) == table


def test_all_faults_of_a_rule_are_told_at_once_with_their_places() -> None:
    table = {
        "total": "60",
        "slots": [{"id": "x", "at_least": 1}, {"id": "y", "at_lest": 1, "of": {"category": "law"}}],
        "fils": "split",
    }
    with pytest.raises(FaultyError) as caught:
        document_converter().structure(table, CreditRule)
    told = {(fault.path, fault.code, fault.nearest) for fault in faults_of(caught.value)}
    assert told == {
        ("total", "not-a-number", None),
        ("slots[1].of.category", "wrong-type", None),
        ("slots[1].at_lest", "unknown-field", "at_least"),
        ("fils", "unknown-field", "fills"),
    }
