"""/audit/bundle: the evidence of some accounts, to be checked without us. Which accounts, which moment, what of it?"""

from uuid import uuid4

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.audit.bundled import CONTENTS, Bundled, bundled, made
from api.pages.page import Visit, form, page
from api.pages.sent import key_sent, unreadable
from domain.dates import instant_text

PATH = "/audit/bundle"
MOST = 20


@page(PATH, "take_evidence")
def new_bundle(visit: Visit) -> ResponseReturnValue:
    """The form."""
    return _form(visit, Asked(visit.request.args))


@page(f"{PATH}/check", "take_evidence")
def check_bundle(visit: Visit) -> ResponseReturnValue:
    """What will be in it. Nothing is taken yet."""
    asked = Asked(visit.request.args)
    found = bundled(visit, asked)
    if found is None:
        return _form(visit, asked)
    visit.shows(account.id for account in found.accounts)
    return render_template(
        "audit/bundle_check.html",
        page_title="Check before taking the evidence",
        wide=True,
        path=PATH,
        bundled=found,
        contents=[CONTENTS[each] for each in found.contents],
        references="\n".join(account.opened.reference for account in found.accounts),
        known_at=instant_text(found.known_at),
        key=uuid4().hex,
    )


@form(PATH, "take_evidence")
def take_bundle(visit: Visit) -> ResponseReturnValue:
    """The evidence, as a zip. That it was taken is written down for each account."""
    asked = Asked(visit.request.form)
    key_sent(asked)
    found = bundled(visit, asked)
    if found is None:
        raise unreadable()
    visit.shows(account.id for account in found.accounts)
    return _zip(visit, found)


def _zip(visit: Visit, found: Bundled) -> Response:
    answer = Response(made(visit, found), mimetype="application/zip")
    moment = found.known_at.strftime("%Y-%m-%d")
    answer.headers["Content-Disposition"] = f'attachment; filename="evidence-{visit.council.code}-{moment}.zip"'
    return answer


def _form(visit: Visit, asked: Asked) -> ResponseReturnValue:
    shown = render_template(
        "audit/bundle.html",
        page_title="Take the evidence of accounts",
        errors=asked.errors,
        path=PATH,
        references=asked.words("references"),
        typed=visit.request.args,
        contents=CONTENTS,
        chosen=asked.some_of("contents", CONTENTS) or list(CONTENTS),
        most=MOST,
        now=visit.latest,
    )
    return make_response(shown, 422 if asked.errors else 200)
