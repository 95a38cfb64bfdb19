"""How is a table written as Parquet: money as whole pence, and what it rests on in the file's own metadata?"""

from decimal import Decimal
from io import BytesIO
from typing import Any

from api.exports.table import Column, Table, Value

MIMETYPE = "application/vnd.apache.parquet"
_PENCE = Decimal(100)


class ParquetNotInstalled(Exception):
    """Parquet needs the extra "parquet" of this program, which is not installed here. Take CSV or Excel instead."""


def parquet(table: Table) -> bytes:
    """The rows, column by column; raises ParquetNotInstalled. The column of an amount ends in `_pence`."""
    try:
        import pyarrow
        from pyarrow.parquet import write_table
    except ImportError as fault:
        raise ParquetNotInstalled(ParquetNotInstalled.__doc__) from fault
    fields = [pyarrow.field(_name(column), _type(pyarrow, column)) for column in table.columns]
    notes = dict(table.notes)
    columns = [
        pyarrow.array([_value(column, row[place]) for row in table.rows], field.type)
        for place, (column, field) in enumerate(zip(table.columns, fields, strict=True))
    ]
    out = BytesIO()
    write_table(pyarrow.Table.from_arrays(columns, schema=pyarrow.schema(fields, metadata=notes)), out)
    return out.getvalue()


def _name(column: Column) -> str:
    return f"{column.name}_pence" if column.kind == "money" else column.name


def _type(pyarrow: Any, column: Column) -> Any:
    types = {
        "text": pyarrow.string(),
        "day": pyarrow.date32(),
        "instant": pyarrow.timestamp("us", tz="UTC"),
        "money": pyarrow.int64(),
        "number": pyarrow.int64(),
        "percent": pyarrow.decimal128(9, 2),
    }
    return types[column.kind]


def _value(column: Column, value: Value) -> Any:
    if value is None:
        return None
    if column.kind == "money":
        return int(Decimal(value) * _PENCE)  # type: ignore[arg-type]  # to the penny already
    return Decimal(value) if column.kind == "percent" else value  # type: ignore[arg-type]
