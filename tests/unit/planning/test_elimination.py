"""The least weight of choices against trying every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from career_path.planning import elimination
from career_path.planning.elimination import Alternatives, Option, TooManyOpenError, arranged, bits

ENOUGH = 10**6


def tried(case: Alternatives, parts: int, todo: int) -> int | None:
    """The least weight of all choices, each made from the beginning."""
    return min(_weights(case, parts, todo), default=None)


def _weights(case: Alternatives, parts: int, todo: int) -> Iterator[int]:
    if not todo:
        if case.wanted & ~parts == 0:
            yield 0
        return
    place = min(bits(todo))
    for option in case.options[place]:
        new = option.parts & ~parts
        added = option.weight + sum(case.weights[part] for part in bits(new))
        opened = option.opens
        for part in bits(new):
            opened |= case.opens[part]
        left = (todo & ~(1 << place)) | opened
        yield from (added + rest for rest in _weights(case, parts | option.parts, left))


def closed(parts: int, asks: list[int]) -> int:
    """Parts with all that they ask for."""
    while True:
        more = parts
        for part in bits(parts):
            more |= asks[part]
        if more == parts:
            return parts
        parts = more


def small_case(seed: int) -> Alternatives:
    """Up to seven alternatives over up to ten parts; parts may ask for others and open alternatives that come later."""
    random = Random(seed)
    count, places = random.randint(1, 10), random.randint(1, 7)
    asks = [sum(1 << other for other in range(part) if random.random() < 0.2) for part in range(count)]
    options = [
        [
            Option(
                closed(sum(1 << part for part in range(count) if random.random() < 0.3), asks),
                sum(1 << other for other in range(place + 1, places) if random.random() < 0.15),
                random.choice([0, 0, 3]),
            )
            for _ in range(random.randint(0 if random.random() < 0.1 else 1, 3))
        ]
        for place in range(places)
    ]
    last_users = [
        max((p for p in range(places) if any(o.parts >> n & 1 for o in options[p])), default=0) for n in range(count)
    ]
    opens = [
        sum(1 << other for other in range(last_users[part] + 1, places) if random.random() < 0.2)
        for part in range(count)
    ]
    wanted = sum(1 << part for part in range(count) if random.random() < 0.1)
    return Alternatives([random.randint(0, 9) for _ in range(count)], opens, options, wanted)


@pytest.mark.parametrize("block", range(10))
def test_the_least_weight_is_that_of_trying_every_choice(block: int) -> None:
    for seed in range(block * 60, (block + 1) * 60):
        case = small_case(seed)
        todo = Random(seed).randrange(1 << len(case.options))
        parts = closed(Random(-seed).randrange(1 << len(case.weights)) & Random(seed + 1).randrange(1 << 10), [0] * 10)
        parts &= (1 << len(case.weights)) - 1
        expected = tried(case, parts, todo)
        assert case.least(parts, todo, most=ENOUGH) == expected, seed
        assert expected is None or case.floor(parts, todo) <= expected, seed


def shared_case(seed: int, *, alternatives: int, parts: int) -> Alternatives:
    """Two-way alternatives each way of which has a part of its own and two shared ones."""
    random = Random(seed)
    weights = [random.randint(1, 99) for _ in range(parts)]
    options = []
    for _ in range(alternatives):
        ways = []
        for _ in range(2):
            weights.append(random.randint(1, 99))
            shared = random.sample(range(parts), 2)
            ways.append(Option(1 << (len(weights) - 1) | 1 << shared[0] | 1 << shared[1]))
        options.append(ways)
    return Alternatives(weights, [0] * len(weights), options)


def tried_by_shared_parts(case: Alternatives, parts: int) -> int:
    """The least weight, by trying every set of shared parts and taking the lighter way of each alternative."""
    found = []
    for chosen in range(1 << parts):
        weight = sum(case.weights[part] for part in bits(chosen))
        for ways in case.options:
            shared = (1 << parts) - 1
            own = [case.weights[max(bits(way.parts))] for way in ways if not way.parts & shared & ~chosen]
            if not own:
                break
            weight += min(own)
        else:
            found.append(weight)
    return min(found)


@pytest.mark.parametrize("seed", range(6))
def test_leaving_out_what_cannot_become_light_loses_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case = shared_case(seed, alternatives=14, parts=11)
    expected = tried_by_shared_parts(case, 11)
    todo = (1 << 14) - 1
    assert case.floor(0, todo) <= expected
    for many in (1, 4, 16, 10_000):
        monkeypatch.setattr(elimination, "_MANY", many)
        again = Alternatives(case.weights, case.opens, case.options)
        assert again.least(0, todo, most=ENOUGH) == expected


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_alternatives_changes_nothing(seed: int) -> None:
    case = shared_case(seed, alternatives=14, parts=11)
    order = arranged(case.options, case.opens)
    assert sorted(order) == list(range(14))
    moved = Alternatives(case.weights, case.opens, [case.options[place] for place in order])
    assert moved.least(0, (1 << 14) - 1, most=ENOUGH) == case.least(0, (1 << 14) - 1, most=ENOUGH)


def test_where_few_parts_are_open_at_a_time_the_order_stays() -> None:
    chain = [[Option(1 << place | 1 << (place + 1))] for place in (3, 0, 2, 1)]
    assert arranged(chain, [0] * 5) == [0, 1, 2, 3]


def test_neighbors_that_share_parts_come_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elimination, "_FEW", 1)
    chain = [[Option(1 << place | 1 << (place + 1))] for place in (3, 0, 2, 1)]
    assert arranged(chain, [0] * 5) == [0, 2, 3, 1]


def test_what_is_opened_comes_after_what_opens_it() -> None:
    options = [[Option(1)], [Option(2, opens=1)], [Option(4, opens=2)]]
    assert arranged(options, [0, 0, 0]) == [2, 1, 0]


def test_a_ring_of_openings_has_an_order_too() -> None:
    assert sorted(arranged([[Option(1, opens=2)], [Option(2, opens=1)]], [0, 0])) == [0, 1]


def test_a_part_that_is_shared_counts_once() -> None:
    case = Alternatives([5, 1, 1], [0, 0, 0], [[Option(0b011)], [Option(0b101)]])
    assert case.least(0, 0b11, most=ENOUGH) == 7
    assert case.least(0b001, 0b11, most=ENOUGH) == 2


def test_a_part_that_is_there_opens_nothing_again() -> None:
    case = Alternatives([2, 9], [0b10, 0], [[Option(0b01)], [Option(0b10)]])
    assert case.least(0, 0b01, most=ENOUGH) == 11
    assert case.least(0b01, 0b01, most=ENOUGH) == 0


def test_what_is_wanted_has_to_be_there_in_the_end() -> None:
    ways = [[Option(0b01), Option(0b10)]]
    assert Alternatives([1, 7], [0, 0], ways, wanted=0b10).least(0, 1, most=ENOUGH) == 7
    assert Alternatives([1, 7], [0, 0], ways, wanted=0b11).least(0, 1, most=ENOUGH) is None


def test_an_alternative_without_options_leads_nowhere() -> None:
    assert Alternatives([], [], [[]]).least(0, 1, most=ENOUGH) is None
    assert Alternatives([], [], [[]]).least(0, 0, most=ENOUGH) == 0


def test_only_options_that_are_allowed_are_taken() -> None:
    case = Alternatives([1, 7], [0, 0], [[Option(0b01), Option(0b10)]])
    assert [case.least(0, 1, allowed=(mask,), most=ENOUGH) for mask in (0b11, 0b10, 0)] == [1, 7, None]


@pytest.mark.parametrize("block", range(3))
def test_the_solver_finds_the_same_least_weight(block: int) -> None:
    solver = pytest.importorskip("career_path.planning.solver")
    for seed in range(block * 20, (block + 1) * 20):
        case = small_case(seed)
        todo = Random(seed).randrange(1 << len(case.options))
        allowed = tuple(Random(seed + place).randrange(8) for place in range(len(case.options)))
        assert solver.least_weight(case, 0, todo) == tried(case, 0, todo), seed
        assert solver.least_weight(case, 0, todo, allowed=allowed) == case.least(0, todo, allowed=allowed, most=ENOUGH)


def test_the_solver_leaves_the_last_bits_out_and_refuses_what_is_too_large() -> None:
    solver = pytest.importorskip("career_path.planning.solver")
    ways = [[Option(0b01), Option(0b10)]]
    assert solver.least_weight(Alternatives([5, 9], [0, 0], ways), 0, 1, shift=2) == 4
    huge = Alternatives([1 << 60, 3 << 60], [0, 0], ways)
    assert solver.least_weight(huge, 0, 1) == huge.floor(0, 1) == 1 << 60


def test_too_many_choices_are_refused() -> None:
    case = shared_case(1, alternatives=14, parts=11)
    with pytest.raises(TooManyOpenError):
        case.least(0, (1 << 14) - 1, most=20)


def test_bits_are_told_from_the_lowest() -> None:
    assert list(bits(0b10110)) == [1, 2, 4]
    assert [list(bits(number)) for number in (0, 1)] == [[], [0]]


def test_every_pair_of_weights_of_one_alternative_gives_the_lighter() -> None:
    for one, other in product(range(4), repeat=2):
        case = Alternatives([one, other], [0, 0], [[Option(1), Option(2)]])
        assert case.least(0, 1, most=ENOUGH) == min(one, other)
