"""What a stored run says of each thing on the map: throughput, vehicles, utilisation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.indicators.registry import DEFINITIONS
from sim.outputs.lookup import TONNES_PER_KILOTONNE
from sim.outputs.text import number, scale

Fact = tuple[str, str, str, str, str]
"""Name, value with unit, range, source, confidence."""
SCOPES = ("section", "post", "terminal", "port")
TOLD = ("throughput", "vehicles", "queue_", "wait_")
"""How the indicators begin that a reader is told."""


@dataclass(frozen=True)
class Flows:
    """Results by the id of a section, post, terminal or port.

    `kilotonnes` counts both directions; `shares` are those of the busiest server of the thing; `facts`
    are rows for a reader; `period` says in words what was measured.
    """

    period: str
    kilotonnes: Mapping[str, float]
    shares: Mapping[str, float]
    facts: Mapping[str, tuple[Fact, ...]]


def flows(table: Mapping[str, Any]) -> Flows:
    """Return what the content of a ``table.json`` says of things on the map."""
    rows = [row for row in table["rows"] if not row["commodity"] and not row["period"]]
    shares = _shares(rows)
    facts: dict[str, list[Fact]] = {}
    for row in rows:
        if row["scope"] in SCOPES and row["mean"] and row["indicator"].startswith(TOLD):
            facts.setdefault(row["id"], []).append(_fact(row))
    for thing, share in shares.items():
        used = ("utilisation of the busiest server", f"{share:.0%}", "", "simulated", "")
        facts.setdefault(thing, []).append(used)
    told = {thing: tuple(found) for thing, found in facts.items()}
    return Flows(_period(table["scenario"]), _kilotonnes(rows), shares, told)


def _kilotonnes(rows: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Return the throughput of each thing, both directions together."""
    kilotonnes: dict[str, float] = {}
    for row in rows:
        if row["indicator"] == "throughput" and row["scope"] in SCOPES:
            kilotonnes[row["id"]] = kilotonnes.get(row["id"], 0.0) + row["mean"] / TONNES_PER_KILOTONNE
    return kilotonnes


def _shares(rows: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Return the utilisation of the busiest server of each thing: its id begins the server's name."""
    shares: dict[str, float] = {}
    for row in rows:
        if row["indicator"] == "utilisation":
            thing = str(row["id"]).partition("/")[0]
            shares[thing] = max(shares.get(thing, 0.0), row["mean"])
    return shares


def _fact(row: Mapping[str, Any]) -> Fact:
    factor, unit = scale(DEFINITIONS[row["indicator"]].unit)
    name = " ".join(x for x in (str(row["indicator"]).replace("_", " "), row["direction"]) if x)
    value = f"{number(row['mean'] / factor)} {unit}"
    between = "" if row["low"] is None else f"{number(row['low'] / factor)} to {number(row['high'] / factor)}"
    return (name, value, between, "simulated", "95 % interval" if between else "")


def _period(head: Mapping[str, Any]) -> str:
    run, count = head["run"], head["finished_replications"]
    plural = "" if count == 1 else "s"
    return f"{run['days']} days from {run['start']}, mean of {count} replication{plural}, seed {run['seed']}"
