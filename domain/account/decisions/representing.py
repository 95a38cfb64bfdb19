"""What follows from naming somebody who represents the person, and from that coming to an end."""

from domain.account.commands import EndRepresentative, NameRepresentative
from domain.account.decisions.decide import Facts, decide
from domain.account.facts import RepresentativeEnded, RepresentativeNamed
from domain.account.refusals import NoSuchEntry, RepresentationHasEnded
from domain.account.represented import representatives
from domain.account.state import CareAccount
from domain.schemes import Scheme


@decide.register
def name_representative(command: NameRepresentative, account: CareAccount, scheme: Scheme) -> Facts:
    """Take down who may see the account or act for the person, also of a closed account, whose past may be asked about.

    Mental Capacity Act 2005 ss 9, 16 and 19; SI 1987/1968 reg 33; SI 2013/380 reg 57; Care Act 2014 s 67.
    """
    return (RepresentativeNamed.on_the_terms_of(command),)


@decide.register
def end_representative(command: EndRepresentative, account: CareAccount, scheme: Scheme) -> Facts:
    """End it from a day on; one that is over by then already stays as it is."""
    named = {str(each.entry.id): each for each in representatives(account)}
    if command.representative not in named:
        raise NoSuchEntry
    if named[command.representative].ended(command.ending_before):
        raise RepresentationHasEnded
    return (RepresentativeEnded.on_the_terms_of(command),)
