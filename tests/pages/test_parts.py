"""Do the shared parts of the pages say what they must, in words as well as in pictures?"""

import re
from html import unescape

import pytest
from flask import Flask, render_template_string
from jinja2 import UndefinedError

from api.pages.navigation import bar
from tests.pages.sample import EARLY, PROGRESS, REACHED


def words(html: str) -> str:
    """What a reader of the page meets: no tags, single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def part(app: Flask, source: str, **given: object) -> str:
    with app.test_request_context("/"):
        return render_template_string(source, **given)


METER = '{% from "components/meter.html" import cap_meter %}{{ cap_meter(progress) }}'


def test_the_meter_says_in_words_what_it_shows(app: Flask) -> None:
    meter = part(app, METER, progress=PROGRESS)
    assert 'role="img"' in meter
    assert "99% of it filled: £85,928.57 counted so far, of a cap of £86,000.00." in words(meter)
    assert "99% of the cap reached The cap: £86,000.00" in words(meter)


def test_the_meter_is_filled_exactly_as_far_as_the_account_is(app: Flask) -> None:
    assert 'width="16.97%"' in part(app, METER, progress=EARLY)
    assert 'width="100.00%"' in part(app, METER, progress=REACHED)


def test_a_picture_is_named_and_described_by_parts_of_itself(parts: str) -> None:
    pictures = re.findall(r'<svg[^>]*role="img"[^>]*aria-labelledby="([^"]+)"', parts)
    assert len(pictures) == 6
    ids = [name for picture in pictures for name in picture.split()]
    assert all(parts.count(f'id="{name}"') == 1 for name in ids)


def test_no_two_things_on_a_page_have_one_name(parts: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', parts)
    assert sorted(ids) == sorted(set(ids))


def test_a_figure_that_was_not_given_is_a_fault_and_not_a_gap(app: Flask) -> None:
    with pytest.raises(UndefinedError):
        part(app, "You have {{ progress.remainder }} left.", progress=PROGRESS)


def test_the_title_of_a_page_with_a_mistake_begins_with_error(parts: str) -> None:
    assert "<title>Error: The parts of the pages - Example Council care accounts</title>" in parts


def test_a_mistake_is_said_twice_and_leads_to_its_box(parts: str) -> None:
    assert '<a href="#known_at">Enter a day that has been, such as 27 3 2026</a>' in parts
    assert re.search(r'<input[^>]*id="known_at"', parts)
    assert 'id="known_at-day-group-error"' in parts


def test_the_summary_of_mistakes_takes_the_focus_with_no_script(parts: str) -> None:
    assert re.search(r'govuk-error-summary"[^>]* tabindex="-1" autofocus', parts)


def test_help_is_the_last_part_of_the_page_with_telephone_relay_letter_and_office(parts: str) -> None:
    main = parts[parts.index("<main") : parts.index("</main>")]
    help_section = words(main[main.rindex("<section") :])
    for way in (
        "Get help",
        "01632 960 000",
        "Relay UK",
        "dial 18001 then 01632 960 000",
        "Town Hall",
        "Letter or visit",
    ):
        assert way in help_section


def test_a_page_of_the_past_says_so_and_wears_it(parts: str) -> None:
    assert "This page shows what the council knew on 10 September 2026 at 12:00pm (midday). Go to now" in words(parts)
    assert 'class="govuk-template__body cl-past' in parts


def test_a_law_not_in_force_is_said_to_be_an_illustration(parts: str) -> None:
    assert "An illustration. The cap on care costs is not in force in England." in words(parts)


def test_a_page_says_which_moment_its_figures_belong_to(parts: str) -> None:
    assert "These figures are correct up to 11 December 2025 . Last updated 22 November 2026." in words(parts)


def test_every_table_has_a_caption_and_every_header_a_scope(parts: str) -> None:
    assert parts.count("<table") == parts.count("<caption") == 6
    assert not re.search(r"<th(?![^>]*scope=)[\s>]", parts)


def test_a_wide_table_can_be_scrolled_by_the_keyboard_and_says_what_it_is(parts: str) -> None:
    assert '<div class="cl-scroll" role="region" tabindex="0" aria-labelledby="accounts-caption">' in parts
    assert 'id="accounts-caption"' in parts


def test_the_column_a_list_is_sorted_by_is_said(parts: str) -> None:
    assert parts.count('aria-sort="ascending"') == 1


def test_a_filter_is_a_form_whose_address_can_be_sent(parts: str) -> None:
    assert '<form class="cl-filter" method="get" action="/gallery"' in parts
    assert '<input type="hidden" name="sort" value="name">' in parts
    assert "Remove Progress: 80% to 100%" in words(parts)


def test_what_a_person_wrote_cannot_become_markup(app: Flask) -> None:
    source = '{% from "components/identity.html" import identity_bar %}{{ identity_bar(name, []) }}'
    assert "<b>" not in part(app, source, name="<b>Ada</b>")


def test_signing_out_is_a_post_with_a_token(parts: str) -> None:
    assert re.search(
        r'<form method="post" action="/sign-out"><input type="hidden" name="csrf_token" value="a-token">', parts
    )


def test_the_bar_marks_the_page_we_are_on_and_the_part_we_are_in() -> None:
    statements = bar("citizen", "/account/statements/3")
    assert [(place["text"], place["active"], place["current"]) for place in statements] == [
        ("Your account", False, False),
        ("Statements", True, False),
        ("People who help you", False, False),
        ("Who looked", False, False),
    ]
    assert bar(None, "/") == []
