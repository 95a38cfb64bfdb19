"""/imports/given/<id>: what would a file do, and does a second person let its rows in?"""

import json
from uuid import UUID, uuid4

from flask import Response, flash, redirect
from flask.typing import ResponseReturnValue

from api.importing.answers import ImportWeighed
from api.importing.proposed import record
from api.kit.afterwards import afterwards
from api.pages.asked import Asked
from api.pages.importing.faults import faults_file
from api.pages.importing.imports import GIVEN, go_and_find_out, shown
from api.pages.importing.words import AMOUNTS, BAD_ROWS, REASONS, STATES
from api.pages.page import Visit, form, page
from api.pages.sent import request_sent
from api.policy import may
from ledger.import_proposal import Decided, NoSuchProposal, Proposal, ProposalStanding
from ledger.import_proposals import ImportProposals

COMMIT, REJECTION = f"{GIVEN}/commit", f"{GIVEN}/rejection"


@page(GIVEN, "read_council", people=True)
def given_file(visit: Visit) -> ResponseReturnValue:
    """What the rows would do, and what is wrong with them."""
    return _shown(visit, "importing/given.html", "What this file would do")


@page(f"{GIVEN}/rows.csv", "read_council", people=True)
def bad_rows_of_given_file(visit: Visit) -> Response:
    """What is wrong with the rows, as a file."""
    standing = _standing(visit)
    found = _found(standing)
    return faults_file(found.errors if found else (), f"bad-rows-of-file-{standing.proposal.number}.csv")


@form(f"{GIVEN}/work", "import_rows", people=True)
def go_on(visit: Visit) -> ResponseReturnValue:
    """Find out anew what the rows would do, or go on recording them where that was cut off."""
    standing = _standing(visit)
    if standing.decided:
        _go_and_record(visit, standing.proposal, standing.decided)
    else:
        go_and_find_out(visit, standing.proposal)
        flash("Finding out what this file would do was begun.")
    return redirect(_address(standing), 303)


@page(COMMIT, "commit_imports", people=True)
def check_commit(visit: Visit) -> ResponseReturnValue:
    """Once more what would be done, before it is."""
    ImportProposals(visit.council).to_commit(_proposal_id(visit), visit.identity.caller)
    return _shown(visit, "importing/commit.html", "Check before these rows are recorded")


@form(COMMIT, "commit_imports", people=True)
def commit_file(visit: Visit) -> ResponseReturnValue:
    """Have the rows recorded, once however often the form is sent; the work goes on after the answer."""
    request = request_sent(visit, Asked(visit.request.form), {})
    decided = ImportProposals(visit.council).commit(
        _proposal_id(visit), by=visit.identity.caller, now=visit.now, request=request
    )
    _go_and_record(visit, _standing(visit).proposal, decided)
    flash("Recording the rows was begun.")
    return redirect(f"/imports/{decided.import_id}", 303)


@page(REJECTION, "commit_imports", people=True)
def check_rejection(visit: Visit) -> ResponseReturnValue:
    """Why the rows are not to be recorded."""
    return _rejection(visit, Asked(visit.request.args))


@form(REJECTION, "commit_imports", people=True)
def reject_file(visit: Visit) -> ResponseReturnValue:
    """Never record the rows."""
    asked = Asked(visit.request.form)
    reason = asked.one_of("reason", tuple(REASONS), "")
    request = request_sent(visit, asked, {"reason": reason})
    if not reason:
        asked.errors["reason"] = "Choose why these rows are not to be recorded"
        return _rejection(visit, asked)
    proposals, proposal_id = ImportProposals(visit.council), _proposal_id(visit)
    proposals.reject(proposal_id, reason, by=visit.identity.caller, now=visit.now, request=request)
    flash("The file was turned away. Nothing of it was recorded, and it is not kept.")
    return redirect(GIVEN.format(proposal_id=proposal_id), 303)


def _go_and_record(visit: Visit, proposal: Proposal, decided: Decided) -> None:
    council, clock, import_id = visit.council, visit.installation.settings.now, decided.import_id
    if import_id:
        afterwards(f"import {import_id} of {council.code}", lambda: record(council, proposal, import_id, clock))


def _rejection(visit: Visit, asked: Asked) -> ResponseReturnValue:
    ImportProposals(visit.council).to_reject(_proposal_id(visit))
    return _shown(visit, "importing/rejection.html", "Turn this file away", asked)


def _shown(visit: Visit, template: str, title: str, asked: Asked | None = None) -> Response:
    standing = _standing(visit)
    proposals, found = ImportProposals(visit.council), _found(standing)
    if found:
        visit.shows(each.account_id for each in found.effects.most_changed)
    return shown(
        template,
        title,
        asked,
        path=_address(standing),
        standing=standing,
        given=standing.proposal,
        name=proposals.files.name(standing.proposal.file.digest),
        found=found,
        step=proposals.rows.last_step(standing.proposal.proposal_id),
        states=STATES,
        ways=BAD_ROWS,
        reasons=REASONS,
        amounts=AMOUNTS,
        may_commit=may(visit.identity.role, "commit_imports"),
        may_give=may(visit.identity.role, "import_rows"),
        its_giver=standing.proposal.by.sub == visit.identity.sub,
        key=uuid4().hex,
    )


def _found(standing: ProposalStanding) -> ImportWeighed | None:
    """What the rows would do, as it was found out last; None while nobody knows."""
    return ImportWeighed.model_validate_json(json.dumps(standing.checked.found)) if standing.checked else None


def _standing(visit: Visit) -> ProposalStanding:
    return ImportProposals(visit.council).rows.standing(_proposal_id(visit))


def _address(standing: ProposalStanding) -> str:
    return GIVEN.format(proposal_id=standing.proposal.proposal_id)


def _proposal_id(visit: Visit) -> UUID:
    """The file in the address; what is no id names no file either."""
    try:
        return UUID(visit.ids["proposal_id"])
    except ValueError:
        raise NoSuchProposal(NoSuchProposal.__doc__) from None
