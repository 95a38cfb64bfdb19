"""Days of a life on which there is something to ask: what is drawn evenly is rarely worth asking."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.properties.histories import History, days

_LONG_AFTER = st.sampled_from([302, 365, 431, 500, 640, 801, 1000, 200, 91, 57, 30, 6, 1, 0])


@st.composite
def days_of(draw: st.DrawFn, history: History) -> date:
    """Some day of a life: mostly one after it began."""
    if draw(st.sampled_from([True, True, True, False])):
        return history.account.opened.opened_on + timedelta(days=draw(_LONG_AFTER))
    return draw(days)
