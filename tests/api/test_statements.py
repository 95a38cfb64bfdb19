"""Whether a statement stays what it was, adds up, and says in the next one what has become known since."""

import csv
import hashlib
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from tests.api.caller import ApiCaller
from tests.letters.reading import reader


def _made(account: str, finance: ApiCaller, to: str, kind: str = "annual") -> dict[str, Any]:
    made = finance.post(f"{account}/statements", {"to": to, "kind": kind})
    assert made.status_code == 201
    found: dict[str, Any] = made.get_json()
    return found


def _figures(made: dict[str, Any], finance: ApiCaller) -> dict[str, Any]:
    found: dict[str, Any] = finance.get(made["links"]["json"]).get_json()["figures"]
    return found


def _adds_up(figures: dict[str, Any]) -> bool:
    adjusted = sum((Decimal(a["amount"]) for a in figures["adjustments"]), Decimal())
    whole = Decimal(figures["opening"]) + Decimal(figures["counted"]) + adjusted
    lines = sum((Decimal(line["metered"]) for line in figures["lines"]), Decimal())
    return whole == Decimal(figures["accrued_costs"]) and lines == Decimal(figures["counted"])


def test_a_statement_holds_the_figures_of_its_day(mrs_a: str, finance: ApiCaller) -> None:
    figures = _figures(_made(mrs_a, finance, "2024-03-31"), finance)
    assert (figures["from"], figures["to"]) == ("2023-10-02", "2024-03-31")
    assert (figures["opening"], figures["counted"], figures["accrued_costs"]) == ("0.00", "19500.00", "19500.00")
    assert (figures["cost_of_meeting_needs"], figures["daily_living_costs"]) == ("24700.00", "5200.00")
    assert (figures["cap"], figures["remaining"], figures["percent"]) == ("86000.00", "66500.00", "22.67")
    assert figures["adjustments"] == []
    assert _adds_up(figures)


def test_a_statement_reads_the_same_to_the_byte_whatever_becomes_known_later(mrs_a: str, finance: ApiCaller) -> None:
    address = _made(mrs_a, finance, "2024-03-31")["links"]["json"]
    before = finance.get(address).data
    finance.post(f"{mrs_a}/breaks", {"from": "2023-11-01", "ending_before": "2023-12-01", "reason": "hospital"})
    _made(mrs_a, finance, "2024-06-30")
    finance.post(f"{mrs_a}/closures", {"on": "2024-02-01", "reason": "died"})
    assert finance.get(address).data == before


def test_the_digest_can_be_recomputed_from_the_figures(mrs_a: str, finance: ApiCaller) -> None:
    made = _made(mrs_a, finance, "2024-03-31")
    statement = finance.get(made["links"]["json"]).get_json()
    text = json.dumps(statement["figures"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == statement["digest"] == made["digest"]
    (listed,) = finance.get(f"{mrs_a}/statements").get_json()["items"]
    assert listed == {name: statement[name] for name in ("statement_id", "to", "kind", "issued_at", "digest")}


def test_the_next_statement_begins_where_the_last_one_ended(mrs_a: str, finance: ApiCaller) -> None:
    first = _made(mrs_a, finance, "2024-03-31")
    figures = _figures(_made(mrs_a, finance, "2024-06-30"), finance)
    assert (figures["from"], figures["previous_statement"]) == ("2024-04-01", first["statement_id"])
    assert (figures["opening"], figures["counted"], figures["accrued_costs"]) == ("19500.00", "9750.00", "29250.00")
    assert _adds_up(figures)


def test_what_became_known_late_stands_in_the_next_statement_as_an_adjustment_with_its_cause(
    mrs_a: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    _made(mrs_a, finance, "2024-03-31")
    away = finance.post(
        f"{mrs_a}/breaks", {"from": "2024-01-01", "ending_before": "2024-01-15", "reason": "away"}
    ).get_json()
    figures = _figures(_made(mrs_a, finance, "2024-06-30"), finance)
    assert figures["adjustments"] == [
        {"amount": "-1500.00", "causes": [away["entry_id"]], "kind": "late", "from": "2024-01-01", "to": "2024-01-14"}
    ]
    assert (figures["opening"], figures["counted"], figures["accrued_costs"]) == ("19500.00", "9750.00", "27750.00")
    assert _adds_up(figures)
    settled = _figures(_made(mrs_a, finance, "2024-07-31"), finance)
    assert (settled["adjustments"], settled["opening"]) == ([], "27750.00")


def test_what_is_new_about_later_days_is_no_adjustment(mrs_a: str, finance: ApiCaller) -> None:
    _made(mrs_a, finance, "2024-03-31")
    finance.post(f"{mrs_a}/breaks", {"from": "2024-05-01", "ending_before": "2024-05-08", "reason": "away"})
    figures = _figures(_made(mrs_a, finance, "2024-06-30"), finance)
    assert (figures["adjustments"], figures["counted"]) == ([], "9000.00")
    assert _adds_up(figures)


@pytest.mark.parametrize("to", ["2025-12-11", "2025-12-12", "2026-03-31"])
def test_a_statement_across_the_day_of_the_cap_adds_up(mrs_a: str, finance: ApiCaller, to: str) -> None:
    _made(mrs_a, finance, "2024-10-01")
    figures = _figures(_made(mrs_a, finance, to), finance)
    assert _adds_up(figures)
    assert (figures["accrued_costs"] == "86000.00") == (to >= "2025-12-12")


def test_a_closing_statement_can_be_made_once_the_account_is_closed(mrs_a: str, finance: ApiCaller) -> None:
    finance.post(f"{mrs_a}/closures", {"on": "2024-03-31", "reason": "died"})
    figures = _figures(_made(mrs_a, finance, "2024-06-30", "closing"), finance)
    assert (figures["accrued_costs"], figures["metering"]) == ("19500.00", "closed")


def test_the_web_form_is_there_for_whoever_asks_for_html(mrs_a: str, finance: ApiCaller) -> None:
    address, _, form = _made(mrs_a, finance, "2024-03-31")["links"]["html"].partition("?")
    assert finance.get(f"{address}?{form}", Accept="*/*").mimetype == "text/html"
    page = finance.get(address, Accept="text/html")
    assert (page.status_code, page.mimetype, page.headers["ETag"]) == (200, "text/html", '"4"')
    assert "Accept" in page.headers["Vary"]
    assert "19,500.00" in page.get_data(as_text=True)
    assert finance.get(address, Accept="*/*").mimetype == "application/json"


@pytest.mark.parametrize(
    ("form", "media", "begins", "named"),
    [
        ("pdf", "application/pdf", b"%PDF-1.7", 'inline; filename="statement-2024-03-31.pdf"'),
        (
            "csv",
            "text/csv",
            b"\xef\xbb\xbffrom,to,what,why,amount\r\n",
            'attachment; filename="statement-2024-03-31.csv"',
        ),
    ],
)
def test_paper_and_lines_are_there_by_link_and_for_whoever_asks_for_them(
    mrs_a: str, finance: ApiCaller, form: str, media: str, begins: bytes, named: str
) -> None:
    links = _made(mrs_a, finance, "2024-03-31")["links"]
    by_link, asked = finance.get(links[form]), finance.get(links["json"].partition("?")[0], Accept=media)
    assert by_link.data == asked.data
    assert by_link.data.startswith(begins)
    for answer in (by_link, asked):
        assert (answer.status_code, answer.mimetype) == (200, media)
        assert answer.headers["Content-Disposition"] == named
        assert (answer.headers["ETag"], answer.headers["Cache-Control"]) == ('"4"', "no-store")


def test_the_lines_of_a_statement_add_up_in_a_spreadsheet(mrs_a: str, finance: ApiCaller) -> None:
    sheet = finance.get(_made(mrs_a, finance, "2024-03-31")["links"]["csv"]).data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(sheet)))[1:] == [
        ["", "2023-10-01", "When your account began, 2 October 2023", "", "0.00"],
        ["2023-10-02", "2024-03-31", "2 October 2023 to 31 March 2024", "26 weeks at £750.00 a week", "19500.00"],
        ["", "2024-03-31", "Counted up to 31 March 2024", "", "19500.00"],
    ]


def test_large_print_is_another_paper_and_other_sizes_are_refused(mrs_a: str, finance: ApiCaller) -> None:
    paper = _made(mrs_a, finance, "2024-03-31")["links"]["pdf"]
    papers = {size: finance.get(f"{paper}&print={size}") for size in (14, 18, 22)}
    assert len({answer.data for answer in papers.values()}) == 3
    assert papers[14].data == finance.get(paper).data
    assert papers[22].headers["Content-Disposition"] == 'inline; filename="statement-2024-03-31-22-point.pdf"'
    for wrong in ("print=16", "print=", "format=docx", "size=14"):
        assert finance.get(f"{paper.partition('?')[0]}?{wrong}").status_code == 422


def test_what_is_attached_to_the_paper_is_what_json_answers(mrs_a: str, finance: ApiCaller) -> None:
    links = _made(mrs_a, finance, "2024-03-31")["links"]
    (attached,) = reader(finance.get(links["pdf"]).data).attachments["statement.json"]
    assert json.loads(attached) == finance.get(links["json"]).get_json()["document"]


@pytest.mark.parametrize("statement_id", ["x", "00000000-0000-0000-0000-000000000000", "%00"])
def test_a_statement_that_was_never_made_is_not_found(statement_id: str, mrs_a: str, finance: ApiCaller) -> None:
    answer = finance.get(f"{mrs_a}/statements/{statement_id}")
    assert (answer.status_code, answer.get_json()["detail"]) == (404, "There is no such statement of this account.")


def test_another_entry_of_the_account_is_no_statement(mrs_a: str, finance: ApiCaller) -> None:
    entry = finance.get(f"{mrs_a}/history").get_json()["items"][1]["entry_id"]
    assert finance.get(f"{mrs_a}/statements/{entry}").status_code == 404
