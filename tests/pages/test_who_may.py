"""Who may open which page? Every page says so, and the one policy decides."""

from collections.abc import Callable
from datetime import timedelta
from typing import get_args
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.errors import _FOR_PROGRAMS
from api.pages.page import PAGES, PUBLIC, Page
from api.pages.site import load_pages
from api.policy import OWN_ACCOUNT_ONLY, ROLES, SEES_PEOPLE, Role, Verb, may
from domain.account.state import entry_id
from ledger.council import Council
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.reading import read, words_of

load_pages()
NOT_PAGES = {"look.static", "look.brand", "look.embed"}  # styles, pictures and scripts, the same for everybody
GUARDED = [page for page in PAGES if page.allowed != PUBLIC]


def name(page: Page) -> str:
    return f"{page.method} {page.path}"


def path_of(page: Page, kept: Kept) -> str:
    return page.path.format(
        account_id=kept.mrs_a,
        statement_id=kept.statement_a,
        entry_id=entry_id(kept.mrs_a, 3),
        change_id=kept.change,
        sample_id=kept.sample,
        run_id=uuid4(),
        proposal_id=uuid4(),
        import_id=uuid4(),
        kind="unassessed",
        letter_id=uuid4(),
        slug="stale",
        reference="ES-0",
    )


def send(client: FlaskClient, page: Page, kept: Kept) -> int:
    return client.open(path_of(page, kept), method=page.method).status_code


def test_every_address_outside_the_api_is_a_page_that_says_who_may_open_it(site: Flask) -> None:
    served = {r.endpoint for r in site.url_map.iter_rules() if not _FOR_PROGRAMS.fullmatch(str(r))} - NOT_PAGES
    assert served == {f"page {page.method} {page.path}" for page in PAGES}
    assert all(page.allowed in (PUBLIC, *get_args(Verb)) for page in PAGES)


def test_only_these_pages_are_for_anybody() -> None:
    assert {name(page) for page in PAGES if page.allowed == PUBLIC} == {
        "GET /",
        "GET /contact",
        "GET /accessibility",
        "GET /privacy",
        "GET /cookies",
        "GET /sign-in",
        "GET /sign-in/account",
        "GET /sign-in/go",
        "GET /sign-in/back",
        "GET /sign-in/failed",
        "GET /sign-in/link",
        "POST /sign-in/back-channel-logout",
        "GET /development-issuer/.well-known/openid-configuration",
        "GET /development-issuer/keys",
        "GET /development-issuer/authorize",
        "POST /development-issuer/token",
        "GET /development-issuer/end-session",
        "GET /sign-in/phone",
        "GET /sign-in/code",
        "POST /sign-in/code",
        "POST /sign-out",
        "GET /still-there",
        "POST /still-there",
        "GET /problems",
        "GET /problems/{slug}",
        "GET /estimate",
        "GET /estimate/{question}",
        "POST /estimate/{question}",
        "GET /estimate/check-answers",
        "GET /estimate/result",
        "GET /estimate/request.json",
        "GET /estimate/send",
        "POST /estimate/send",
        "GET /estimate/sent",
        "POST /estimate/forget",
    }


@pytest.mark.parametrize("page", GUARDED, ids=name)
def test_somebody_not_signed_in_is_told_how_to_sign_in(site: Flask, kept: Kept, page: Page) -> None:
    answer = site.test_client().open(path_of(page, kept), method=page.method)
    assert answer.status_code == 401
    assert "Sign in again to go on." in words_of(answer)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_exactly_the_pages_that_the_policy_grants_it(site: Flask, kept: Kept, role: Role) -> None:
    own = kept.mrs_a if role in OWN_ACCOUNT_ONLY else None
    client = signed_in_client(site, kept.council, role, own)
    for page in GUARDED:
        granted = may(role, page.allowed) and (not page.people or role in SEES_PEOPLE)  # type: ignore[arg-type]
        granted = granted and (own is not None or (not page.path.startswith("/account/") and page.path != "/account"))
        assert (send(client, page, kept) == 403) is not granted, page


@pytest.fixture(scope="module")
def another(new_council: Callable[[], Council]) -> Council:
    return new_council()


@pytest.mark.parametrize("page", [page for page in GUARDED if "{account_id}" in page.path], ids=name)
def test_another_council_s_account_is_as_good_as_absent(site: Flask, kept: Kept, another: Council, page: Page) -> None:
    roles: tuple[Role, ...] = ("finance", "assessor", "auditor", "finance_approver")
    role = next(role for role in roles if may(role, page.allowed))  # type: ignore[arg-type]
    elsewhere = signed_in_client(site, another, role)
    token = csrf_token(elsewhere)
    absent = path_of(page, kept).replace(str(kept.mrs_a), str(uuid4()))
    form = {"csrf_token": token, "to": "2026-01-01", "kind": "annual", "key": "0" * 32}
    asked = "?to-day=1&to-month=1&to-year=2026&kind=annual" if page.path.endswith("/check") else ""
    paths = (path_of(page, kept), absent)
    data = form if page.method == "POST" else None
    answers = [elsewhere.open(path + asked, method=page.method, data=data) for path in paths]
    assert [answer.status_code for answer in answers] == [404, 404]
    said = [words_of(answer).replace(path, "") for answer, path in zip(answers, paths, strict=True)]
    assert said[0] == said[1]  # but for the address at the foot, which the reader sent


def test_a_person_sees_no_other_person_s_statement(mrs_a: FlaskClient, kept: Kept) -> None:
    assert mrs_a.get(f"/account/statements/{kept.statement_a}").status_code == 200
    assert mrs_a.get(f"/account/statements/{kept.first_b}").status_code == 404


def test_an_address_that_names_no_account_is_not_found(finance: FlaskClient) -> None:
    assert finance.get("/accounts/nobody").status_code == 404
    assert finance.get("/accounts/{00000000-0000-0000-0000-000000000000}").status_code == 404


def test_a_link_that_was_tampered_with_or_is_for_the_api_signs_nobody_in(site: Flask, kept: Kept) -> None:
    api = site.extensions["careledger"].issuer.token(
        audience="careledger", sub="x", council=kept.council.code, role="finance", lasts=timedelta(hours=1)
    )
    for token in ("", "x.y.z", api):
        assert "This sign-in link does not work" in read(site.test_client(), f"/sign-in?token={token}", 401)


def csrf_token(client: FlaskClient) -> str:
    html = client.get("/").get_data(as_text=True)
    return html.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_signing_out_takes_the_form_s_own_token_and_ends_the_session(finance: FlaskClient) -> None:
    assert finance.post("/sign-out").status_code == 400
    assert finance.get("/accounts").status_code == 200
    assert finance.post("/sign-out", data={"csrf_token": csrf_token(finance)}).status_code == 303
    assert finance.get("/accounts").status_code == 401


def test_a_form_that_another_site_sends_is_refused_whatever_it_holds(finance: FlaskClient) -> None:
    form = {"csrf_token": csrf_token(finance)}
    refused = finance.post("/sign-out", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 400
    assert "Nothing was changed." in words_of(refused)


def test_a_personal_page_is_kept_by_no_cache_and_lets_nothing_in(mrs_a: FlaskClient) -> None:
    headers = mrs_a.get("/account").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Referrer-Policy"] == "no-referrer"
