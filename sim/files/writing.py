"""Plain data to the text of a corridor file, laid out as one writes it by hand."""

import json
import re
from collections.abc import Mapping

from sim.files.text import printable
from sim.files.yaml12 import scalar

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ./_-]*")
"""Texts that need no quotes, if they mean no number, truth or null."""


def yaml_text(title: str, kinds: Mapping[str, Mapping[str, Mapping[str, object]]]) -> str:
    """Return a corridor file: `title` as a comment, then each kind with its records; a figure is one line."""
    lines = [f"# {printable(title)}"]
    for kind, records in kinds.items():
        lines += ["", f"{kind}:"]
        for record_id, record in records.items():
            lines.append(f"  {_written(record_id)}:")
            lines += [f"    {key}: {_written(value)}" for key, value in record.items()]
            lines.append("")
        lines.pop()
    return "\n".join(lines) + "\n"


def _written(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_written(below)}" for key, below in value.items()) + "}"
    return _text(value) if isinstance(value, str) else json.dumps(value, allow_nan=False)


def _text(value: str) -> str:
    value = printable(value)
    plain = PLAIN.fullmatch(value) and scalar(value) == value
    return value if plain else json.dumps(value, ensure_ascii=False)
