"""What the command line asks of the output: how precise, of what, after how long a warm-up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sim.errors import InputError, Problem, nearest
from sim.indicators.precision import DEFAULT, EVERYTHING, RECOMMENDED_LEAST, Aim, Wanted
from sim.indicators.registry import DEFINITIONS
from sim.model.case import Case
from sim.model.scenario import Run
from sim.network.elements import Network
from sim.units import PERCENT

AUTO = "auto"
AT_MOST = 100
"""Replications after which the attempt at a precision is given up, unless the command line says otherwise."""
LONGEST_DAYS = next(rule.le for rule in Run.model_fields["warm_up_days"].metadata if hasattr(rule, "le"))
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")


@dataclass(frozen=True)
class Wish:
    """How precise the command line asks a run to be.

    `precision` is a text such as ``2%`` or ``0.02``, None for as the replications turn out; `indicators`
    are figures as ``NAME`` or ``NAME:ID``, the usual ones if there are none; `least` replications are made to
    begin with, and after `at_most` the attempt is given up.
    """

    precision: str | None = None
    indicators: tuple[str, ...] = ()
    least: int | None = None
    at_most: int | None = None


def aim_of(wish: Wish, network: Network) -> Aim | None:
    """Return how precise a run is to be, or None where nothing is asked.

    The network says what there is to be measured.

    Raises
    ------
    InputError
        With every problem of what is asked.
    """
    if wish.precision is None:
        _refuse_idle_options(wish)
        return None
    problems: list[Problem] = []
    relative, wanted = _share(wish.precision, problems), _wanted(wish.indicators, network, problems)
    least = RECOMMENDED_LEAST if wish.least is None else wish.least
    if least < 2:  # noqa: PLR2004 - one value has no interval
        what = "with --until-precision begin with 2 replications or more, better 10"
        problems.append(Problem("--replications", 0, 0, str(least), what))
    most = max(AT_MOST, least) if wish.at_most is None else wish.at_most
    if most < least:
        what = f"is less than the {least} replications to begin with; give -r too"
        problems.append(Problem("--at-most", 0, 0, str(most), what))
    if problems:
        raise InputError(problems)
    return Aim(relative, wanted or DEFAULT, least, most)


def warm_up_days(text: str | None) -> int | None:
    """Return the days of a warm-up that is given; None where none is, or it is to be found.

    Raises
    ------
    InputError
        If it is neither a number of days that a run can have nor ``auto``.
    """
    if text is None or text == AUTO:
        return None
    if not re.fullmatch(r"\d{1,9}", text) or int(text) > LONGEST_DAYS:
        what = f"must be a whole number of days up to {LONGEST_DAYS}, or {AUTO}"
        raise InputError([Problem("--warm-up", 0, 0, text, what)])
    return int(text)


def _refuse_idle_options(wish: Wish) -> None:
    given = {"--indicator": bool(wish.indicators), "--at-most": wish.at_most is not None}
    problems = [
        Problem(option, 0, 0, "", "goes with --until-precision")
        for option, is_given in given.items()
        if is_given
    ]
    if problems:
        raise InputError(problems)


def _share(text: str, problems: list[Problem]) -> float:
    """Return a precision as a share, or 0 with the problem noted."""
    found = _SHARE.fullmatch(text.strip())
    share = float(found[1]) / (PERCENT if found[2] else 1) if found else 0.0
    if 0 < share < 1:
        return share
    meant = (
        f"; for {text.strip()} per cent write {text.strip()}%"
        if found and share >= 1 and not found[2]
        else ""
    )
    what = f"must be more than 0 and less than 100 %, as 2% or 0.02{meant}"
    problems.append(Problem("--until-precision", 0, 0, text, what))
    return 0.0


def _wanted(indicators: Iterable[str], network: Network, problems: list[Problem]) -> tuple[Wanted, ...]:
    """Return the figures that are named, each once; what is wrong with the names is noted."""
    found: dict[Wanted, None] = {}
    for text in indicators:
        name, _, thing = text.partition(":")
        what = _problem(name, thing, network)
        if what:
            problems.append(Problem("--indicator", 0, 0, text, what))
        else:
            found[Wanted(name, thing or EVERYTHING)] = None
    return tuple(found)


def _problem(name: str, thing: str, network: Network) -> str:
    """Return what is wrong with a figure's name, or nothing."""
    if name not in DEFINITIONS:
        return f"unknown indicator '{name}'{nearest(name, DEFINITIONS)}; see `corridor list indicators`"
    scopes = DEFINITIONS[name].scopes.split(", ")
    ids = {one for scope in scopes for one in _ids(scope, network)}
    if not thing and "network" not in scopes:
        return f"has no total: say of which {', '.join(scopes)}, as {name}:ID"
    if thing and thing not in ids:
        return f"unknown '{thing}'{nearest(thing, ids)}; '{name}' is of {', '.join(scopes)}"
    return ""


def _ids(scope: str, network: Network) -> Iterable[str]:
    """Return the ids of the things of a scope."""
    case: Case = network.case
    records = case.description
    charges = records.charges.values()
    found: dict[str, Iterable[str]] = {
        "network": [EVERYTHING],
        "flow": network.flows,
        "itinerary": (f"{way.flow}: {way.name}" for way in network.itineraries),
        "mode": {mode for way in network.itineraries for mode, _ in way.km_by_mode},
        "yard": {element.id for element in network.elements if element.kind == "yard"},
        "server": (server.name for server in network.servers),
        "passenger-service": records.passenger_services,
        "corridor": records.corridors,
        "payee": {charge.payee for charge in charges}
        | {s.payee for s in records.passenger_services.values()},
        "country": {c.country for c in charges} | {s.country for s in records.passenger_services.values()},
    }
    return found[scope] if scope in found else getattr(records, f"{scope}s")
