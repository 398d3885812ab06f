"""`croissant.json`: the tables as record sets for machine learning tools, in Croissant 1.1.

Made from the descriptor and the schemas that are shipped with the data (http://mlcommons.org/croissant/1.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.packages.readme import citation

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "croissant.json"
VERSION = "http://mlcommons.org/croissant/1.1"
PARQUET = "application/x-parquet"
TYPES = {
    "string": "sc:Text",
    "integer": "cr:Int64",
    "number": "cr:Float64",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
}
TERMS = (
    *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileProperty"),
    *("fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5"),
    *("parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate"),
    *("separator", "source", "subField", "transform"),
)
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{name: f"cr:{name}" for name in TERMS},
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    "sc": "https://schema.org/",
}


def croissant(descriptor: Mapping[str, Any], schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the Croissant description of a package.

    Parameters
    ----------
    descriptor
        The package's descriptor.
    schemas
        The Table Schema of each table, by name.
    """
    files = [one for one in descriptor["resources"] if "onrecord:table" in one]
    found = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": VERSION,
        "name": descriptor.get("title", descriptor["name"]),
        "alternateName": descriptor["name"],
        "description": descriptor.get("description"),
        "license": [one.get("path", one.get("title")) for one in descriptor.get("licenses", ())],
        "url": descriptor.get("homepage"),
        "version": descriptor.get("version"),
        "datePublished": descriptor.get("created"),
        "citeAs": citation(dict(descriptor)),
        "keywords": descriptor.get("keywords"),
        "inLanguage": descriptor.get("onrecord:languages"),
        "creator": [_creator(one) for one in descriptor.get("contributors", ())],
        "distribution": [_file(one) for one in files],
        "recordSet": [_records(one["onrecord:table"], one["name"], schemas[one["onrecord:table"]]) for one in files],
    }
    return {key: value for key, value in found.items() if value}


def _creator(one: Mapping[str, Any]) -> dict[str, Any]:
    kind = "sc:Person" if one.get("familyName") else "sc:Organization"
    found = {"@type": kind, "name": one.get("title"), "email": one.get("email"), "url": one.get("path")}
    return {key: value for key, value in found.items() if value}


def _file(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["name"],
        "name": resource["name"],
        "description": resource["description"],
        "contentUrl": resource["path"],
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": PARQUET,
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _records(table: str, file: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    keys = [{"@id": f"{table}/{name}"} for name in schema.get("primaryKey", ())]
    references = {
        name: (key["reference"]["resource"], other)
        for key in schema.get("foreignKeys", ())
        for name, other in zip(key["fields"], key["reference"]["fields"], strict=True)
    }
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": schema.get("description", ""),
        "key": keys[0] if len(keys) == 1 else keys,
        "field": [_field(table, file, one, references.get(one["name"])) for one in schema["fields"]],
    }


def _field(table: str, file: str, field: Mapping[str, Any], reference: tuple[str, str] | None) -> dict[str, Any]:
    is_array = field["type"] == "array"
    kind = field["arrayItem"]["type"] if is_array else field["type"]
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{field['name']}",
        "name": field["name"],
        "description": field.get("description", ""),
        "dataType": TYPES[kind],
        "source": {"fileObject": {"@id": file}, "extract": {"column": field["name"]}},
    }
    if is_array:
        found |= {"isArray": True, "arrayShape": "-1"}
    if field.get("rdfType"):
        found["equivalentProperty"] = field["rdfType"]
    if reference:
        # A reference to a field would be plainer, but mlcroissant 1.1 fails where that field's table refers on.
        other, column = reference
        found["references"] = {"fileObject": {"@id": f"{other}-parquet"}, "extract": {"column": column}}
    return found
