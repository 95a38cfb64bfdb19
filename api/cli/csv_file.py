"""How a command writes a CSV file: whole, or not at all."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click


@contextmanager
def csv_file(file: Path | None) -> Iterator[Any]:
    """A CSV writer whose file takes the place of what was there when it is whole, and not before."""
    if file is None:
        yield None
        return
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as out:
            yield csv.writer(out)
        os.replace(unfinished, file)
    except OSError as fault:
        raise click.ClickException(f"{file} cannot be written: {fault.strerror}.") from fault
    finally:
        unfinished.unlink(missing_ok=True)
