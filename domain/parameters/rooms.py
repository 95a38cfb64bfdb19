"""Where the amounts of national law are kept: a file each, in rooms by what they are of."""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from domain.parameters.files import read_yaml
from domain.parameters.parameter import Measure, Parameter


@cache
def load(name: str) -> Parameter | Measure:
    """The parameter of this name; KeyError when there is none, ValueError when its file cannot be read."""
    return read(name, text_of(name))


def read(name: str, text: str) -> Parameter | Measure:
    """The parameter that a YAML text describes. Its unit says whether it is pounds; raises ValueError."""
    found = {"name": name, **read_yaml(text)}
    in_pounds = str(found.get("unit")).split(" ")[0] == "pounds"
    return Parameter.model_validate(found) if in_pounds else Measure.model_validate(found)


def text_of(name: str) -> str:
    """The file of a parameter, as it is written; KeyError when there is none."""
    return _files()[name].read_text("utf-8")


def names(room: str | None = None) -> list[str]:
    """Every parameter there is, or those of one room, in alphabetical order."""
    return sorted(_in_room(room) if room else _files())


def rooms() -> list[str]:
    """Every room that holds parameters, in alphabetical order."""
    places = resources.files(__package__).iterdir()
    return sorted(place.name for place in places if place.is_dir() and _in_room(place.name))


@cache
def _files() -> dict[str, Traversable]:
    return {name: file for room in rooms() for name, file in _in_room(room).items()}


def _in_room(room: str) -> dict[str, Traversable]:
    files = (resources.files(__package__) / room).iterdir()
    return {file.name.removesuffix(".yaml"): file for file in files if file.name.endswith(".yaml")}
