"""Why an account refuses a request. Each docstring is the sentence that the caller reads."""


class Refused(Exception):
    """The account refuses this."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class AccountIsClosed(Refused):
    """This begins after the account's last day. Record what happened up to that day, or reopen the account first."""


class AlreadyClosed(Refused):
    """The account is closed already. Its history shows the day and the reason."""


class ClosesBeforeItOpened(Refused):
    """An account cannot be closed before the day it was opened. Give the day of opening or a later one."""


class NotClosedYet(Refused):
    """A closing statement needs a closed account. Close the account first, or ask for another kind of statement."""


class StatementBeforeOpening(Refused):
    """There is nothing to state before the account was opened. Give the day of opening or a later one."""


class StatementOfDaysToCome(Refused):
    """A statement covers days that have come. Give today or an earlier day."""
