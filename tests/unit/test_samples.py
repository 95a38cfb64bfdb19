"""Is a sample the same whenever it is drawn again, spread as it says, and by nothing but the seed?"""

import hashlib
from uuid import UUID, uuid5

from ledger.samples import RISKS, Candidate, Risk, choose

SPACE = UUID(int=1)


def candidates(**of_risk: int) -> list[Candidate]:
    kinds: dict[Risk, int] = {risk: of_risk.get(risk, 0) for risk in RISKS}
    return [Candidate(uuid5(SPACE, f"{risk} {n}"), risk) for risk, number in kinds.items() for n in range(number)]


def test_the_same_seed_draws_the_same_accounts_in_whatever_order_they_are_found() -> None:
    everybody = candidates(none=40, late=10)
    assert choose(everybody, "random", "1968", 12) == choose(everybody[::-1], "random", "1968", 12)
    assert choose(everybody, "random", "1968", 12) != choose(everybody, "random", "1969", 12)


def test_anybody_can_draw_it_again_with_nothing_but_sha_256() -> None:
    everybody = candidates(none=40)
    by_hand = sorted(everybody, key=lambda one: hashlib.sha256(b"1968:" + str(one.account_id).encode()).digest())
    assert choose(everybody, "random", "1968", 5) == by_hand[:5]


def test_a_larger_sample_of_one_seed_begins_with_the_smaller_one() -> None:
    everybody = candidates(none=40, corrected=3)
    for method in ("random", "by_risk"):
        assert choose(everybody, method, "s", 20)[:7] == choose(everybody, method, "s", 7)


def test_by_risk_the_kinds_take_turns_and_one_that_is_used_up_leaves_its_turn_to_the_others() -> None:
    drawn = choose(candidates(none=90, corrected=2, late=1), "by_risk", "s", 7)
    assert [one.risk for one in drawn] == ["corrected", "late", "none", "corrected", "none", "none", "none"]


def test_by_chance_everybody_is_drawn_about_as_often() -> None:
    everybody = candidates(none=20)
    drawn = [one for n in range(500) for one in choose(everybody, "random", str(n), 5)]
    often = [drawn.count(one) for one in everybody]  # 125 each on the whole
    assert min(often) > 90
    assert max(often) < 160


def test_nobody_is_drawn_twice_and_no_more_than_there_are() -> None:
    everybody = candidates(none=3, adjusted=2)
    for method in ("random", "by_risk"):
        drawn = choose(everybody, method, "s", 9)
        assert sorted(drawn) == sorted(everybody)
