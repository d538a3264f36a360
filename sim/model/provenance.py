"""Whose statement a changed or added thing is."""

from collections.abc import Mapping

from pydantic import BaseModel

from sim.model.evidence import Evidence

ORIGINS = ("source", "assumed")


def evidence_keys(evidence: Evidence) -> dict[str, object]:
    """Return the keys by which a record in a file states this evidence."""
    return evidence.model_dump(include=set(Evidence.model_fields), exclude_none=True)


def evidence_of(record: Evidence) -> Evidence:
    """Return the evidence of a record that carries one, alone."""
    return Evidence.model_validate(evidence_keys(record))


def figure_with(value: object, evidence: Evidence) -> dict[str, object]:
    """Return the keys of a figure of that value: nothing of an earlier origin or range is kept."""
    return {"value": value, **evidence_keys(evidence)}


def with_evidence(
    record: Mapping[str, object], model: type[BaseModel], evidence: Evidence
) -> dict[str, object]:
    """Return the record as a statement of whoever adds it, unless it names an origin or needs none."""
    needed = issubclass(model, Evidence) and not any(origin in record for origin in ORIGINS)
    return {**record, **evidence_keys(evidence)} if needed else {**record}
