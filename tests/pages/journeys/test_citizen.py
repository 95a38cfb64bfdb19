"""The journeys of a person, and of somebody who helps them."""

from flask import Flask

from ledger.council import Council
from tests.pages.conftest import Kept
from tests.pages.journeys.conftest import Walk
from tests.pages.office import Office
from tests.pages.test_letter_codes import code_for


def test_signing_in_with_a_code_from_a_letter_and_reading_your_account(walk: Walk, site: Flask, kept: Kept) -> None:
    bert = walk(kept.council, None, "Enter the code from our letter")
    bert.write("Code", code_for(site, kept.council, kept.mr_b))
    bert.write_day("born", 2, 5, 1941)
    bert.press("Sign in", "Your care account")
    bert.read("£81,775.00 of your care costs count towards the cap so far.")
    bert.follow("See what makes up this figure", "How we worked this out")
    bert.read("£81,775.00")
    bert.follow("Statements", "Your statements")
    bert.follow("To 31 March 2026", "Your care account statement")
    bert.press("Sign out", "Care accounts")


def test_questioning_a_line_and_following_the_question(walk: Walk, council: Council) -> None:
    ada = walk(council, "citizen", "Your care account", Office(council).mrs_a())
    ada.follow("See what changed, and who decided it", "What changed")
    ada.follow("Ask about this", "Ask about something that looks wrong")
    ada.press("Continue", "Ask about something that looks wrong")
    ada.read("There is a problem", "Write what looks wrong")
    ada.write("What is wrong with it?", "Nobody came on Tuesday.")
    ada.press("Continue", "Check your question")
    ada.read("We answer you by 22 May 2027.")
    ada.press("Send this question", "We have your question")
    ada.follow("Follow your questions", "Your questions to us")
    ada.read("We are looking at it", "Nobody came on Tuesday.", "We will answer by 22 May 2027.")


def test_choosing_how_you_are_written_to_and_in_which_print(walk: Walk, council: Council) -> None:
    ada = walk(council, "citizen", "Your care account", Office(council).mrs_a())
    ada.follow("Choose how we contact you, or a larger print", "How we contact you")
    ada.choose("Very large print")
    ada.tick("Braille")
    ada.press("Continue", "Check how we contact you")
    ada.read("Very large print", "Braille", "Letter")
    ada.press("Contact me in this way", "How we contact you")
    ada.read("We will contact you in this way.")


def test_letting_somebody_help_you_and_seeing_who_looked(walk: Walk, council: Council) -> None:
    ada = walk(council, "citizen", "Your care account", Office(council).mrs_a())
    ada.follow("People who help you", "People who help you")
    ada.read("Nobody else can see your account.")
    ada.press("Add someone who helps you", "Add someone who helps you")
    ada.press("Continue", "Add someone who helps you")
    ada.read("There is a problem")
    ada.write("Their full name", "Nadia Ames")
    ada.tick("See your figures")
    ada.press("Continue", "Check who helps you")
    ada.press("Add this person", "People who help you")
    ada.read("Nadia Ames")
    ada.follow("Remove Nadia Ames", "Check before you remove someone")
    ada.press("Remove this person", "People who help you")
    ada.follow("Who looked", "Who looked at your account")


def test_asking_what_a_move_into_a_care_home_would_mean(walk: Walk, kept: Kept) -> None:
    bert = walk(kept.council, "citizen", "Your care account", kept.mr_b)
    bert.follow("See what changed, and who decided it", "What changed")
    bert.follow("Your account", "Your care account")
    bert.follow("See what might happen if things change", "What might change?")
    bert.choose("I move into a care home")
    bert.press("Continue", "How much would the care home cost each week?")
    bert.press("Continue", "How much would the care home cost each week?")
    bert.read("There is a problem")
    bert.write("How much would the care home cost each week?", "1,100")
    bert.press("Continue", "If things change")
