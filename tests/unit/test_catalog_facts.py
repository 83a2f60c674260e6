"""The facts of the catalog: counted, and each with a source."""

from __future__ import annotations

import pytest

from career_path import catalog_ids, facts, load_catalog

LEAST = 30
"""A whole pathway tells more than this; fewer would mean that the count misses some."""


@pytest.mark.parametrize("name", catalog_ids())
def test_every_fact_has_a_source_but_that_something_costs_nothing(name: str) -> None:
    pathway = load_catalog(name)
    told = facts(pathway)
    assert len(told) >= LEAST
    # Of a step that asks for no payment at all, as the first day at work, there is nothing to look up.
    assert [each.path for each in told if not each.sources and each.says != f"0 {pathway.currency}"] == []


@pytest.mark.parametrize("name", catalog_ids())
def test_every_source_that_is_not_memory_was_checked(name: str) -> None:
    pathway = load_catalog(name)
    assert [source.id for source in pathway.sources if source.sure != "memory" and source.checked is None] == []
