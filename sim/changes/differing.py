"""What differs between the inputs of two cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sim.changes.things import plain
from sim.model.case import Case
from sim.model.faults import written

Dated = dict[tuple[str, str, str], str]

ABSENT = ""
RECORD = "there"
TEXTS = ("note", "source", "confidence", "year", "assumed")
"""What says where a value comes from; two cases with equal values do not differ by it."""


@dataclass(frozen=True, order=True)
class InputDifference:
    """One input that differs between two cases, as texts for a reader.

    An empty `a` or `b` says that the case has no such input. `from_` and `until` are those of a value
    or state that holds for a part of the run, otherwise empty.
    """

    path: str
    a: str
    b: str
    from_: str = ""
    until: str = ""


def differences(a: Case, b: Case) -> list[InputDifference]:
    """Return what differs between the inputs of two cases: their runs, descriptions and dated changes.

    Where one case has a whole record that the other has not, that is one difference. A case and
    itself have none.
    """
    found = [
        *_differing("run", a.run.model_dump(mode="json"), b.run.model_dump(mode="json")),
        *_differing("", plain(a.description), plain(b.description)),
    ]
    return found + _dated_differences(_dated(a), _dated(b))


def _differing(path: str, a: object, b: object) -> Iterator[InputDifference]:
    if a == b:
        return
    if not isinstance(a, Mapping) or not isinstance(b, Mapping) or _is_figure(a) or _is_figure(b):
        if _told(a) != _told(b):
            yield InputDifference(path, _told(a), _told(b))
        return
    for key in dict.fromkeys([*a, *b]):
        if key not in TEXTS:
            yield from _differing(f"{path}.{key}".removeprefix("."), a.get(key), b.get(key))


def _is_figure(value: Mapping[str, object]) -> bool:
    return "value" in value


def _told(value: object) -> str:
    if isinstance(value, Mapping):
        return _figure(value) if _is_figure(value) else RECORD
    if isinstance(value, list):
        return ", ".join(_told(item) for item in value)
    return written(value)


def _figure(figure: Mapping[str, object]) -> str:
    bounds = [_told(figure[bound]) for bound in ("low", "high") if bound in figure]
    return f"{_told(figure['value'])} ({' to '.join(bounds)})" if bounds else _told(figure["value"])


def _dated(case: Case) -> Dated:
    values = {_key(".".join(v.path), v.from_, v.until): _told(v.value) for v in case.dated}
    states = {_key(".".join(s.path), s.from_, s.until): _state(usable=s.usable) for s in case.states}
    return {**values, **states}


def _key(path: str, from_: date | None, until: date | None) -> tuple[str, str, str]:
    return path, str(from_ or ""), str(until or "")


def _state(*, usable: bool) -> str:
    return "open" if usable else "closed"


def _dated_differences(a: Dated, b: Dated) -> list[InputDifference]:
    keys: Iterable[tuple[str, str, str]] = sorted({*a, *b})
    rows = [(key, a.get(key, ABSENT), b.get(key, ABSENT)) for key in keys]
    return [InputDifference(path, x, y, from_, until) for (path, from_, until), x, y in rows if x != y]
