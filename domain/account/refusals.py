"""Why an account refuses a request. Each docstring is the sentence that the caller reads."""


class Refused(Exception):
    """The account refuses this."""

    def __init__(self, figures: str = "") -> None:
        """`figures` is a sentence with the amounts that stand in the way, where there are some."""
        super().__init__(f"{type(self).__doc__} {figures}".strip())


class NoSuchEntry(Exception):
    """There is no such entry in this account. Its history shows the entries there are."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class AccountIsClosed(Refused):
    """This begins after the account's last day. Record what happened up to that day, or reopen the account first."""


class AgreementEndedBefore(Refused):
    """The deferred payment agreement had ended by then. Give an earlier day, or correct the entry that ended it."""


class AgreementHasEnded(Refused):
    """The deferred payment agreement has ended already. Its history shows the day and the reason."""


class AgreementInUse(Refused):
    """Sums are deferred or repaid under this agreement. Correct these first, or replace it under its own reference."""


class AgreementReferenceUsed(Refused):
    """The account has a deferred payment agreement of this reference already. Give another one, or correct it."""


class AlreadyAnswered(Refused):
    """This dispute has been answered already. The history shows what was found."""


class AlreadyApproved(Refused):
    """This adjustment has been approved already. To undo it, correct it."""


class AlreadyClosed(Refused):
    """The account is closed already. Its history shows the day and the reason."""


class AlreadyEvidenced(Refused):
    """There is evidence for this balance already. To change it, correct the entry that names it."""


class AlreadyRetracted(Refused):
    """This charge has been retracted already and counts as nothing."""


class AlreadyReturned(Refused):
    """This adjustment was sent back to whoever proposed it. They correct its entry, or propose another."""


class AlreadyVoided(Refused):
    """This entry has been corrected already and counts as nothing. To undo that, correct the correction."""


class ApprovedByItsMaker(Refused):
    """Whoever proposed an adjustment cannot approve it. Ask a second person."""


class BeforeTheAgreement(Refused):
    """The deferred payment agreement had not taken effect on this day. Give its first day or a later one."""


class BeforeItOpened(Refused):
    """The account was not open yet on this day. Give the day of opening or a later one."""


class CannotBeReplaced(Refused):
    """Nothing can stand in the place of an entry of this kind. Void it, and record what is right by itself."""


class CannotBeVoided(Refused):
    """What was posted, stated or disputed stays as it was. Correct what it rests on: the difference becomes a line."""


class ChargeReferenceUsed(Refused):
    """The account has a charge of this reference already. Give another one, or correct the charge there is."""


class ClosesBeforeItOpened(Refused):
    """An account cannot be closed before the day it was opened. Give the day of opening or a later one."""


class FeeIsPaidSeparately(Refused):
    """By this agreement the administration fee is paid and not deferred."""


class KeepsMoreThanTheAllowance(Refused):
    """Of their income a person keeps at most the disposable income allowance. Give the allowance or less."""


class NotClosed(Refused):
    """The account is open, so there is nothing to reopen."""


class NotClosedYet(Refused):
    """A closing statement needs a closed account. Close the account first, or ask for another kind of statement."""


class NoticeOfDaysToCome(Refused):
    """Notices are given of days that have come. Give today or an earlier day."""


class OpeningNeedsReplacement(Refused):
    """An account needs a day of opening. Give the right one in its place, or close it as entered in error."""


class NotRepaidYet(Refused):
    """Something is still owed under this agreement. Record what was repaid first, or give another reason."""


class OverTheEquityLimit(Refused):
    """What is owed would go over the equity limit of the agreement. Defer less."""


class PostsDaysToCome(Refused):
    """Only days that have come can be posted. Give today or an earlier day."""


class ReopensBeforeItClosed(Refused):
    """The account was still open on this day. Give a day after its last one."""


class RepresentationHasEnded(Refused):
    """They no longer represent the person by then. The account's history shows the day and the reason."""


class RepaysMoreThanIsOwed(Refused):
    """This is more than is owed under the agreement. Give what is owed or less."""


class ReplacementOfAnotherKind(Refused):
    """The replacement is of another kind than the entry. Give one of the same kind."""


class ReplacementWasCorrected(Refused):
    """What this correction put in place was itself corrected since. Undo that correction first."""


class ReturnedByItsMaker(Refused):
    """Whoever proposed an adjustment cannot send it back. To take it back, correct its entry."""


class StatementBeforeOpening(Refused):
    """There is nothing to state before the account was opened. Give the day of opening or a later one."""


class StatementOfDaysToCome(Refused):
    """A statement covers days that have come. Give today or an earlier day."""
