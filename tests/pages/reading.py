"""What does a person read on a page, and how hard is it to read?"""

import re
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_UNSAID = {"script", "style", "title", "svg"}
_ENDS = {"p", "li", "h1", "h2", "h3", "dt", "dd", "th", "td", "caption", "div", "span", "br", "section", "a", "label"}
_VOWELS = re.compile(r"[aeiouy]+")


class _Words(HTMLParser):
    """Gathers text, with a line end after whatever stands apart on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unsaid += tag in _UNSAID
        self.parts.append("\n" if tag in _ENDS - {"a", "span"} else "")

    def handle_endtag(self, tag: str) -> None:
        self._unsaid -= tag in _UNSAID
        self.parts.append("\n" if tag in _ENDS - {"a", "span"} else "")

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self.parts.append(data)


def lines_of(html: str) -> list[str]:
    """What a reader meets, one line for each thing that stands apart."""
    words = _Words()
    words.feed(html)
    return [" ".join(line.split()) for line in "".join(words.parts).split("\n") if line.strip()]


def words_of(answer: TestResponse | str) -> str:
    """The same on one line."""
    return " ".join(lines_of(answer if isinstance(answer, str) else answer.get_data(as_text=True)))


def read(client: FlaskClient, path: str, status: int = 200) -> str:
    """What a page says."""
    answer = client.get(path)
    assert answer.status_code == status, words_of(answer)
    return words_of(answer)


def sentences_of(html: str) -> list[str]:
    """Every whole sentence of a page; headings, labels and figures are none."""
    found = [part.strip() for line in lines_of(html) for part in re.split(r"(?<=[.?!])\s+", line)]
    return [sentence for sentence in found if sentence.endswith((".", "?", "!")) and " " in sentence]


def grade(sentences: list[str]) -> float:
    """The school grade of some sentences by Flesch and Kincaid; a grade 5 reader is 10 or 11."""
    words = [word for sentence in sentences for word in re.findall(r"[A-Za-z']+", sentence)]
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    """About how many syllables: groups of vowels, a silent e at the end left out."""
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and len(word) > 3
    return max(1, len(_VOWELS.findall(word)) - silent)
