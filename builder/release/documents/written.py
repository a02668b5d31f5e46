"""JSON and YAML as files: the same bytes for the same value."""

import json
from typing import Any

import yaml


def json_file(value: Any, *, in_order: bool = False) -> bytes:  # noqa: ANN401 - whatever JSON takes
    """A value as a JSON file; ``in_order`` keeps the order of keys, else they are sorted."""
    return json.dumps(value, indent=2, sort_keys=not in_order, ensure_ascii=False).encode() + b"\n"


def yaml_text(value: Any) -> str:  # noqa: ANN401 - whatever YAML takes
    """A value as YAML, keys in their order, ending in a line end."""
    return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100))
