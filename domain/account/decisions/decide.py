"""The one way from a request to what follows from it; each kind of request says by itself what that is."""

from functools import singledispatch

from domain.account.commands import Command
from domain.account.facts import Fact
from domain.account.state import CareAccount
from domain.schemes import Scheme

Facts = tuple[Fact, ...]


@singledispatch
def decide(command: Command, account: CareAccount, scheme: Scheme) -> Facts:
    """The facts that follow from a request.

    Raises Refused or NoSuchEntry, and NotInForce where a figure needs law that nobody has.
    """
    raise TypeError(f"nobody has decided what {type(command).__name__} means")
