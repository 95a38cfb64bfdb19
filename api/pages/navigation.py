"""Which pages does each role find in the bar at the top, and where does it begin?"""

from typing import NamedTuple


class Place(NamedTuple):
    """A page in the bar: its words and its address."""

    text: str
    href: str


CITIZEN = (
    Place("Your account", "/account"),
    Place("Statements", "/account/statements"),
    Place("People who help you", "/account/people"),
    Place("Who looked", "/account/who-looked"),
)
STAFF = (
    Place("Today", "/today"),
    Place("Accounts", "/accounts"),
    Place("Questions", "/questions"),
    Place("Approvals", "/approvals"),
    Place("Received estimates", "/received"),
    Place("Imports", "/imports"),
    Place("Reassessment", "/reassessments"),
    Place("Statement runs", "/statement-runs"),
    Place("Letters", "/letters"),
)
POLICY = (Place("Amounts of law", "/policy"),)
WHO_LOOKED = (Place("Who looked", "/audit/access"),)
AUDIT = (Place("Audit", "/audit"), Place("Account history", "/audit/accounts"), *WHO_LOOKED)

PLACES = {
    "citizen": CITIZEN,
    "representative": CITIZEN,
    "assessor": STAFF,
    "finance": STAFF + POLICY,
    "finance_approver": STAFF + POLICY,
    "policy": POLICY,
    "auditor": AUDIT + POLICY,
    "information_governance": WHO_LOOKED,
}


def home(role: str) -> Place | None:
    """Where a role begins, with what the way there is called; None for a role that has no pages yet."""
    places = PLACES.get(role)
    return Place(f"Go to {places[0].text[0].lower()}{places[0].text[1:]}", places[0].href) if places else None


def bar(role: str | None, path: str) -> list[dict[str, object]]:
    """The entries of the bar for a role, the one whose pages we are among marked. Nobody signed in: none."""
    places = PLACES.get(role or "", ())
    here = max((place.href for place in places if within(path, place.href)), key=len, default=None)
    return [
        {"text": place.text, "href": place.href, "current": path == place.href, "active": place.href == here}
        for place in places
    ]


def within(path: str, href: str) -> bool:
    """Whether a page is the one at an address or stands below it."""
    return path == href or path.startswith(href + "/")
