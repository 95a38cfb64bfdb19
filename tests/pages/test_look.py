"""Is the look ours to use, safe under a strict policy, and built from the version the macros expect?"""

import gc
import re
from importlib.metadata import version
from pathlib import Path

import pytest
from flask import Flask

import api.pages
from api.pages.dress import STATIC

PAGES = Path(api.pages.__file__).parent
TEMPLATES = sorted(PAGES.rglob("*.html"))
SHEETS = sorted(STATIC.glob("*.css"))

# The README of the macros names, for each of their versions, the one version of the styles it is made for.
STYLES_FOR_MACROS = {"4.1.0": "6.3.0"}

INLINE = re.compile(r"""<script(?![^>]* src=)|<style|\sstyle\s*=|\son\w+\s*=|javascript:""", re.IGNORECASE)


def test_the_styles_are_the_version_the_macros_were_made_for() -> None:
    built = re.search(r'--govuk-frontend-version: ?"([^"]+)"', (STATIC / "govuk-frontend.min.css").read_text())
    assert built
    assert built[1] == STYLES_FOR_MACROS[version("govuk-frontend-jinja")]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_stylesheet_uses_the_font_of_another_house_or_fetches_anything(sheet: Path) -> None:
    text = sheet.read_text()
    assert "GDS Transport" not in text
    assert not re.search(r"@font-face|@import|url\(", text)


def test_no_font_and_no_crown_is_shipped() -> None:
    assert not [path for path in PAGES.rglob("*") if path.suffix in {".woff", ".woff2", ".ttf", ".otf"}]
    assert not [path for path in PAGES.rglob("*") if path.is_file() and "govuk-logo" in path.read_text(errors="ignore")]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(PAGES).as_posix())
def test_no_template_carries_a_script_or_a_style_of_its_own(template: Path) -> None:
    assert not INLINE.search(template.read_text())


def test_what_is_sent_carries_no_script_and_no_style_of_its_own(parts: str) -> None:
    assert not INLINE.search(parts)


def test_everything_a_page_asks_for_is_there(app: Flask, parts: str) -> None:
    addresses = re.findall(r'<link [^>]*href="([^"]+)"', parts)
    assert len(addresses) == 4
    for address in addresses:
        with app.test_client().get(address) as answer:
            assert answer.status_code == 200


def test_a_file_that_the_browser_has_already_is_closed_again(app: Flask, recwarn: pytest.WarningsRecorder) -> None:
    client = app.test_client()
    with client.get("/static/favicon.svg") as sent:
        kept = client.get("/static/favicon.svg", headers={"If-None-Match": sent.headers["ETag"]})
    assert kept.status_code == 304
    del kept
    gc.collect()
    assert not recwarn.list


def test_the_council_s_colour_is_sent_as_a_stylesheet(app: Flask) -> None:
    with app.test_client().get("/brand.css") as sheet:
        assert (sheet.mimetype, sheet.get_data(as_text=True)) == ("text/css", ":root{--govuk-brand-colour:#1f4d43}\n")


def test_every_class_a_template_names_as_ours_has_a_rule() -> None:
    ours = (STATIC / "careledger.css").read_text()
    named = {name for template in TEMPLATES for name in re.findall(r"\bcl-[\w-]+", template.read_text())}
    ruled = set(re.findall(r"\.(cl-[\w-]+)", ours))
    assert {name for name in named if not name.endswith("--")} - ruled == set()
