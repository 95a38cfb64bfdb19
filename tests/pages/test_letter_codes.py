"""Does a code from a letter let one person in, once, and nobody else?"""

import logging
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from werkzeug.test import TestResponse

from api.app import create_app
from api.cli.letter_code import command
from api.delivery.sending import delivery_of
from api.limits import Limit
from api.signing_in.letter_codes import LENGTH, NoBirthDate, NoCode, read_code
from api.signing_in.posting import send_a_code
from api.signing_in.recipients import NoSuchRecipient
from api.wiring import Installation
from ledger.council import Council
from ledger.letters import STATES
from ledger.reference import fit, new_signs
from ledger.store.letter_rows import Letters
from tests.conftest import NOON
from tests.distributed import HEARING
from tests.letters.reading import reader
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.office import Office
from tests.pages.reading import grade, read, sentences_of, words_of
from tests.pages.seen import Seen, look_at
from tests.pages.test_plain_words import HARDEST, LONGEST
from tests.pages.test_representatives import represented
from tests.pages.test_who_may import csrf_token

BORN = {"born-day": "2", "born-month": "5", "born-year": "1941"}
WRONG_DAY = {**BORN, "born-day": "3"}
REFUSED = "We could not sign you in with this code and this date of birth"


@pytest.fixture(scope="module")
def posting(new_council: Callable[[], Council]) -> Council:
    """A council that sends codes."""
    return new_council()


@pytest.fixture
def own(posting: Council) -> UUID:
    """An account of this test's own."""
    return Office(posting).open(f"P-{uuid4().hex[:8]}", "Ada", "Ames")


def letter(app: Flask, council: Council, account: UUID, authority: UUID | None = None) -> str:
    """The letter that brings a code, once it was handed over."""
    installation: Installation = app.extensions["careledger"]
    letter_id = send_a_code(
        installation, council, account, authority, uuid4().hex, site="https://care.example.gov.uk/", by="alice"
    )
    assert letter_id is not None
    return handed_over(installation, council)[letter_id]


def handed_over(installation: Installation, council: Council) -> dict[UUID, str]:
    """What every letter of a council says that was written to the folder, once those that waited were."""
    delivery_of(installation, council, installation.settings.now).work()
    files = (installation.settings.home / "letters").glob(f"*/{council.code}/*.pdf")
    return {UUID(file.stem): words_on(file) for file in files}


def words_on(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader(file.read_bytes()).pages).split())


def letters_to(council: Council, account: UUID) -> list[UUID]:
    listed = Letters(council.app, council.names).listed(STATES, to_look_at=False, offset=0, limit=999)
    return [each.letter.letter_id for each in listed if each.letter.told.account_id == account]


def code_in(text: str) -> str:
    found = re.search(r"\b([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\b", text)
    assert found
    return found[1]


def code_for(app: Flask, council: Council, account: UUID) -> str:
    return code_in(letter(app, council, account))


def type_in(client: FlaskClient, council: Council, code: str, born: dict[str, str] = BORN) -> TestResponse:
    html = client.get(f"/sign-in/code?council={council.code}").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found
    return client.post("/sign-in/code", data={"csrf_token": found[1], "council": council.code, "code": code, **born})


def refused(answer: TestResponse) -> bool:
    """Whether it was refused, and with the same words whatever was wrong."""
    if answer.status_code != 422:
        return False
    said = re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True))
    assert REFUSED in said
    return True


def test_a_code_and_the_date_of_birth_lead_to_the_account_and_to_no_other(
    site: Flask, posting: Council, own: UUID
) -> None:
    client = site.test_client()
    let_in = type_in(client, posting, code_for(site, posting, own))
    assert (let_in.status_code, let_in.headers["Location"]) == (303, "/account")
    assert posting.ledger.account(own).opened.reference in read(client, "/account")
    assert client.get(f"/accounts/{own}").status_code == 403


def test_it_may_be_typed_in_small_letters_with_what_is_easily_misread(site: Flask, posting: Council, own: UUID) -> None:
    code = code_for(site, posting, own)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert type_in(site.test_client(), posting, typed).status_code == 303


def test_a_code_works_once(site: Flask, posting: Council, own: UUID) -> None:
    code = code_for(site, posting, own)
    assert type_in(site.test_client(), posting, code).status_code == 303
    assert refused(type_in(site.test_client(), posting, code))


def test_whatever_is_wrong_is_answered_alike(site: Flask, posting: Council, own: UUID) -> None:
    """Also what is shown of the form: so nobody learns whether a code was ever sent, or whose birthday is guessed."""
    code = code_for(site, posting, own)
    unknown = "-".join(re.findall("....", new_signs(LENGTH)))
    tried = [(code, WRONG_DAY), (unknown, BORN), (unknown, WRONG_DAY)]
    answers = [type_in(site.test_client(), posting, typed, born) for typed, born in tried]
    assert all(map(refused, answers))
    said = {re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True)) for answer in answers}
    assert len(said) == 1


def test_an_unknown_code_costs_the_store_as_much_as_a_known_one(
    site: Flask, posting: Council, own: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked and what is written, so that the time tells nothing either."""
    known, unknown = code_for(site, posting, own), "-".join(re.findall("....", new_signs(LENGTH)))
    asked: list[str] = []
    monkeypatch.setattr(HEARING, "hear", lambda statement: asked.append(str(statement)))
    counts = []
    for code in (known, unknown):
        type_in(site.test_client(), posting, code, WRONG_DAY)
        counts.append([each for each in asked if posting.names.vault in each])
        asked.clear()
    assert counts[0] == counts[1]
    assert any("INSERT" in each for each in counts[0])


def test_after_five_wrong_tries_the_right_one_is_refused_too(site: Flask, posting: Council, own: UUID) -> None:
    code = code_for(site, posting, own)
    for _ in range(5):
        assert refused(type_in(site.test_client(), posting, code, WRONG_DAY))
    assert refused(type_in(site.test_client(), posting, code))


def test_a_right_code_may_be_tried_four_times_with_a_wrong_day_before(site: Flask, posting: Council, own: UUID) -> None:
    code = code_for(site, posting, own)
    for _ in range(4):
        assert refused(type_in(site.test_client(), posting, code, WRONG_DAY))
    assert type_in(site.test_client(), posting, code).status_code == 303


@pytest.mark.parametrize(("days", "good"), [(27, True), (28, False)])
def test_a_code_is_good_for_four_weeks(
    site_at: Callable[[datetime], Flask], site: Flask, posting: Council, own: UUID, days: int, good: bool
) -> None:
    code = code_for(site, posting, own)
    later = site_at(NOON + timedelta(days=days))
    assert (type_in(later.test_client(), posting, code).status_code == 303) is good


def test_a_newer_code_ends_the_one_before_but_not_that_of_a_representative(
    site: Flask, posting: Council, own: UUID
) -> None:
    entry = represented(Office(posting), own)
    of_daughter = code_in(letter(site, posting, own, entry))
    first, second = (code_for(site, posting, own) for _ in range(2))
    assert refused(type_in(site.test_client(), posting, first))
    assert type_in(site.test_client(), posting, second).status_code == 303
    assert type_in(site.test_client(), posting, of_daughter).status_code == 303


def test_a_representative_signs_in_as_such_for_as_long_as_the_authority_lasts(
    site: Flask, site_at: Callable[[datetime], Flask], posting: Council, own: UUID
) -> None:
    entry = represented(Office(posting), own, ending_before=date(2026, 12, 1))
    text = letter(site, posting, own, entry)
    assert "Gina Green" in text
    assert "Ames" not in text
    client = site.test_client()
    assert type_in(client, posting, code_in(text)).status_code == 303
    assert "You are looking at Ada Ames's account as attorney for money" in read(client, "/account")
    ended = site_at(datetime(2026, 12, 1, 9, tzinfo=UTC))
    with pytest.raises(NoSuchRecipient):
        letter(ended, posting, own, entry)
    with pytest.raises(NoSuchRecipient):
        letter(site, posting, own, posting.ledger.account(own).entries[0].id)  # which names nobody


def test_the_office_chooses_for_whom_the_code_is(
    site: Flask, posting: Council, own: UUID, installation: Installation
) -> None:
    entry = represented(Office(posting), own)
    finance, path = signed_in_client(site, posting, "finance"), f"/accounts/{own}/letter-code"
    assert "Gina Green, who represents them" in read(finance, path)
    form = {"csrf_token": csrf_token(finance), "key": uuid4().hex, "to": str(entry)}
    assert finance.post(path, data=form | {"to": str(uuid4())}).status_code == 400
    assert finance.post(path, data=form | {"to": "nobody"}).status_code == 400
    assert finance.post(path, data=form).status_code == 303
    (letter_id,) = letters_to(posting, own)
    assert "Gina Green" in handed_over(installation, posting)[letter_id]


def test_a_code_of_one_council_is_none_at_another(
    site: Flask, posting: Council, own: UUID, new_council: Callable[[], Council]
) -> None:
    assert refused(type_in(site.test_client(), new_council(), code_for(site, posting, own)))


def test_one_address_may_try_so_often_and_is_told_when_to_try_again(
    installation: Installation, posting: Council, own: UUID
) -> None:
    strict = create_app(Installation(installation.settings.model_copy(update={"limit_sign_in": Limit(2, 86_400)})))
    code = code_for(strict, posting, own)
    strangers = [strict.test_client() for _ in range(4)]
    for client in strangers:
        client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    statuses = [type_in(client, posting, code, WRONG_DAY).status_code for client in strangers[:3]]
    assert statuses == [422, 422, 429]
    last = type_in(strangers[3], posting, code)
    assert 0 < int(last.headers["Retry-After"]) <= 86_400
    assert "You have tried too often" in words_of(last)
    assert type_in(strict.test_client(), posting, code).status_code == 303  # from another address


def test_no_code_stands_in_the_store_in_a_log_or_in_what_the_command_prints(
    site: Flask,
    posting: Council,
    own: UUID,
    home: Path,
    installation: Installation,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    reference = posting.ledger.account(own).opened.reference
    done = CliRunner().invoke(
        command,
        ["--council", posting.code, "--reference", reference, "--by", "alice"],
        env={"CARELEDGER_HOME": str(home), "CARELEDGER_CLOCK": NOON.isoformat()},
    )
    assert done.exit_code == 0, done.output
    (letter_id,) = letters_to(posting, own)
    code = code_in(handed_over(installation, posting)[letter_id])
    type_in(site.test_client(), posting, code, WRONG_DAY)
    with posting.app.transaction() as statements:
        names = posting.names
        statements.execute(f"SET LOCAL ROLE {names.keeper}; SELECT letter_codes::text FROM {names.vault}.letter_codes")
        kept = [text for (text,) in statements.fetchall()]
    assert code[:4] in str(kept)  # by which it is found
    for signs in (code, code.replace("-", ""), code[5:9], code[10:]):
        assert signs not in str(kept) + caplog.text + done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Say whose account it is"),
        (["--reference", "CA-0000-0001"], "This is no account reference"),
        (["--account", "7c0f4f5e-2b1d-4e6a-9d38-5a1b0c9e7f42"], "There is no such account in this council."),
    ],
)
def test_the_command_says_what_is_missing(posting: Council, home: Path, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(command, ["--council", posting.code, *arguments], env={"CARELEDGER_HOME": str(home)})
    assert done.exit_code != 0
    assert said in done.output


def test_who_has_no_date_of_birth_here_is_sent_no_code(site: Flask, posting: Council) -> None:
    unborn = Office(posting).open(f"P-{uuid4().hex}", "Dev", "Desai", born=None)
    with pytest.raises(NoBirthDate):
        code_for(site, posting, unborn)
    finance = signed_in_client(site, posting, "finance")
    assert "No date of birth is recorded" in read(finance, f"/accounts/{unborn}/letter-code")


def test_the_office_sends_one_letter_however_often_its_form_is_sent(
    site: Flask, posting: Council, own: UUID, installation: Installation
) -> None:
    finance, path = signed_in_client(site, posting, "finance"), f"/accounts/{own}/letter-code"
    assert "Send a code by post" in read(finance, f"/accounts/{own}")
    html = finance.get(path).get_data(as_text=True)
    key = re.search(r'name="key" value="([0-9a-f]{32})"', html)
    assert key
    form = {"csrf_token": csrf_token(finance), "key": key[1]}
    for _ in range(2):
        assert finance.post(path, data=form).status_code == 303
    assert "The letter with the code was put in." in read(finance, path)
    (letter_id,) = letters_to(posting, own)
    code = code_in(handed_over(installation, posting)[letter_id])
    assert type_in(site.test_client(), posting, code).status_code == 303


def test_the_letter_can_be_read_by_anybody_and_says_how_long_it_is_good(
    site: Flask, posting: Council, own: UUID
) -> None:
    text = letter(site, posting, own)
    assert "Go to https://care.example.gov.uk/sign-in" in text
    assert "until the end of 19 December 2026" in text
    body = text[text.index("You can use") :]
    sentences = sentences_of(f"<p>{body}</p>")
    assert not [sentence for sentence in sentences if len(sentence.split()) > LONGEST]
    assert grade(sentences) <= HARDEST


def test_a_mistyped_code_is_told_by_its_last_sign() -> None:
    signs = new_signs(LENGTH)
    assert read_code(f"{signs[:4]}-{signs[4:8]} {signs[8:]}") == signs
    others = (signs[:at] + ("2" if signs[at] != "2" else "3") + signs[at + 1 :] for at in range(LENGTH))
    for typed in (*others, signs[:-1], signs + "0", "", "CA-7K3M-92QX"):
        assert not fit(typed, LENGTH)
        with pytest.raises(NoCode):
            read_code(typed)


def test_what_is_missing_is_asked_for_before_anything_is_tried(site: Flask, posting: Council, own: UUID) -> None:
    code = code_for(site, posting, own)
    client = site.test_client()
    nothing = words_of(type_in(client, posting, "", {}))
    assert "Enter the code from our letter" in nothing
    assert "Enter the date of birth" in nothing
    for _ in range(6):
        assert "one of these does not fit" in words_of(type_in(client, posting, code[:-1], WRONG_DAY))
    assert type_in(client, posting, code).status_code == 303


def test_with_several_councils_one_is_chosen_first(site: Flask, posting: Council, new_council: object) -> None:
    client = site.test_client()
    asked = client.get("/sign-in?go=1")
    assert asked.status_code == 422
    assert "Choose how you want to sign in" in words_of(asked)
    chosen = client.get(f"/sign-in?go=1&how=code&council={posting.code}")
    assert chosen.headers["Location"] == f"/sign-in/code?council={posting.code}"
    assert "Example Council" in read(client, "/sign-in/phone")
    assert client.get("/sign-in/code?council=E99999999").headers["Location"] == "/sign-in?go=1&how=code"


def test_a_browser_finds_nothing_wrong_where_the_office_chooses_for_whom_a_code_is(
    browser: Browser, site: Flask, site_address: str, posting: Council, own: UUID
) -> None:
    represented(Office(posting), own)
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, posting, "finance"))
        assert look_at(page, f"{site_address}/accounts/{own}/letter-code") == Seen()
    finally:
        context.close()


def test_a_person_signs_in_with_a_code_by_keyboard_and_without_scripts(
    browser: Browser, site: Flask, site_address: str, posting: Council, own: UUID
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 900})
    try:
        page = context.new_page()
        page.goto(f"{site_address}/sign-in?council={posting.code}")
        page.get_by_label("With a code from our letter").press("Space")
        page.get_by_role("button", name="Continue").press("Enter")
        page.get_by_label("Code").fill(code_for(site, posting, own))
        for label, typed in (("Day", "2"), ("Month", "5"), ("Year", "1941")):
            page.get_by_label(label).fill(typed)
        page.get_by_label("Year").press("Enter")
        expect(page).to_have_url(f"{site_address}/account")
    finally:
        context.close()
