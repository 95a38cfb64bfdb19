"""Does every council's face stay readable?"""

import pytest
from pydantic import ValidationError

from api.pages.face import CouncilFace
from tests.pages.sample import COUNCIL


def test_white_words_can_be_read_on_the_brand_colour_or_it_is_refused() -> None:
    assert CouncilFace(**{**COUNCIL.model_dump(), "brand_colour": "#7a1f5c"}).brand_colour == "#7a1f5c"
    with pytest.raises(ValidationError, match="darker"):
        CouncilFace(**{**COUNCIL.model_dump(), "brand_colour": "#ffb52e"})


@pytest.mark.parametrize("colour", ["green", "#fff", "#1f4d43;} body{display:none", "#1F4D43 "])
def test_a_brand_colour_cannot_carry_anything_but_a_colour(colour: str) -> None:
    with pytest.raises(ValidationError):
        CouncilFace(**{**COUNCIL.model_dump(), "brand_colour": colour})


def test_the_council_s_colour_is_a_stylesheet_of_one_rule() -> None:
    assert COUNCIL.stylesheet == ":root{--govuk-brand-colour:#1f4d43}\n"


def test_the_telephone_dials_figures_alone() -> None:
    assert COUNCIL.phone_link == "tel:01632960000"
