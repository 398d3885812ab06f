"""For programs: the JSON form of a report, described by `docs/report.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import SchemaError
from onrecord.renderings.setting import Setting

if TYPE_CHECKING:
    from onrecord.reports import Report

SCHEMA = "report.schema.json"


def render(report: Report, setting: Setting) -> Iterator[str]:  # noqa: ARG001 -- the form is fixed
    """Yield the report as JSON, a finding at a time; a lone surrogate is shown by its escape's replacement."""
    whole = report.to_dict()
    yield f'{{\n  "valid": {to_json(whole["valid"])},\n  "findings": ['
    between = ""
    for finding in whole["findings"]:
        yield f"{between}\n    {to_json(finding)}"
        between = ","
    totals = json.dumps(clean(whole["totals"]), ensure_ascii=False, indent=2).replace("\n", "\n  ")
    yield ("\n  " if between else "") + f'],\n  "totals": {totals}\n}}\n'


def to_json(value: Any) -> str:
    r"""Return JSON in one line that can be written as UTF-8.

    >>> to_json({"a": "é\ud800"})
    '{"a": "é�"}'
    """
    return json.dumps(clean(value), ensure_ascii=False, allow_nan=False)


def clean(value: Any) -> Any:
    """Return a JSON value without lone surrogates, which are no text."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {clean(key): clean(each) for key, each in value.items()}
    if isinstance(value, list):
        return [clean(each) for each in value]
    return value


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the JSON form: of the installed package, or of a checkout.

    Raises
    ------
    SchemaError
        The file is missing.

    Examples
    --------
    >>> schema()["required"]
    ['valid', 'findings', 'totals']
    """
    package = Path(str(resources.files("onrecord")))
    for folder in (package / "_schemas", package.parents[1] / "docs"):
        if (file := folder / SCHEMA).is_file():
            found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            return found
    raise SchemaError(f"{SCHEMA} is missing", hint="install onrecord again")
