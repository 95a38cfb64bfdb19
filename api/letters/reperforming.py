"""Does a statement come out the same when it is made again from the facts: each figure, and each byte of its paper?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from api.letters.issuing import paper_of
from api.letters.typesetting import ENGINE, NoSuchTemplate
from domain.account.facts import Paper, StatementIssued
from domain.account.figures import StatementFigures
from domain.account.state import CareAccount, Entry
from domain.account.statement import digest, statement_figures
from domain.parameters import NotInForce
from domain.schemes import Scheme
from ledger.council import Council

NOT_KEPT = "no paper was kept when it was made"


@dataclass(frozen=True)
class Compared:
    """One thing as it was then, and as it is when it is made again."""

    what: str
    then: str
    now: str

    @property
    def same(self) -> bool:
        return self.then == self.now


@dataclass(frozen=True)
class Reperformed:
    """A statement made again. `figures` names those that differ; `paper` is what was kept of its paper, if any."""

    reference: str
    entry: Entry
    to: date
    paper: Paper | None
    compared: tuple[Compared, ...]
    figures: tuple[Compared, ...]

    @property
    def same(self) -> bool:
        return not self.figures and all(each.same for each in self.compared)


def reperformed(council: Council, account: CareAccount, entry: Entry) -> Reperformed:
    """Make the statement of an entry again, of what was known then and under the scheme that was adopted then."""
    issued = entry.fact
    assert isinstance(issued, StatementIssued)  # the caller found the entry among the statements
    scheme = council.scheme_at(issued.known_at)
    compared = [Compared("Digest of the figures as they are kept", issued.digest, digest(issued.figures))]
    figures: tuple[Compared, ...] = ()
    try:
        again = _made_again(account, issued, scheme)
    except NotInForce as fault:
        compared.append(Compared("Digest of the figures made again", issued.digest, f"cannot be made: {fault}"))
    else:
        compared.append(Compared("Digest of the figures made again", issued.digest, again.digest))
        compared += _papers(council, account, issued, again, scheme)
        figures = tuple(_differing(issued.figures, again.figures))
    return Reperformed(account.opened.reference, entry, issued.figures.to, issued.paper, tuple(compared), figures)


def _made_again(account: CareAccount, issued: StatementIssued, scheme: Scheme) -> StatementIssued:
    """The edition is as it was: an amount of law for other days makes another edition of the same figures."""
    stated = issued.figures
    made = statement_figures(account.first(stated.version), scheme, stated.to)
    figures = made.model_copy(update={"edition": stated.edition})
    return issued.model_copy(update={"figures": figures, "digest": digest(figures)})


def _papers(
    council: Council, account: CareAccount, issued: StatementIssued, again: StatementIssued, scheme: Scheme
) -> Iterator[Compared]:
    kept = issued.paper
    if kept is None:
        return
    yield Compared("Engine that sets the paper", kept.engine, ENGINE)
    try:
        made = {each.points: each.sha256 for each in paper_of(council, account, again, scheme).prints}
    except NoSuchTemplate as fault:
        yield Compared("Template", kept.template, str(fault))
        return
    for each in kept.prints:
        what = f"SHA-256 of the paper in {each.points} point"
        yield Compared(what, each.sha256, made.get(each.points, "not made in this size"))


def _differing(then: StatementFigures, now: StatementFigures) -> Iterator[Compared]:
    """The figures that differ, by the names they have in JSON."""
    told, made = (figures.model_dump(mode="json", by_alias=True) for figures in (then, now))
    for name, value in told.items():
        if value != made[name]:
            yield Compared(name, _said(value), _said(made[name]))


def _said(value: object) -> str:
    return "none" if value is None else str(value)
