"""How does the person of an account want to be reached now?"""

from domain.account.facts import ContactChoice, ContactChosen
from domain.account.state import CareAccount

NOT_CHOSEN = ContactChoice(channel="letter", print_size=14, formats=())
"""A letter in standard print, for whoever has chosen nothing."""


def contact_choice(account: CareAccount) -> ContactChoice:
    """What was chosen last and not taken back (Care Act 2014 s 4(4))."""
    chosen = account.of(ContactChosen)
    return chosen[-1][1] if chosen else NOT_CHOSEN
