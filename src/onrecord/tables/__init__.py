"""Records to rows, rows to Arrow, Arrow to and from CSV and Parquet, and a hash of what a table says."""

from __future__ import annotations

from onrecord.tables.batches import rechunk, to_batch
from onrecord.tables.content import Content, content_hash
from onrecord.tables.csvs import CsvWriter, Ragged, read_csv, stream_csv, stream_text, unlisted
from onrecord.tables.parquets import ParquetWriter, cuts, read_parquet, stream_parquet
from onrecord.tables.pieces import Piece, PieceReader, PieceWriter, Place, piece
from onrecord.tables.rows import rows

__all__ = [
    "Content",
    "CsvWriter",
    "ParquetWriter",
    "Piece",
    "PieceReader",
    "PieceWriter",
    "Place",
    "Ragged",
    "content_hash",
    "cuts",
    "piece",
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
