"""What do the shared parts of the pages look like with believable figures in them?"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from flask import Flask, render_template
from jinja2 import ChoiceLoader, FileSystemLoader

from api.pages.charts import step_chart
from api.pages.dress import dress
from api.pages.embedding import content_security_policy
from api.pages.face import CouncilFace
from api.pages.working import working
from domain import parameters
from domain.law.financial_assessment import FullAssessment, assess

HERE = Path(__file__).parent

COUNCIL = CouncilFace(
    name="Example Council",
    team="Adult social care finance",
    phone="01632 960 000",
    hours="Monday to Friday, 9am to 5pm",
    address=("Town Hall", "Example Town", "EX1 1AA"),
)

# Mrs A on the day before she reaches the cap (spec/metering.md, section 5).
PROGRESS = {
    "on": "2025-12-11",
    "known_at": "2026-11-22T10:00:00.123456Z",
    "cap": "86000.00",
    "accrued_costs": "85928.57",
    "remaining": "71.43",
    "percent": "99.91",
    "daily_living_costs": "22914.29",
    "weekly_rate": {"base": "950.00", "daily_living_costs": "200.00", "metered": "750.00"},
    "metering": "metering",
}
EARLY = {**PROGRESS, "accrued_costs": "14600.00", "remaining": "71400.00", "percent": "16.97"}
NOTHING = {**PROGRESS, "accrued_costs": "0.00", "remaining": "86000.00", "percent": "0.00"}
REACHED = {**PROGRESS, "accrued_costs": "86000.00", "remaining": "0.00", "percent": "100.00"}

MONTHS = [
    (date(2025, 10, 31), "0.00"),
    (date(2025, 11, 30), "1360.00"),
    (date(2025, 12, 31), "2720.00"),
    (date(2026, 1, 31), "3960.00"),
    (date(2026, 2, 28), "5320.00"),
    (date(2026, 3, 31), "6680.00"),
    (date(2026, 4, 30), "7920.00"),
    (date(2026, 5, 31), "9280.00"),
    (date(2026, 6, 30), "10640.00"),
    (date(2026, 7, 31), "11880.00"),
    (date(2026, 8, 31), "13240.00"),
    (date(2026, 9, 30), "14600.00"),
]

# Somebody in a care home with savings between the limits (spec/means-test.md).
IN_A_CARE_HOME = FullAssessment.model_validate(
    {
        "type": "full",
        "assessed_on": date(2024, 5, 1),
        "effective_from": date(2024, 5, 6),
        "setting": "care_home_permanent",
        "circumstances": {"date_of_birth": date(1934, 2, 1), "household": "single"},
        "cost_of_care": "685.37",
        "income": ({"kind": "state_pension", "weekly": "227.55"}, {"kind": "savings_credit", "weekly": "7.25"}),
        "capital": ({"kind": "savings", "value": "17050.91"},),
    }
)

SAMPLE = {
    "page_title": "The parts of the pages",
    "progress": PROGRESS,
    "meters": {"early": EARLY, "nothing": NOTHING, "almost": PROGRESS, "reached": REACHED},
    "months": MONTHS,
    "chart": step_chart(MONTHS, "86000.00"),
    "long_chart": step_chart([(date(2023 + n // 12, n % 12 + 1, 28), Decimal(3200 * n)) for n in range(27)], "86000"),
    "past": {"known_at": "2026-09-10T11:00:00Z", "now_href": "/gallery"},
    "law_words": "The cap on care costs is not in force in England. These figures show how costs would count.",
    "errors": {"known_at": "Enter a day that has been, such as 27 3 2026"},
    "working": working(assess(IN_A_CARE_HOME, parameters.load)),
    "done": "The statement to 30 September 2026 was made.",
}


def gallery() -> Flask:
    """An application with one page that shows every shared part."""
    app = Flask(__name__, static_folder=None)
    dress(app, council=lambda: COUNCIL, viewer=lambda: {"role": "finance"})
    app.jinja_loader = ChoiceLoader([app.jinja_loader or FileSystemLoader([]), FileSystemLoader(HERE)])
    app.jinja_env.globals["csrf_token"] = lambda: "a-token"

    @app.get("/gallery")
    def parts() -> str:
        return render_template("gallery.html", **SAMPLE)

    @app.after_request
    def strict(response):  # type: ignore[no-untyped-def]
        response.headers["Content-Security-Policy"] = content_security_policy((), in_frame=False)
        return response

    return app
