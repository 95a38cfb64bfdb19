"""Does work that goes on after its answer go on once at a time, and is a fault in it heard?"""

from threading import Event, Thread
from threading import enumerate as threads

import pytest

from api.kit.afterwards import afterwards
from tests.faults.served import until

NAME = "some work"


def ours() -> list[Thread]:
    return [thread for thread in threads() if thread.name == NAME]


def until_all_ended() -> None:
    until(lambda: not ours(), "the work has ended")


def test_work_under_way_is_not_begun_a_second_time_and_can_be_begun_later() -> None:
    begun, go_on, done = Event(), Event(), list[str]()

    def first() -> None:
        begun.set()
        assert go_on.wait(30)
        done.append("first")

    afterwards(NAME, first)
    assert begun.wait(30)
    afterwards(NAME, lambda: done.append("second"))
    until(lambda: len(ours()) == 1, "the second has ended")
    go_on.set()
    until_all_ended()
    assert done == ["first"]
    afterwards(NAME, lambda: done.append("third"))
    until_all_ended()
    assert done == ["first", "third"]


def test_a_fault_is_logged_without_its_values_and_the_work_can_be_begun_again(caplog: pytest.LogCaptureFixture) -> None:
    name = "Ada Ames"

    def fails() -> None:
        raise ValueError(name)

    afterwards(NAME, fails)
    until_all_ended()
    assert f"{NAME} was cut off" in caplog.text
    assert "builtins.ValueError" in caplog.text
    assert name not in caplog.text
    done = list[str]()
    afterwards(NAME, lambda: done.append("again"))
    until_all_ended()
    assert done == ["again"]
