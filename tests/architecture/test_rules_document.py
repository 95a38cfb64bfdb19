"""Whether docs/rules.md says what the worked examples prove, and nothing of them is left out."""

from pathlib import Path

from tests.rules import document


def test_the_rules_are_written_down_as_they_are_tried() -> None:
    assert document.DOCUMENT.read_text("utf-8") == document.written(), "run: python -m tests.rules.document"


def test_no_subject_is_left_out() -> None:
    there_are = {path.stem.removeprefix("test_") for path in Path(document.__file__).parent.glob("test_*.py")}
    assert set(document.SUBJECTS) == there_are


def test_names_become_sentences_as_a_reader_would_write_them() -> None:
    written = {
        "test_mrs_a_has_71_43_left": "Mrs A has 71.43 left",
        "test_a_self_funder_at_home": "A self-funder at home",
        "test_blog_2014_72000_counts_300": "blog-2014-72000: counts 300",
    }
    assert {name: document.sentence(name) for name in written} == written
