"""Where are the pictures kept that the browser tests take of pages, for people to look at?"""

import os
import re
from base64 import b64decode
from pathlib import Path

from playwright.sync_api import Page

ALL_OF_IT = {"format": "png", "captureBeyondViewport": True, "optimizeForSpeed": True}
PICTURES = Path(__file__).parents[2] / ".pictures"


def keep_picture(page: Page, *named: object) -> None:
    """Keep a picture of all of a page under the name of the test that took it, in place of an earlier one.

    Only where there is a folder for them: one who looks at none need not wait for them.
    """
    if not PICTURES.is_dir():
        return
    test = os.environ["PYTEST_CURRENT_TEST"].partition("::")[2].partition(" (")[0]
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(str(part) for part in (test, *named)).lower()).strip("-")
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", ALL_OF_IT)
    (PICTURES / f"{name}.png").write_bytes(b64decode(taken["data"]))
