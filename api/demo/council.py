"""Which council is it that nobody lives in?"""

from api.demo.story import SCHEME, NotTheStory
from api.wiring import Installation
from ledger.council import Council
from ledger.store.migrate import Setup

CODE = "E10000012"
"""The code that every example of a command uses. Somewhere else it is a real council's; this one has another name."""
NAME = "Example Council (fictitious)"
FACE = {
    "phone": "01632 960 000",
    "address": ["Adult Social Care Finance", "Town Hall", "Example Town", "EM1 1AA"],
    "brand_colour": "#1f4d43",
}


def fictitious_council(installation: Installation) -> Council:
    """The council, set up at first use; raises NotTheStory where a council of another name has its code."""
    council = installation.init(CODE, Setup(NAME, SCHEME.name, FACE))
    if council.setup.name != NAME:
        raise NotTheStory
    return council
