"""What are the ways of drawing, the risks and the findings called?"""

from collections.abc import Mapping

from api.pages.words import pounds
from ledger.samples import LARGE, LATE_AFTER, Found, Method, Risk

METHODS: Mapping[Method, str] = {
    "random": "By chance",
    "by_risk": "By risk, the kinds of risk in turn",
    "by_list": "By a list of references",
}
RISKS: Mapping[Risk, str] = {
    "corrected": "An entry of it was corrected",
    "adjusted": f"An adjustment of {pounds(LARGE)} or more was proposed, either way",
    "late": f"An assessment or budget was recorded more than {LATE_AFTER} days late",
    "none": "No such risk",
}
FOUND: Mapping[Found, str] = {"agrees": "Agrees", "question": "Open question"}
