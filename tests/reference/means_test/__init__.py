"""What would someone with the specification of the means test and a pencil say a person has to pay?

An independent reference for the Care and Support (Charging and Assessment of Resources) Regulations 2014, SI 2014/2672
("R"). It shares no code with `domain`, works in exact fractions, and is slow and plain on purpose. Where the
specification leaves room, `readings.md` says how it is read; comments cite its numbers.
"""

from .amounts import Amounts, NoAmount
from .assessing import Answer, assess
from .request import Refused

__all__ = ["Amounts", "Answer", "NoAmount", "Refused", "assess"]
