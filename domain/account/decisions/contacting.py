"""What follows from choosing how to be reached."""

from domain.account.commands import ChooseContact
from domain.account.decisions.decide import Facts, decide
from domain.account.facts import ContactChosen
from domain.account.state import CareAccount
from domain.schemes import Scheme


@decide.register
def choose_contact(command: ChooseContact, account: CareAccount, scheme: Scheme) -> Facts:
    """Take the choice down, also for a closed account, to whose people letters still go (Care Act 2014 s 4(4))."""
    return (ContactChosen.on_the_terms_of(command),)
