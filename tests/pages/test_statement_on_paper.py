"""Does a person get their statement on paper in the size they can read, and staff the paper that the person gets?"""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api.caller import ApiCaller
from tests.letters.reading import said_on, squeezed
from tests.pages.conftest import Kept
from tests.pages.reading import read


@pytest.mark.parametrize(("size", "named"), [("", ""), ("?print=18", "-18-point"), ("?print=22", "-22-point")])
def test_the_paper_of_a_page_is_the_paper_of_the_api(
    site: Flask, mrs_a: FlaskClient, finance: FlaskClient, kept: Kept, size: str, named: str
) -> None:
    path = f"statements/{kept.statement_a}"
    api = ApiCaller(site, kept.council.code, "finance")
    wanted = api.get(f"/v1/care-accounts/{kept.mrs_a}/{path}{size}", Accept="application/pdf").data
    for client, begins in ((mrs_a, "/account"), (finance, f"/accounts/{kept.mrs_a}")):
        answer = client.get(f"{begins}/{path}/paper{size}")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.headers["Content-Disposition"] == f'inline; filename="statement-2025-12-11{named}.pdf"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.data == wanted
    assert squeezed("Ada Ames 1 High Street") in said_on(wanted)


def test_a_size_that_is_none_of_ours_gives_the_standard_one(mrs_a: FlaskClient, kept: Kept) -> None:
    path = f"/account/statements/{kept.statement_a}/paper"
    assert mrs_a.get(f"{path}?print=99").data == mrs_a.get(path).data


def test_staff_take_its_lines_to_a_spreadsheet(site: Flask, finance: FlaskClient, kept: Kept) -> None:
    path = f"{kept.mr_b}/statements/{kept.second_b}"
    api = ApiCaller(site, kept.council.code, "finance")
    lines = finance.get(f"/accounts/{path}/lines")
    assert lines.data == api.get(f"/v1/care-accounts/{path}", Accept="text/csv").data
    assert b"On 20 February 2026 we worked out that you pay" in lines.data


def test_another_person_s_paper_is_not_there(mrs_a: FlaskClient, kept: Kept) -> None:
    assert mrs_a.get(f"/account/statements/{kept.first_b}/paper").status_code == 404


def test_the_list_and_the_statement_lead_to_each_paper(mrs_a: FlaskClient, kept: Kept) -> None:
    path = f"/account/statements/{kept.statement_a}"
    listed = mrs_a.get("/account/statements").get_data(as_text=True)
    assert all(f'href="{path}/paper{size}"' in listed for size in ("", "?print=18"))
    shown = mrs_a.get(path).get_data(as_text=True)
    assert all(f'href="{path}/paper{size}"' in shown for size in ("", "?print=18", "?print=22"))
    assert "Print or keep this statement (PDF)" in read(mrs_a, path)
