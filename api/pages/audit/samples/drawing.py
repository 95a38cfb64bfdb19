"""Which sample does a form ask for, and which accounts does it come to?"""

import secrets
from collections.abc import Sequence
from typing import NamedTuple, cast

from api.pages.asked import Asked
from api.pages.audit.references import accounts_named
from api.pages.audit.samples.words import METHODS
from api.pages.page import Visit
from ledger.samples import MOST, Candidate, Method, Population, choose


class Drawing(NamedTuple):
    """A sample that is asked for: how, by which seed, from which accounts, and those it comes to."""

    method: Method
    seed: str
    population: Population
    chosen: Sequence[Candidate]


def drawing(visit: Visit, asked: Asked) -> Drawing | None:
    """The sample a form asks for; None where it cannot be drawn, and then the mistakes are kept by field."""
    method = cast(Method | None, asked.one_of("method", tuple(METHODS), "") or None)
    population = visit.council.samples.population()
    if method is None:
        asked.errors["method"] = "Choose how the accounts are to be drawn"
    if population is None:
        asked.errors["method"] = "There is no account to draw from yet"
    if method is None or population is None:
        return None
    return _listed(visit, asked, population) if method == "by_list" else _drawn(asked, method, population)


def _drawn(asked: Asked, method: Method, population: Population) -> Drawing | None:
    assert method != "by_list"
    size = asked.number("size", min(MOST, len(population.candidates)))
    if size is None:
        asked.errors.setdefault("size", "Enter how many accounts are to be drawn")
        return None
    seed = asked.text("seed") or secrets.token_hex(8)
    return Drawing(method, seed, population, choose(population.candidates, method, seed, size))


def _listed(visit: Visit, asked: Asked, population: Population) -> Drawing | None:
    """The accounts whose references were given, in that order, each once."""
    known = {each.account_id: each for each in population.candidates}
    chosen = [known[account_id] for account_id in accounts_named(visit, asked, "references") if account_id in known]
    if not chosen:
        asked.errors.setdefault("references", "Enter references of accounts that can be drawn")
    return None if asked.errors else Drawing("by_list", "", population, chosen)
