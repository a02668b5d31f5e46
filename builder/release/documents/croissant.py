"""croissant.json: the tables for machine learning tools, in Croissant 1.1 with its words for responsible AI."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from builder.release.documents.citation import bibtex
from builder.release.documents.facts import Facts, key_of
from builder.release.documents.licences import licence_address
from builder.release.documents.markdown import count
from builder.release.documents.responsible import responsible

_TYPES = {
    "bool": "sc:Boolean",
    "float32": "sc:Float",
    "float64": "sc:Float",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
    "string": "sc:Text",
}
_CR = (
    *(
        "arrayShape",
        "citeAs",
        "column",
        "containedIn",
        "equivalentProperty",
        "extract",
        "field",
        "fileProperty",
    ),
    *("fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5"),
    *(
        "parentField",
        "path",
        "recordSet",
        "references",
        "regex",
        "repeated",
        "replace",
        "samplingRate",
        "separator",
    ),
    *("source", "subField", "transform"),
)
_CONTEXT: Mapping[str, Any] = MappingProxyType(
    {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "sc": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "conformsTo": "dct:conformsTo",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "description": {"@container": "@language"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "name": {"@container": "@language"},
        **{name: f"cr:{name}" for name in _CR},
    }
)


def croissant(facts: Facts) -> dict[str, Any]:
    """The description of the folder.

    Links between tables are left to datapackage.json: readers of Croissant lose rows by following them.
    """
    release = facts.release
    said = {
        "@context": dict(_CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": release["name"],
        "description": facts.description,
        "version": release["version"],
        "datePublished": release["date"],
        "license": licence_address(release["licence"]),
        "url": release.get("url") or _address(release.get("doi")),
        "creator": [{"@type": "sc:Organization", "name": name} for name in facts.creators],
        "keywords": list(facts.keywords),
        "inLanguage": list(release.get("languages") or ()),
        "citeAs": bibtex(facts),
        **responsible(facts),
        "distribution": [_file(one) for _, one in sorted(facts.files.items())],
        "recordSet": [_record_set(name, facts) for name in facts.schemas if name in facts.files],
    }
    return {key: value for key, value in said.items() if value}


def _address(doi: str | None) -> str | None:
    return f"https://doi.org/{doi}" if doi else None


def _file(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": one["path"],
        "name": one["path"],
        "contentUrl": one["path"],
        "contentSize": f"{one['bytes']} B",
        "encodingFormat": "application/x-parquet",
        "sha256": one["sha256"],
    }


def _record_set(name: str, facts: Facts) -> dict[str, Any]:
    schema, file = facts.schemas[name], facts.files[name]
    key = [{"@id": f"{name}/{column}"} for column in key_of(schema)]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{schema['description']} {count(file['rows'], 'row')}.",
        **({"key": key if len(key) > 1 else key[0]} if key else {}),
        "field": [_field(name, column, said, file["path"]) for column, said in schema["properties"].items()],
    }


def _field(table: str, column: str, said: Mapping[str, Any], path: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column}",
        "name": f"{table}/{column}",
        "description": said["description"],
        "dataType": _TYPES.get(said["x-arrow"], "sc:DateTime"),
        "source": {"fileObject": {"@id": path}, "extract": {"column": column}},
    }
