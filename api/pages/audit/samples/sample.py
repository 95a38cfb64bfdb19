"""/audit/samples/<id>: which accounts are in a sample, are they the same drawn again, and what was found of each?"""

from collections.abc import Sequence
from typing import cast
from uuid import UUID, uuid4

from flask import flash, get_flashed_messages, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.audit.samples.words import FOUND, METHODS, RISKS
from api.pages.law import law_words
from api.pages.page import Visit, form, page
from api.pages.sent import key_sent
from api.policy import may
from domain.account.progress import cap_progress
from domain.dates import day_in_london
from ledger.council import Council
from ledger.samples import Found, NoSuchSample, Sample, SampledAccount, choose

_ONE = "/audit/samples/{sample_id}"
_ACCOUNT = f"{_ONE}/accounts/{{account_id}}"


@page(_ONE, "read_council")
def audit_sample(visit: Visit) -> ResponseReturnValue:
    """The sample, its accounts in the order they were chosen; and whether drawing it again gives the same."""
    samples = visit.council.samples
    sample = samples.one(sample_id_of(visit))
    accounts = samples.accounts(sample.sample_id)
    visit.shows(each.account_id for each in accounts)
    return render_template(
        "audit/samples/sample.html",
        page_title=f"Sample {sample.number}",
        wide=True,
        done=next(iter(get_flashed_messages()), None),
        sample=sample,
        accounts=accounts,
        again=_the_same(visit.council, sample, accounts) if visit.request.args.get("again") else None,
        methods=METHODS,
        risks=RISKS,
        found=FOUND,
    )


@page(_ACCOUNT, "read_council")
def sampled_account(visit: Visit) -> ResponseReturnValue:
    """One account of the sample as it was known then, and what was found of it."""
    return _account(visit, Asked(visit.request.args))


@form(_ACCOUNT, "draw_samples")
def check_sampled_account(visit: Visit) -> ResponseReturnValue:
    """Say what was found. It can be said again, and then the last holds."""
    asked, samples = Asked(visit.request.form), visit.council.samples
    one = samples.account(sample_id_of(visit), visit.account_id)
    found, key = asked.one_of("found", tuple(FOUND), ""), key_sent(asked)
    if not found:
        asked.errors["found"] = "Choose what you found"
        return _account(visit, asked)
    args = (UUID(key), one.sample_id, one.account_id, cast(Found, found))
    samples.check(*args, by=visit.identity.sub, now=visit.now)
    flash(f"{one.reference}: {FOUND[cast(Found, found)].lower()}.")
    return redirect(_ONE.format(sample_id=one.sample_id), 303)


def sample_id_of(visit: Visit) -> UUID:
    """The sample an address names; what is no id is no sample either."""
    try:
        return UUID(visit.ids["sample_id"])
    except ValueError:
        raise NoSuchSample(NoSuchSample.__doc__) from None


def _account(visit: Visit, asked: Asked) -> ResponseReturnValue:
    samples = visit.council.samples
    sample = samples.one(sample_id_of(visit))
    one = samples.account(sample.sample_id, visit.account_id)
    then = visit.council.ledger.account(one.account_id, sample.known_at)
    on, scheme = day_in_london(sample.known_at), visit.council.scheme_at(sample.known_at)
    shown = render_template(
        "audit/samples/account.html",
        page_title=f"{one.reference}, sample {sample.number}",
        errors=asked.errors,
        law_words=law_words(visit.council, sample.known_at),
        past={"known_at": sample.known_at, "now_href": f"/audit/accounts/{one.account_id}"},
        sample=sample,
        one=one,
        then=then,
        progress=cap_progress(then, scheme, on),
        scheme=scheme,
        risks=RISKS,
        found=FOUND,
        may_check=may(visit.identity.role, "draw_samples"),
        key=uuid4().hex,
    )
    return make_response(shown, 422 if asked.errors else 200)


def _the_same(council: Council, sample: Sample, accounts: Sequence[SampledAccount]) -> bool | None:
    """Whether the same accounts come of the same seed and population; None where they were named by somebody."""
    if sample.method == "by_list":
        return None
    population = council.samples.population(sample.known_at)
    assert population is not None  # a moment was given
    drawn = choose(population.candidates, sample.method, sample.seed, sample.size)
    return [each.account_id for each in drawn] == [each.account_id for each in accounts]
