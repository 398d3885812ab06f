"""Existing corpora: many articles in one document, a row or a record each.

Every article's `seed_path` is the document's path with the row after a `#`, and its `seed_sha256` is the
hash of that row alone, so that an article keeps its key when other rows of the corpus change.
"""
