"""What the figures of a description rest on: counts by kind of source, and the weak ones that matter most."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sim.model.consistency import inside
from sim.model.demand import Season
from sim.model.description import Description
from sim.model.evidence import Evidence, Figure, Source
from sim.model.faults import written
from sim.model.network import Position
from sim.model.shape import Path, readable
from sim.outputs.evidence_weights import Weights, weight

ASSUMED = "assumed"
BASES: tuple[str, ...] = ("official", "multilateral", "operator", "study", "press", "directory", ASSUMED)
"""What a figure can rest on: the kind of its source, or nothing but a reason."""
CONFIDENCES = ("high", "medium", "low")
UNKNOWN_SPREAD = 1.0
"""The relative range of a weak figure that gives none: it may be wrong by its own size."""
WEAKEST = 10
COLUMNS = (
    "path",
    "value",
    "low",
    "high",
    "rests_on",
    "confidence",
    "source",
    "year",
    "tonne_km",
    "influence",
    "reason",
)
Value = float | str | None


@dataclass(frozen=True)
class Stated:
    """Something that says where it comes from; a `number` unless it only says that a thing is there."""

    path: Path
    evidence: Evidence
    number: bool


@dataclass(frozen=True)
class Weighed:
    """A figure, what it rests on, and the tonne-km a year that it bears on."""

    path: str
    value: Value
    low: Value
    high: Value
    rests_on: str
    evidence: Evidence
    tonne_km: float
    reason: str

    @property
    def weak(self) -> bool:
        """Whether it is assumed, or taken from a source with low confidence."""
        return self.rests_on == ASSUMED or self.evidence.confidence == "low"

    @property
    def influence(self) -> float:
        """Tonne-km times relative range: how much freight work its error could touch."""
        return self.tonne_km * spread(self.value, self.low, self.high)


@dataclass(frozen=True)
class Share:
    """How many figures rest on one thing, with which confidence, and the tonne-km that they bear on."""

    rests_on: str
    figures: int
    tonne_km: float
    by_confidence: Mapping[str, int]
    tonne_km_by_confidence: Mapping[str, float]


def statements(record: object, path: Path = ()) -> Iterator[Stated]:
    """Yield everything in a description, or a part of it at `path`, that says where it comes from."""
    if isinstance(record, Evidence):
        yield Stated(path, record, isinstance(record, Figure | Position | Season))
    for key, below in inside(record):
        yield from statements(below, (*path, key))


def weighed(description: Description, weights: Weights) -> list[Weighed]:
    """Return every figure of a description with its weight, in the order of the description."""
    return [
        _weighed(stated, description.sources, weight(weights, stated.path))
        for stated in statements(description)
        if stated.number
    ]


def _weighed(stated: Stated, sources: Mapping[str, Source], tonne_km: float) -> Weighed:
    origin = stated.evidence
    figure = origin if isinstance(origin, Figure) else None
    return Weighed(
        path=readable(stated.path),
        value=figure.value if figure else None,
        low=figure.low if figure else None,
        high=figure.high if figure else None,
        rests_on=sources[origin.source].kind if origin.source else ASSUMED,
        evidence=origin,
        tonne_km=tonne_km,
        reason=origin.assumed or written(figure.note if figure else None),
    )


def spread(value: Value, low: Value, high: Value) -> float:
    """Return the range of a figure as a part of its value; 1 where it is not known."""
    if not isinstance(value, int | float) or (low is None and high is None):
        return UNKNOWN_SPREAD
    ends = [float(end) for end in (low, value, high) if isinstance(end, int | float)]
    width = max(ends) - min(ends)
    size = abs(value) or max(abs(end) for end in ends)
    return width / size if width else 0.0


def shares(figures: Iterable[Weighed]) -> list[Share]:
    """Return what the figures rest on: one row for each of `BASES`, also for those of no figure."""
    counts: Counter[tuple[str, str]] = Counter()
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for figure in figures:
        key = figure.rests_on, figure.evidence.confidence or ""
        counts[key] += 1
        weights[key] += figure.tonne_km
    return [
        Share(
            base,
            sum(counts[base, grade] for grade in (*CONFIDENCES, "")),
            sum(weights[base, grade] for grade in (*CONFIDENCES, "")),
            {grade: counts[base, grade] for grade in CONFIDENCES},
            {grade: weights[base, grade] for grade in CONFIDENCES},
        )
        for base in BASES
    ]


def weakest(figures: Iterable[Weighed], most: int = WEAKEST) -> list[Weighed]:
    """Return the weak figures of greatest influence, greatest first."""
    weak = [figure for figure in figures if figure.weak and figure.influence]
    return sorted(weak, key=lambda figure: (-figure.influence, figure.path))[:most]


def values(figure: Weighed) -> tuple[object, ...]:
    """Return a figure as plain values in the order of `COLUMNS`."""
    return (
        figure.path,
        figure.value,
        figure.low,
        figure.high,
        figure.rests_on,
        figure.evidence.confidence,
        figure.evidence.source,
        figure.evidence.year,
        figure.tonne_km,
        figure.influence if figure.weak else None,
        figure.reason,
    )


def uses(records: Iterable[object]) -> tuple[Counter[str], Counter[str]]:
    """Return how many figures, and how many other statements, each source is named for."""
    figures: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for record in records:
        for stated in statements(record):
            if stated.evidence.source:
                (figures if stated.number else others)[stated.evidence.source] += 1
    return figures, others
