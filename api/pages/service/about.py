"""/contact, /accessibility, /privacy and /cookies: how is the council reached, and what is done with what it knows?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.page import PUBLIC, Visit, page

COOKIES = {
    "careledger-session": ("Keeps you signed in", "When you sign out or close your browser"),
    "careledger": ("Keeps our forms safe, and your answers to an estimate", "When you close your browser"),
}
"""What each is for, and when it ends. Where a page comes by HTTPS, __Host- stands before the name."""


@page("/contact", PUBLIC)
def contact(visit: Visit) -> ResponseReturnValue:
    """How to reach the council, and who helps when it does not."""
    return render_template("service/contact.html", page_title="Contact us")


@page("/accessibility", PUBLIC)
def accessibility(visit: Visit) -> ResponseReturnValue:
    """The statement that the Public Sector Bodies Accessibility Regulations 2018 ask for."""
    return render_template("service/accessibility.html", page_title="Accessibility of these pages")


@page("/privacy", PUBLIC)
def privacy(visit: Visit) -> ResponseReturnValue:
    """What is kept of a person, why, and who sees it."""
    return render_template("service/privacy.html", page_title="Your data")


@page("/cookies", PUBLIC)
def cookies(visit: Visit) -> ResponseReturnValue:
    """What these pages keep in a browser."""
    return render_template("service/cookies.html", page_title="Cookies", kept=COOKIES)
