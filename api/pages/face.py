"""How does a council show itself to its people: its name, its help and its colour?"""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: white words on the brand colour


def luminance(colour: str) -> float:
    """How bright a colour such as #1f4d43 is, from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    shades = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [shade / 12.92 if shade <= 0.04045 else ((shade + 0.055) / 1.055) ** 2.4 for shade in shades]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(colour: str) -> str:
    """The colour, where white words can be read on it; else a ValueError."""
    contrast = 1.05 / (luminance(colour) + 0.05)
    if contrast < LEAST_CONTRAST:
        raise ValueError(f"white words on {colour} have a contrast of {contrast:.1f}; choose a darker brand colour")
    return colour


BrandColour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$"), AfterValidator(readable)]


class CouncilFace(BaseModel):
    """What every page says of the council it belongs to. What it has not told us is left unsaid, never invented."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    team: str | None = None
    phone: str | None = None
    hours: str | None = None
    address: tuple[str, ...] = ()
    brand_colour: BrandColour = "#1f4d43"

    @property
    def phone_link(self) -> str | None:
        """The number as a telephone dials it."""
        return "tel:" + "".join(c for c in self.phone if c.isdigit() or c == "+") if self.phone else None

    @property
    def post_to(self) -> tuple[str, ...]:
        """Where a letter goes, line by line; nothing where the council has given no address."""
        return tuple(line for line in (self.team, self.name, *self.address) if line) if self.address else ()

    @property
    def sender(self) -> tuple[str, ...]:
        """Who writes, line by line, on top of a letter."""
        return tuple(line for line in (self.name, self.team, *self.address) if line)

    @property
    def stylesheet(self) -> str:
        """The council's colour as one rule of CSS, since no page may carry a style of its own."""
        return f":root{{--govuk-brand-colour:{self.brand_colour}}}\n"


UNKNOWN = CouncilFace(name="Your council")
"""The face of a page that belongs to no one council: nobody is signed in, and there are several."""
