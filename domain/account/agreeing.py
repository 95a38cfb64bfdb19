"""From what is asked about a deferred payment to the request to decide on: with the amounts of law that it rests on."""

from domain.account.commands import AgreeDeferredPayment, DeferPayment, EndDeferredPayment, RepayDeferredPayment
from domain.account.facts import Deferral, DeferredPayment, DeferredPaymentEnding, Repayment
from domain.law.deferred_interest import RATE, HalfYear, highest_rates
from domain.law.deferred_payments import ALLOWANCE, equity_limit
from domain.parameters import AmountsOfLaw

AskedUnderAgreement = Deferral | Repayment | DeferredPaymentEnding
UnderAgreement = DeferPayment | RepayDeferredPayment | EndDeferredPayment

_REQUESTS: dict[type[AskedUnderAgreement], type[UnderAgreement]] = {
    Deferral: DeferPayment,
    Repayment: RepayDeferredPayment,
    DeferredPaymentEnding: EndDeferredPayment,
}


def to_agree(terms: DeferredPayment, amounts: AmountsOfLaw) -> AgreeDeferredPayment:
    """The agreement with the limit and the allowance of its first day; raises NotInForce."""
    on = terms.effective_from
    of_law = {
        "equity_limit": equity_limit(terms.property_value, terms.encumbrances, on, amounts),
        "disposable_income_allowance": amounts(ALLOWANCE).on(on),
    }
    return AgreeDeferredPayment.model_validate({**terms.model_dump(by_alias=True), **of_law})


def under_agreement(terms: AskedUnderAgreement, reference: str, amounts: AmountsOfLaw) -> UnderAgreement:
    """A deferral, a repayment or an end, with every highest rate there is."""
    asked = {**dict(terms), "reference": reference, "highest_rates": _every_rate(amounts)}
    return _REQUESTS[type(terms)].model_validate(asked)


def _every_rate(amounts: AmountsOfLaw) -> tuple[HalfYear, ...]:
    """Up to the last half-year of which anything is said: after it none is known."""
    return highest_rates(amounts(RATE).values[-1].from_, amounts)
