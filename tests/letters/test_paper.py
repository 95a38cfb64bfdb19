"""Is a statement's PDF accessible, fit to be kept, the same each time, and fit for the envelope?"""

import re
from concurrent.futures import ThreadPoolExecutor

import page
import pytest

from api.letters.glyphs import NOT_PRINTED, covered, printable
from api.letters.plain import PlainLetter
from api.letters.typesetting import ENGINE, PRINT_SIZES, NoSuchTemplate, pdf, pdfs
from api.pages.face import CouncilFace
from api.signing_in.letter import CodeLetter, written
from domain.account.figures import PrintSize
from tests.conftest import NOON
from tests.letters.reading import alternatives, placed, reader, said_on, squeezed
from tests.letters.states import STATES, document, paper, somebody, state

HOSTILE = {
    "markup": ("#set page(fill: red)", "*Ames* _x_ $1$ `y` @z <w> \\ //"),
    "quotes": ('"Ada"', "O'Brien }] {[ )(" + "\\u{41}"),
    "right to left": ("\u05d0\u05d3\u05d4", "\u202eAmes\u202c"),
    "no letter of ours": ("\u738b\u79c0\u82f1", "\u0645\u0631\u064a\u0645"),
    "accents": ("Zo\u00eb \u0141ucja", "Nguy\u1ec5n\u0303"),
    "very long": ("Bartholomew" * 9, "of-the-Meadows-" * 6),
}
VERY_LONG = ("1 A Very Long Street Name Indeed, Behind the Old Town Hall of the Town" * 2,) * 7


@pytest.mark.parametrize("size", PRINT_SIZES)
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_pdf_ua_1_and_pdf_a_3a_at_every_size(name: str, size: PrintSize) -> None:
    made = paper(name, size)
    assert faults_of(made) == []
    assert len(made) < 200_000  # the envelope's printer takes ten times as much
    assert all(
        abs(float(side) - points) < 0.1 for side, points in zip(reader(made).pages[0].mediabox[2:], A4, strict=True)
    )


A4 = (595.28, 841.89)
LENGTHS = "PDFA3A-STREAM-LENGTH-001"
"""The validator takes a carriage return at the end of a stream for part of the line end after it, so we count."""


def faults_of(made: bytes) -> list[str]:
    """What a validator finds against PDF/UA-1 and PDF/A-3a."""
    found = [failure for name in ("ua1", "3a") for failure in page.validate_pdf_bytes(made, profile=name).failures]
    counted = [each for each in found if each.rule_id == LENGTHS]
    assert not counted or streams_are_as_long_as_they_say(made)
    return [f"{each.rule_id}: {each.message}" for each in found if each not in counted]


def streams_are_as_long_as_they_say(made: bytes) -> bool:
    begun = list(re.finditer(rb"/Length (\d+)[^\n]*>>\nstream\n", made))
    assert len(begun) == made.count(b"\nendstream") > 5
    return all(made[each.end() + int(each[1]) :].startswith(b"\nendstream") for each in begun)


@pytest.mark.parametrize("size", PRINT_SIZES)
def test_made_again_it_is_the_same_bytes_and_another_figure_makes_others(size: PrintSize) -> None:
    one = pdf(state("corrected late"), size)
    assert pdf(state("corrected late"), size) == one
    assert pdf(state("the pension rose"), size) != one


def test_it_is_dated_by_what_was_known_and_by_no_clock() -> None:
    found = reader(pdf(state("corrected late"))).metadata
    assert found
    assert str(found.creation_date) == "2024-09-02 09:00:00+00:00"
    assert found.title == "Statement to 31 August 2024, Reference CA-7K3M-92QX"


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("size", [PRINT_SIZES[0], PRINT_SIZES[-1]])
def test_a_name_of_any_kind_stays_text_and_stays_in_the_window(name: str, size: PrintSize) -> None:
    found = document(STATES["corrected late"](), somebody(*HOSTILE[name]))
    made = pdf(found, size)
    assert faults_of(made) == []
    outside_the_window(made)
    assert (squeezed(NOT_PRINTED) in said_on(made)) == (name == "no letter of ours")
    if name in ("markup", "quotes", "accents"):
        assert squeezed(printable(found.to[0])) in said_on(made)
    (attached,) = reader(made).attachments["statement.json"]
    assert found.model_dump(mode="json", by_alias=True)["to"][0] == found.to[0]
    assert b"statement-1" in attached


@pytest.mark.parametrize("size", PRINT_SIZES)
def test_a_long_address_fits_the_window_too(size: PrintSize) -> None:
    outside_the_window(pdf(document(STATES["corrected late"](), somebody("Ada", "Ames", *VERY_LONG)), size))


def outside_the_window(made: bytes) -> None:
    """On the first page nothing stands above the body but the address in its window and the council on the right."""
    for words, left, top, _ in placed(made):
        in_window = 24.6 <= left < 120 and 39.5 <= top <= 66.3
        on_the_right = 125 <= left <= 195 and 5 <= top <= 95
        assert in_window or on_the_right or (top > 95 and left >= 15), (words, left, top)
    for number in range(len(reader(made).pages)):
        assert all(15 <= left < 195 and 5 <= top <= 292 for _, left, top, _ in placed(made, number))


@pytest.mark.parametrize("size", PRINT_SIZES)
def test_no_words_but_the_address_are_smaller_than_was_asked_for(size: PrintSize) -> None:
    made = pdf(state("corrected late"), size)
    for number in range(len(reader(made).pages)):
        body = [each for each in placed(made, number) if number or not 24 < each.left < 120 or each.top > 95]
        assert min(each.points for each in body) >= size - 0.1


def test_letters_that_the_fonts_have_stay_and_others_give_way() -> None:
    assert (
        printable("Zo\u00eb \u0141ucja \u05d0\u05d3\u05d4 \u2019 \u20ac")
        == "Zo\u00eb \u0141ucja \u05d0\u05d3\u05d4 \u2019 \u20ac"
    )
    assert printable("\uff21\uff44\uff41") == "Ada"  # wide letters are plain ones
    assert printable("\u738b Ada\u200b\u202e") == "? Ada"
    assert {ord(letter) for letter in "\u00a3\u20ac\u2013\u2019\u0175\u0177\u00e9"} <= covered()
    assert len(covered()) > 2000


def test_a_name_that_holds_a_question_mark_is_not_said_to_lack_letters() -> None:
    found = document(STATES["corrected late"](), somebody("Ada?", "Ames"))
    assert squeezed(NOT_PRINTED) not in said_on(pdf(found))


def test_many_are_made_in_their_order_by_two_processes_and_are_the_same_bytes() -> None:
    names = [*STATES, *STATES][:20]
    assert list(pdfs(map(state, names), processes=2)) == [paper(name, 14) for name in names]


def test_a_template_that_is_not_there_is_told_plainly() -> None:
    with pytest.raises(NoSuchTemplate, match="newer version"):
        pdf(state("closed").model_copy(update={"template": "statement-0"}))


def test_the_engine_is_named_with_its_version() -> None:
    assert re.fullmatch(r"typst-0\.15\.2", ENGINE)


@pytest.mark.parametrize("size", PRINT_SIZES)
def test_the_meter_is_told_to_whoever_cannot_see_it(size: PrintSize) -> None:
    assert alternatives(paper("corrected late", size)) == [
        "A bar, 12% of it filled: £10,585.71 counted so far, of a cap of £86,000.00."
    ]
    assert alternatives(paper("no cap is in force", size)) == []


def test_many_threads_set_statements_at_once_as_one_does_after_the_other() -> None:
    documents = [state(name) for name in STATES] * 3
    alone = [pdf(each) for each in documents]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(pdf, documents)) == alone


@pytest.mark.parametrize("size", PRINT_SIZES)
def test_a_letter_without_figures_is_as_accessible_and_fits_the_same_envelope(size: PrintSize) -> None:
    made = pdf(a_code(), size)
    assert faults_of(made) == []
    in_window = [each for each in placed(made) if each.left < 120 and each.top < 90]
    assert [each.words for each in in_window] == ["Ada Ames", "1 High Street", "Example Town EX1 1AB"]
    assert all(each.left > 24.6 and 39.5 < each.top < 66.3 for each in in_window)


def a_code() -> PlainLetter:
    """A letter that brings a code."""
    address = ("1 High Street", "Example Town EX1 1AB")
    code = CodeLetter("Ada Ames", address, "CA-7K3M-92QX", "7K3M-92QX-AB3D", "https://care.example.gov.uk", NOON)
    return written(code, CouncilFace(name="Example Council", phone="01632 960 100"))
