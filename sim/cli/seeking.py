"""Which flows and consignments a reader looks for: by words, without knowing a number."""

from collections.abc import Iterable
from dataclasses import dataclass

from sim.errors import InputError, Problem, nearest
from sim.indicators.legend import Freight
from sim.indicators.picks import Which
from sim.outputs.map_style import COUNTRY_NAMES

NONE_FITS = "no flow fits all of --from, --to and --commodity: `corridor list demand`"


@dataclass(frozen=True)
class Sought:
    """What consignments must have: ends (places or countries), a commodity, a part of their way's name."""

    origin: str | None = None
    destination: str | None = None
    commodity: str | None = None
    way: str | None = None


@dataclass(frozen=True)
class Wanted:
    """Which consignment of which replication: `text` is a unit number, ``FLOW#N``, a flow, or nothing.

    With `listed` or a `limit`, or if neither `text` nor `which` says one, all that match are listed.
    """

    text: str | None
    which: Which | None
    replication: int
    sought: Sought = Sought()
    listed: bool = False
    limit: int | None = None

    @property
    def as_list(self) -> bool:
        """Whether consignments are listed, rather than one told about."""
        return self.listed or self.limit is not None or not (self.text or self.which)

    @property
    def names_one(self) -> bool:
        """Whether the text is of one consignment, not of a flow."""
        return bool(self.text) and ("#" in str(self.text) or str(self.text).isdecimal())


def wrong(wanted: Wanted, what: str) -> InputError:
    """Return what is wrong with the consignment that is asked for."""
    return InputError([Problem("CONSIGNMENT", 0, 0, wanted.text or "", what)])


def check(wanted: Wanted) -> None:
    """Refuse options that contradict each other.

    Raises
    ------
    InputError
        If they do, or a unit number is none.
    """
    _, hash_, count = (wanted.text or "").partition("#")
    if hash_ and not (count.isdecimal() and int(count)):
        raise wrong(wanted, "is no unit number, FLOW#N (N from 1) or FLOW")
    more = wanted.which or wanted.as_list or wanted.sought != Sought()
    if wanted.names_one and more:
        what = "names one already: leave out --pick, --list, --limit, --from, --to, --commodity and --way"
        raise wrong(wanted, what)
    if wanted.which and wanted.as_list:
        raise wrong(wanted, "either one is picked or all are listed: leave out --pick, or --list and --limit")


def flows_sought(wanted: Wanted, flows: tuple[Freight, ...]) -> list[int]:
    """Return the numbers of the flows that match: of a unit number all of them.

    Raises
    ------
    InputError
        If a word fits no flow, or no flow fits all words.
    """
    check(wanted)
    name = None if wanted.text is None or wanted.text.isdecimal() else wanted.text.partition("#")[0]
    if name is not None and name not in (ids := [flow.id for flow in flows]):
        raise wrong(wanted, f"there is no flow '{name}'{nearest(name, ids)}: `corridor list demand`")
    fit = [number for number in fitting(wanted.sought, flows) if name in (None, flows[number].id)]
    if not fit:
        raise wrong(wanted, NONE_FITS)
    return fit


def fitting(sought: Sought, flows: tuple[Freight, ...]) -> list[int]:
    """Return the numbers of the flows with these ends and this commodity.

    Raises
    ------
    InputError
        If a word fits no flow.
    """
    asked = (
        ("--from", sought.origin, [_end(flow.origin_id, flow.origin, flow.origin_country) for flow in flows]),
        (
            "--to",
            sought.destination,
            [_end(flow.destination_id, flow.destination, flow.destination_country) for flow in flows],
        ),
        ("--commodity", sought.commodity, [{flow.commodity.casefold()} for flow in flows]),
    )
    problems = [found for option, word, words in asked if (found := _unknown(option, word, words))]
    if problems:
        raise InputError(problems)
    return [
        number
        for number in range(len(flows))
        if all(word is None or word.casefold() in words[number] for _, word, words in asked)
    ]


def flows_named(text: str | None, sought: Sought, flows: tuple[Freight, ...]) -> list[int]:
    """Return the numbers of the flows whose id begins with a text and that have these ends and commodity.

    Raises
    ------
    InputError
        If nothing is asked, a word fits no flow, or no flow fits all.
    """
    if text is None and sought == Sought():
        what = "name a flow or how its id begins, or say --from, --to or --commodity: `corridor list demand`"
        raise InputError([Problem("FLOW", 0, 0, "", what)])
    begins = [number for number, flow in enumerate(flows) if flow.id.startswith(text or "")]
    if not begins or text == "":
        near = nearest(text or "", [flow.id for flow in flows])
        what = f"no flow begins so{near}: `corridor list demand`"
        raise InputError([Problem("FLOW", 0, 0, text or "''", what)])
    fit = set(fitting(sought, flows)).intersection(begins)
    if not fit:
        raise InputError([Problem("FLOW", 0, 0, text or "", NONE_FITS)])
    return sorted(fit)


def _end(place: str, name: str, country: str) -> set[str]:
    """Return the words that mean the end of a flow."""
    return {word.casefold() for word in (place, name, country, COUNTRY_NAMES.get(country, country))}


def _unknown(option: str, word: str | None, words: Iterable[set[str]]) -> Problem | None:
    """Return what is wrong with a word that is said of no flow."""
    known = set().union(*words)
    if word is None or word.casefold() in known:
        return None
    return Problem(
        option, 0, 0, word, f"fits no flow{nearest(word.casefold(), known)}: `corridor list demand`"
    )
