"""What stands on top of every staff page about one account: whose it is, its parts, and the moment shown."""

from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked, address
from api.pages.law import law_words
from api.pages.moments import Moment, known_account, moment_asked
from api.pages.page import Visit
from api.pages.words import day
from api.policy import may
from domain.account.state import CareAccount
from ledger.vault.person import Person

PARTS = (
    ("Summary", ""),
    ("Costs by period", "/costs"),
    ("Entries", "/entries"),
    ("Assessments", "/assessments"),
    ("Statements", "/statements"),
    ("How it was worked out", "/explanation"),
    ("Delayed payments", "/delayed-payments"),
    ("People", "/people"),
    ("Record", "/record"),
    ("Dossier", "/dossier"),
)


class StaffAccount:
    """One account on a staff page: as it was known at the moment asked for."""

    def __init__(self, visit: Visit, part: str) -> None:
        self.visit, self.part = visit, part
        self.asked = Asked(visit.request.args)
        self.path = f"/accounts/{visit.account_id}"
        newest = visit.council.ledger.account(visit.account_id)
        self.moment: Moment = moment_asked(visit, self.asked, self.path + part)
        self.account: CareAccount = known_account(newest, self.moment, self.asked)
        self.person: Person | None = visit.council.people.of([newest.id]).get(newest.id)

    def page(self, template: str, title: str, **shown: Any) -> ResponseReturnValue:
        """The page with everything that stands on top of it; 422 where something asked for could not be read."""
        name = (self.person.sorted_name if self.person else None) or "Name not recorded"
        page = render_template(
            template,
            page_title=f"{title}, {self.account.opened.reference}",
            wide=True,
            errors=self.asked.errors,
            typed=self.visit.request.args,
            past=None if self.asked.errors else self.moment.past,
            law_words=law_words(self.visit.council, self.moment.known_at),
            account=self.account,
            moment=self.moment,
            path=self.path,
            title=name,
            facts=self._facts(),
            parts=self._parts(),
            **shown,
        )
        return make_response(page, 422 if self.asked.errors else 200)

    def _facts(self) -> list[dict[str, str | None]]:
        person, opened, closed = self.person, self.account.opened, self.account.closed
        born = person.date_of_birth if person else None
        return [
            {"name": "Reference", "value": opened.reference},
            {"name": "Local id", "value": person.local_id if person else None},
            {"name": "NHS number", "value": person.nhs_number if person else None},
            {"name": "Born", "value": day(born) if born else None},
            {"name": "Opened", "value": day(opened.opened_on)},
            {"name": "Closed", "value": day(closed.on) if closed else None},
        ]

    def _parts(self) -> list[dict[str, object]]:
        return [
            {"text": text, "href": address(self.path + part, **self.moment.kept), "current": part == self.part}
            for text, part in PARTS
            if part != "/dossier" or may(self.visit.identity.role, "make_dossier")
        ]
