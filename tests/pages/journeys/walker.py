"""Somebody who walks through the pages by keyboard alone, and looks at each page for what is wrong with it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.pages.pictures import keep_picture
from tests.pages.seen import faults_of

Heading = str | re.Pattern[str]
MOST_STOPS = 250
HAS_FOCUS = "one => one === document.activeElement"


class Walker:
    """One person with one browser. Every page that a step leads to is looked at before the next step."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._address = address
        self._steps = 0
        self._browser = page.context.new_cdp_session(page)
        self._allow_scripts(False)

    def arrive(self, path: str, heading: Heading) -> None:
        """Open an address that was given, as a link from a letter or an e-mail is."""
        self.page.goto(self._address + path)
        self.see(heading)

    def see(self, heading: Heading) -> None:
        """The page has this heading, and a browser finds nothing wrong with it."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        width = (self.page.viewport_size or {"width": 0})["width"]
        self._steps += 1
        keep_picture(self.page, f"{self._steps:02}")
        self._allow_scripts(True)  # the checker is one; ours have none
        assert faults_of(self.page, width) == []
        self._allow_scripts(False)

    def _allow_scripts(self, allowed: bool) -> None:
        self._browser.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def read(self, *words: str) -> None:
        """The page says this."""
        for said in words:
            expect(self.page.locator("main")).to_contain_text(said)

    def follow(self, link: str, heading: Heading) -> None:
        """Tab to a link and press Enter."""
        self._press_enter_on(self.page.get_by_role("link", name=link), heading)

    def press(self, button: str, heading: Heading) -> None:
        """Tab to a button and press Enter."""
        self._press_enter_on(self.page.get_by_role("button", name=button), heading)

    def write(self, label: str, text: str, within: str = "body") -> None:
        """Tab to a box and type; what stood in it is replaced."""
        self._reach(self.page.locator(within).get_by_label(label, exact=True))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def write_day(self, field: str, day: int, month: int, year: int) -> None:
        """Tab to the three boxes of a day and type each."""
        for part, number in (("", day), ("-month", month), ("-year", year)):
            self._reach(self.page.locator(f"#{field}{part}"))
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(str(number))

    def tick(self, label: str) -> None:
        """Tab to a box and press Space."""
        self._reach(self.page.get_by_role("checkbox", name=label))
        self.page.keyboard.press("Space")

    def choose(self, label: str) -> None:
        """Tab into a group of choices, and go down until the one that is wanted is chosen."""
        wanted = self.page.get_by_role("radio", name=label, exact=True)
        group = self.page.locator(f"input[type=radio][name='{wanted.get_attribute('name')}']")
        checked = group.and_(self.page.locator(":checked"))
        self._reach(checked if checked.count() else group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not reach {label}")

    def pick(self, label: str, option: str) -> None:
        """Tab to a list and type the beginning of what is wanted in it."""
        self._reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(option)

    def _press_enter_on(self, wanted: Locator, heading: Heading) -> None:
        self._reach(wanted.first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.see(heading)

    def _reach(self, wanted: Locator) -> None:
        element = wanted.element_handle()
        for _ in range(MOST_STOPS):
            if element.evaluate(HAS_FOCUS):
                return self.page.keyboard.up("Tab")
            self.page.keyboard.down("Tab")
        raise AssertionError(f"the keyboard does not reach {wanted}")
