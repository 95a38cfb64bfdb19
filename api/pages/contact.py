"""Which words does a choice of how to be reached have?"""

from collections.abc import Mapping

from domain.account.facts import Channel, Format
from domain.account.figures import PrintSize

CHANNELS: Mapping[Channel, str] = {"letter": "Letter", "phone": "Phone", "email": "Email", "text": "Text message"}
SIZES: Mapping[PrintSize, str] = {14: "Standard print", 18: "Large print", 22: "Very large print"}
FORMATS: Mapping[Format, str] = {
    "easy_read": "Easy Read",
    "braille": "Braille",
    "audio": "A recording to listen to",
    "bsl": "British Sign Language",
}
LANGUAGES: Mapping[str, str] = {
    "": "English", "cy": "Welsh", "pl": "Polish", "pa": "Punjabi", "ur": "Urdu", "bn": "Bengali", "gu": "Gujarati",
    "ar": "Arabic", "so": "Somali", "zh": "Chinese",
}  # fmt: skip
"""Those that the page offers; another is recorded by staff, under its code."""
