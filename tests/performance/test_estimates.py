"""Is an estimate made in about the time that its request takes to be read?"""

from api.bench.means_test import AT_HOME, IN_A_CARE_HOME
from tests.performance.estimates import make
from tests.performance.test_long_lives import times_as_much
from tests.rules.means import ASKED

MANY = 300


def test_an_estimate_with_every_line_costs_no_more_than_twice_the_reading_of_its_request() -> None:
    """They take turns, so that a busy machine slows both; docs/measurements.md has how many a second that is."""
    for asked in (IN_A_CARE_HOME, AT_HOME):
        request = asked.model_dump_json(exclude_defaults=True)

        def read(request: str = request) -> None:
            for _ in range(MANY):
                ASKED.validate_json(request)

        def estimate(requests: tuple[object, ...] = (asked,) * MANY) -> None:
            make(requests)  # type: ignore[arg-type]

        assert times_as_much(estimate, read) < 2
