"""Add records to a draft, and take things of it into and out of use: `add`, `open` and `close`."""

from collections.abc import Mapping

from pydantic import BaseModel, ValidationError

from sim.changes.draft import ChangeError, Draft, Touch, record, touch
from sim.changes.extent import within
from sim.model.case import DatedState, Placed
from sim.model.consistency import THINGS
from sim.model.faults import faults
from sim.model.paths import Keys, put, record_model, resolve, shape_at, value_at
from sim.model.provenance import with_evidence
from sim.model.scenario import Add, Close, Open
from sim.model.shape import fields, readable, values

RECORD_DEPTH = 2
"""A thing stands under its kind and id."""
UNDATED = ("access_rules",)
"""The kinds of things that hold for the whole run or not at all."""
TIMELESS = (
    "corridors",
    "places",
    "fleets",
    "commodities",
    "seasons",
    "emission_factors",
    "countings",
    "observations",
    "sources",
)
"""The kinds whose records do nothing by themselves, so that it does not matter when they come."""


def add_record(draft: Draft, placed: Placed, change: Add) -> None:
    """Put a whole record under a new id.

    Something that is to be used from a day on is put there as planned and opened on that day.
    """
    keys = _new_keys(draft, change.add)
    if value_at(draft.tree, keys) is not None:
        raise ChangeError("is already there: 'add' wants a new id")
    data = _sound(keys, placed, change)
    new = touch(draft, placed, keys)
    if keys[0] in THINGS and len(keys) == RECORD_DEPTH:
        data = _dated_thing(draft, new, data)
    elif keys[0] not in TIMELESS and new.extent == "part":
        raise ChangeError("can only be added for the whole run: leave out 'from' and 'until'")
    if keys[0] in (*THINGS, *TIMELESS) or new.extent == "whole":
        draft.tree = put(draft.tree, keys, data)
    record(draft, new, "", "added")


def open_thing(draft: Draft, placed: Placed, change: Open) -> None:
    """Bring something that is not operating into use."""
    keys, status = _thing(draft, change.open)
    new = touch(draft, placed, keys)
    if status == "operating":
        raise ChangeError("is already operating")
    if new.extent == "whole":
        opened = {**_record(draft, keys), "status": "operating"}
        opened.pop("opened_on", None)
        draft.tree = put(draft.tree, keys, opened)
    _note_state(draft, new, usable=True)
    record(draft, new, status, "operating")


def close_thing(draft: Draft, placed: Placed, change: Close) -> None:
    """Take something that operates out of use."""
    keys, status = _thing(draft, change.close)
    new = touch(draft, placed, keys)
    if status != "operating":
        raise ChangeError(f"is not operating but {status}")
    if new.extent == "whole":
        draft.tree = put(draft.tree, (*keys, "status"), "suspended")
    _note_state(draft, new, usable=False)
    record(draft, new, status, "suspended")


def _new_keys(draft: Draft, path: str) -> Keys:
    parent, _, new_id = path.rpartition(".")
    keys = resolve(draft.tree, parent)
    shape = shape_at(keys)
    if shape is not None and values(shape) is None:
        inside = [name for name, below in fields(shape).items() if values(below) is not None]
        if len(inside) != 1:
            raise ChangeError(f"'{parent}' holds no records by id")
        keys = (*keys, inside[0])
    return (*keys, new_id)


def _sound(keys: Keys, placed: Placed, change: Add) -> dict[str, object]:
    """Return the record in plain data as a description holds it."""
    model = record_model(keys)
    if model is None:
        raise ChangeError("no record can be added here")
    try:
        made = model.model_validate(with_evidence(change.record, model, placed.evidence))
    except ValidationError as error:
        found = faults(error, model)
        raise ChangeError(*(f"{readable(('record', *f.path))}: {f.what}" for f in found)) from None
    return plain(made)


def plain(made: BaseModel) -> dict[str, object]:
    """Return a description or a record of one in plain data, with the names it has in files."""
    return made.model_dump(mode="json", by_alias=True, exclude_none=True)


def _dated_thing(draft: Draft, new: Touch, data: dict[str, object]) -> dict[str, object]:
    if new.extent == "whole" or data["status"] != "operating":
        return data
    _note_state(draft, new, usable=True)
    return {**data, "status": "planned"}


def _thing(draft: Draft, path: str) -> tuple[Keys, str]:
    keys = resolve(draft.tree, path)
    if len(keys) != RECORD_DEPTH or keys[0] not in THINGS:
        raise ChangeError(f"only {', '.join(THINGS)} can be opened and closed")
    return keys, str(_record(draft, keys)["status"])


def _record(draft: Draft, keys: Keys) -> Mapping[str, object]:
    found = value_at(draft.tree, keys)
    return found if isinstance(found, Mapping) else {}


def _note_state(draft: Draft, new: Touch, *, usable: bool) -> None:
    if new.extent == "part" and new.keys[0] in UNDATED:
        raise ChangeError("can only be opened or closed for the whole run: leave out 'from' and 'until'")
    if new.extent == "part":
        from_, until = within(new.placed, draft.run)
        draft.states.append(DatedState((new.keys[0], new.keys[1]), usable, from_, until))
