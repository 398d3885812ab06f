"""Start a collection: the commented descriptor that `onrecord new` writes."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import CollectionError
from onrecord.seeds.descriptor import FILE_NAME, NAME

TEMPLATE = """\
# What this collection is, how its documents are read, and what a dataset may hold of them.
# Lines that begin with '#' are notes or choices not taken.

name = "{name}" # the folder's name, and the dataset's
title = "{name}"
# description = "One or two sentences: which articles, from where, chosen how."
# homepage = "https://example.org/"
# keywords = ["news"]
license = "CC-BY-4.0" # of the tables: an SPDX identifier, see https://spdx.org/licenses
# citation = "How to cite the dataset, in one line."

# [[contributors]]
# title = "A person or a body"
# role = "author"

[documents]
# include = ["*.txt"]       # which files are documents; all but notes by default
# converter = "capture"     # what reads them; chosen by content by default
# publisher = "The outlet"  # said of articles that do not say it themselves
# language = "en"           # BCP-47
# time_zone = "Europe/London" # IANA: where the publisher's clocks are

# [documents.options]       # for the converter
# profile = "lemonde"

[rights]
license = "LicenseRef-unknown" # of the articles' text: SPDX, or LicenseRef-<name>
body = "withheld"              # or "included", where the licence allows to publish the text
# quotes = "stand-off"         # or "shortened" with quote_words = 15; "included" by default
# statement = "What the rights are, in words."

# [expect]                  # a build that comes out otherwise is an error
# articles = 10
# quotes = {{ min = 20, max = 200 }}
# languages = ["en"]
"""


def create(root: Path, name: str) -> Path:
    """Make the folder of a new collection with its descriptor, and return it.

    Raises
    ------
    CollectionError
        The name cannot be used, or such a collection exists.
    """
    if not NAME.fullmatch(name):
        raise CollectionError(f"{name!r} is no name", hint="use lower-case letters, digits, '-', '_' and '.'")
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with (folder / FILE_NAME).open("x", encoding="utf-8", newline="\n") as file:
            file.write(TEMPLATE.format(name=name))
    except FileExistsError:
        raise CollectionError("the collection exists", hint="choose another name", file=folder / FILE_NAME) from None
    return folder
