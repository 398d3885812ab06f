"""Every kind of finding about the files of a package."""

from __future__ import annotations

from onrecord.reports import Rule, Severity, rules

FILES = rules("""
file-missing | E | A listed file is not there | The package is not whole. | data/quotes.csv was removed
    | fetch it again, or build the dataset again
file-size | E | A file has another size than listed | Its bytes were changed or cut. | a download that broke off
    | fetch it again, or build the dataset again; tables are never mended by hand
file-hash | E | A file has other bytes than listed | It is not what was published. | a cell mended by hand
    | fetch it again, or build the dataset again; tables are never mended by hand
file-unlisted | E | A release holds a file that SHA256SUMS does not list | Nobody vouches for it. | an added notes.txt
    | take it out
signature | E | The checksums are not signed by the key | Somebody else may have made them. | a signature stripped
    | ask the publisher for the right key, and fetch it again
""")

_TYPES = """
ascii-value blank-header blank-label blank-row byte-count catalog-error cell-error check-error checklist-error
compression-error constraint-error control-error data-error dataset-error detector-error deviated-cell
deviated-value dialect-error duplicate-label duplicate-row encoding-error error extra-cell extra-label field-count
field-error file-error forbidden-value foreign-key format-error hash-count header-error incorrect-label
inquiry-error inquiry-task-error label-error metadata-error missing-cell missing-label package-error pipeline-error
primary-key report-error report-task-error required-value resource-error row-constraint row-count row-error
schema-error scheme-error sequential-value source-error stats-error step-error table-dimensions table-error
truncated-value type-error unique-error unmatched-header
"""
TYPES = tuple(_TYPES.split())
"""What frictionless calls its errors; one that is not among them is an `error`."""


def _second_opinion(kind: str) -> Rule:
    return Rule(
        code=f"frictionless-{kind}",
        severity=Severity.ERROR,
        title=f"frictionless finds: {kind.replace('-', ' ')}",
        why="Other readers of Data Packages would stumble over it too.",
        example=f"an error of the type `{kind}` from `frictionless validate datapackage.json`",
        remedy="build the dataset again; if this stays, its writer is at fault",
    )


FRICTIONLESS = {rule.code: rule for rule in map(_second_opinion, TYPES)}
"""The second opinion on a finished package, one rule for each type of error."""

RULES: dict[str, Rule] = FILES | FRICTIONLESS
"""Every rule about packages, by code."""
