"""What was recorded, in words: for staff in `staff`, for the person in `person`."""

from api.pages.recorded.codes import OUTCOMES, STATEMENTS, said
from api.pages.recorded.staff import Words, for_staff

__all__ = ["OUTCOMES", "STATEMENTS", "Words", "for_staff", "said"]
