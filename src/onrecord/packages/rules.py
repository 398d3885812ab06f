"""Every kind of finding about the files of a package."""

from __future__ import annotations

from onrecord.reports import rules

RULES = rules("""
file-missing | E | A listed file is not there | The package is not whole. | data/quotes.csv was removed | fetch it again
file-size | E | A file has another size than listed | Its bytes were changed or cut. | a download that broke off
    | fetch it again
file-hash | E | A file has other bytes than listed | It is not what was published. | a cell mended by hand
    | fetch it again, or build the dataset again
file-unlisted | E | A release holds a file that SHA256SUMS does not list | Nobody vouches for it. | an added notes.txt
    | take it out
signature | E | The checksums are not signed by the key | Somebody else may have made them. | a signature stripped
    | ask the publisher for the right key, and fetch it again
""")
