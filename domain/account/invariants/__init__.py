"""Does everything hold of an account that must always hold (metering, section 7)?"""

from collections.abc import Iterator

from domain.account.invariants import adding_up, asking, counting
from domain.account.invariants.looking import Check, Found, Look, Violation, look, versions

__all__ = ["CHECKS", "Look", "Violation", "look", "versions", "violations"]

CHECKS: tuple[Check, ...] = (
    adding_up.lines_add_up,
    adding_up.accrued_costs_fall_only_at_an_adjustment,
    adding_up.postings_add_up,
    adding_up.the_ledger_of_postings_adds_up,
    counting.accrued_costs_lie_between_nil_and_the_cap,
    counting.nothing_accrues_on_a_day_that_does_not_count,
    asking.asking_twice_gives_the_same_bytes,
    asking.the_order_of_what_commutes_does_not_matter,
    asking.a_statement_is_what_is_known_of_its_instant,
)
"""Each yields what it found wrong with one version of an account; the first line of its docstring is its rule."""


def violations(looked: Look) -> Iterator[Violation]:
    """Everything that does not hold of one version of an account.

    Of what cannot even be asked it is not known that it holds; that must not hide what else is wrong.
    """
    for check in CHECKS:
        rule = (check.__doc__ or "").partition("\n")[0]
        try:
            yield from (looked.violation(rule, found) for found in check(looked))
        except Exception as fault:
            yield looked.violation(rule, Found(f"this could not be worked out ({type(fault).__name__})."))
