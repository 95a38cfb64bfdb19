"""What does a browser find wrong with a page: at its narrowest, to its keyboard, to an accessibility checker?"""

import os
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.pages.pictures import keep_picture

LONG = bool(os.environ.get("CARELEDGER_LONG"))
NARROW, WIDE = 320, 1280  # CSS pixels; 320 is also 1280 at 400% (WCAG 2.2, 1.4.10)
UPRIGHT, BROAD = 642, 971  # CSS pixels between the margins of an A4 page, and of one that lies on its side

MARK_WHAT_CAN_BE_USED = """() => {
  const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const tabStop = one => one.type !== 'radio' || one === (  // Tab enters a group of radios once; arrows move in it
    document.querySelector(`input[name=${one.name}]:checked`) || document.querySelector(`input[name=${one.name}]`));
  const able = [...document.querySelectorAll(kinds)]
    .filter(one => one.checkVisibility() && !one.disabled && tabStop(one));
  able.forEach((one, at) => one.setAttribute('data-stop', at));
  document.activeElement.blur();
  window.reached = new Set();
  document.addEventListener('focusin', stop => window.reached.add(stop.target.getAttribute('data-stop')));
  return able.map(one => one.outerHTML.slice(0, 120));
}"""
REACHED = "[...window.reached]"

TOO_SMALL = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, summary')]
  .filter(one => one.checkVisibility())
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


@dataclass(frozen=True)
class Seen:
    """What is wrong with a page; all empty when nothing is."""

    console: list[str] = field(default_factory=list)
    beside_paper: list[int] = field(default_factory=list)  # how wide it is on paper, where it is wider than that
    faults: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)


def unreached_by_tabbing(page: Page) -> list[str]:
    """What can be used but is never reached, though the Tab key is held until every stop had its turn twice.

    The page keeps what was reached, and is asked after each round: asking after each key takes longer than the keys.
    """
    able = page.evaluate(MARK_WHAT_CAN_BE_USED)
    reached: set[str | None] = set()
    for _ in range(2):
        for _ in range(len(able) + 1):  # one more, since after the last stop the focus leaves the page
            page.keyboard.down("Tab")
        page.keyboard.up("Tab")
        reached = set(page.evaluate(REACHED))
        if len(reached - {None}) == len(able):
            break
    return [one for at, one in enumerate(able) if str(at) not in reached]


def look_at(page: Page, address: str) -> Seen:
    """Open a page, gather what is wrong with it, and again when its window has become narrow."""
    seen = Seen()
    page.on("console", lambda message: seen.console.append(message.text))
    page.on("pageerror", lambda fault: seen.console.append(str(fault)))
    page.goto(address)
    for width in (WIDE, NARROW):
        seen.faults.extend(faults_of(page, width))
        seen.unreached.extend(unreached_by_tabbing(page))
        keep_picture(page, width)
    seen.beside_paper.extend(_beside_paper(page))
    return seen


def faults_of(page: Page, width: int) -> list[str]:
    """What is wrong with an open page in a window so wide: what misfits, and what an accessibility checker finds.

    The checker, which takes longer than all the rest, is asked of narrow windows, and by the long tests of all.
    """
    found = misfits(page, width)
    if width != NARROW and not LONG:
        return found
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return found + [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in violations]


def misfits(page: Page, width: int) -> list[str]:
    """What of an open page is too wide for a window so wide, or too small to hit.

    A click ends when its page begins to arrive, before any style has: unstyled, a table is wider than the window.
    """
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_load_state()
    reaches = page.evaluate("document.documentElement.scrollWidth")
    found = [f"scrolls sideways: {reaches} px"] if reaches > width else []
    return [f"{width}: {fault}" for fault in found + page.evaluate(TOO_SMALL)]


def _beside_paper(page: Page) -> list[int]:
    page.emulate_media(media="print")
    room = BROAD if page.evaluate("getComputedStyle(document.body).page") == "broad" else UPRIGHT
    page.set_viewport_size({"width": room, "height": 900})
    width = page.evaluate("document.documentElement.scrollWidth")
    page.emulate_media(media="null")
    return [width] if width > room + 1 else []  # words for screen readers alone stand in a box of one pixel


def seen_in(browser: Browser, address: str) -> Seen:
    """The same with a fresh browser that remembers nothing."""
    context = browser.new_context()
    try:
        return look_at(context.new_page(), address)
    finally:
        context.close()
