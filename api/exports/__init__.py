"""Lists as files: one table, the same whether it is written as CSV, as an Excel workbook or as Parquet."""
