"""Records to rows, rows to Arrow, Arrow to and from CSV and Parquet, and a hash of what a table says."""

from __future__ import annotations

from onrecord.tables.batches import rechunk, to_batch
from onrecord.tables.content import Content, content_hash
from onrecord.tables.csvs import CsvWriter, Ragged, read_csv, stream_csv, stream_text, unlisted
from onrecord.tables.parquets import ParquetWriter, read_parquet, stream_parquet
from onrecord.tables.rows import rows

__all__ = [
    "Content",
    "CsvWriter",
    "ParquetWriter",
    "Ragged",
    "content_hash",
    "read_csv",
    "read_parquet",
    "rechunk",
    "rows",
    "stream_csv",
    "stream_parquet",
    "stream_text",
    "to_batch",
    "unlisted",
]
