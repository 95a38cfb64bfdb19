"""When the home of somebody in a care home is left out of their capital (SI 2014/2672 Sch 2 paras 2 and 4)."""

from typing import Any

import pytest

from tests.rules.means import asked_of, lines, said, worked_out


def counted(setting: str = "care_home_permanent", on: str = "2024-05-06", **home: Any) -> str:
    found = worked_out(effective_from=on, setting=setting, capital=[{"kind": "main_home", "value": "20000.00", **home}])
    return str(found.assessable_capital)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("own_home", "0.00"),
        ("shared_lives", "0.00"),
        ("care_home_short_term", "0.00"),
        ("care_home_temporary", "0.00"),
        ("care_home_permanent", "20000.00"),
    ],
)
def test_the_home_counts_only_for_a_permanent_resident(setting: str, expected: str) -> None:
    """A home of 20000.00 counts for a permanent resident of a care home, and 0.00 of it for anybody else."""
    assert counted(setting) == expected


@pytest.mark.parametrize("who", ["partner", "relative_aged_60_or_over", "incapacitated_relative", "child_under_18"])
def test_the_home_is_left_out_while_a_qualifying_relative_lives_there(who: str) -> None:
    """With a partner, an older or incapacitated relative or a child there, 0.00 of 20000.00 counts (para 4)."""
    found = worked_out(
        setting="care_home_permanent", capital=[{"kind": "main_home", "value": "20000.00", "occupied_by": who}]
    )
    (line,) = lines(found, "capital")
    assert (str(line.amount), line.authority) == ("0.00", "SI 2014/2672 Sch 2 para 4")
    assert "lives there" in line.label


@pytest.mark.parametrize(
    ("began", "expected"),
    [("2024-05-07", "20000.00"), ("2024-05-06", "0.00"), ("2024-02-13", "0.00"), ("2024-02-12", "20000.00")],
)
def test_the_home_is_left_out_for_twelve_weeks_from_the_first_day(began: str, expected: str) -> None:
    """From 13 February 2024 the 84th day is 6 May: 0.00 counts; from 12 February it is the 85th, and 20000.00 count."""
    assert counted(twelve_week_from=began) == expected


STAYS = {
    "four weeks used, back after 52 weeks": ("2023-01-30", "2023-02-27", "2024-02-26", "2024-04-21", "2024-04-22"),
    "four weeks used, back after 52 weeks and a day": (
        "2023-01-30", "2023-02-27", "2024-02-27", "2024-05-20", "2024-05-21"
    ),
    "all used": ("2023-01-02", "2023-07-03", "2024-01-01", "2023-12-31", "2024-01-01"),
}  # fmt: skip


@pytest.mark.parametrize(("began", "ended", "back", "last", "counts_from"), STAYS.values(), ids=STAYS)
def test_a_return_within_52_weeks_goes_on_with_what_is_unused_of_the_twelve(
    began: str, ended: str, back: str, last: str, counts_from: str
) -> None:
    """4 weeks were used, so 8 are left, 56 days from the return; after more than 52 weeks away there are 12 again."""
    stay: dict[str, Any] = {
        "twelve_week_from": back,
        "earlier_stays": [{"effective_from": began, "ending_before": ended}],
    }
    assert counted(on=counts_from, **stay) == "20000.00"
    assert counted(on=last, **stay) == ("20000.00" if last < back else "0.00")


def test_stays_add_up_and_a_long_time_away_begins_again() -> None:
    """Stays of 4 and 4 weeks leave 4: 28 days from 4 March 2024. A stay years before leaves them all."""
    stays = [
        {"effective_from": "2023-10-02", "ending_before": "2023-10-30"},
        {"effective_from": "2023-03-06", "ending_before": "2023-04-03"},
    ]
    days = ("2024-03-31", "2024-04-01")
    last, first = (counted(on=on, twelve_week_from="2024-03-04", earlier_stays=stays) for on in days)
    assert (last, first) == ("0.00", "20000.00")
    long_ago = [{"effective_from": "2019-03-04", "ending_before": "2019-12-30"}, *stays]
    assert counted(on="2024-03-31", twelve_week_from="2024-03-04", earlier_stays=long_ago) == "0.00"


@pytest.mark.parametrize(("others", "outcome"), [("23250.00", "contribution"), ("23250.01", "full_cost")])
def test_the_twelve_weeks_are_for_whom_the_council_helps(others: str, outcome: str) -> None:
    """With 23250.00 beside the home it is left out; with 23250.01 the full cost is paid and all of it counts."""
    home = {"kind": "main_home", "value": "200000.00", "twelve_week_from": "2024-05-06"}
    found = worked_out(
        setting="care_home_permanent",
        capital=[home, {"kind": "savings", "value": others}],
        income=[{"kind": "state_pension", "weekly": "300.00"}],
    )
    assert found.outcome == outcome
    assert str(found.assessable_capital) == {"contribution": "23250.00", "full_cost": "223250.01"}[outcome]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "savings", "occupied_by": "partner"}, "said of the main_home alone"),
        ({"kind": "savings", "twelve_week_from": "2024-05-06"}, "said of the main_home alone"),
        (
            {"kind": "main_home", "earlier_stays": [{"effective_from": "2024-01-01", "ending_before": "2024-02-01"}]},
            "Give twelve_week_from with earlier_stays",
        ),
        ({"kind": "main_home", "diminishes_from": "2024-01-01"}, "said of notional capital alone"),
    ],
)
def test_what_is_no_business_of_a_kind_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    """Nobody lives in 1.00 of savings, and no home of 1.00 diminishes."""
    with pytest.raises(ValueError, match=sentence):
        asked_of(said(capital=[{"value": "1.00", **wrong}]))
