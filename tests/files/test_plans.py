"""A scenario unfolds into one ordered list of changes: bases first, measures where they are used."""

from datetime import date
from pathlib import Path

import pytest
from worlds import BASELINE, MEASURE, write_world

from sim.errors import InputError
from sim.files.scenarios import load_measure, load_plan, load_scenario, measure_names, scenario_names
from sim.model.case import Override

HEAD = "title: T\nquestion: Q?\n"
CLOSE = "  - close: sections.alpha-beta\n"


def measure(operations, head=""):
    """Return the text of a measure."""
    return f"title: M\nowner: O\ntheme: roads\nassumed: made for tests\n{head}measures:\n{operations}"


def plan(here, files, name="s", sets=()):
    """Lay out a world with `files` in its scenarios folder and plan one of them."""
    write_world(here, {f"scenarios/{path}": text for path, text in files.items()})
    return load_plan(name, Path("scenarios"), sets)


def test_names_are_files_without_their_ending(world_folder):
    """Measures lie in a folder of their own, so that they are no scenarios."""
    assert scenario_names(Path("scenarios")) == ["baseline"]
    assert measure_names(Path("scenarios")) == ["more-lanes"]
    assert scenario_names(Path("nowhere")) == []


def test_single_files(world_folder):
    """A scenario or measure is read as it stands, nothing unfolded."""
    assert load_scenario(Path("scenarios/baseline.yaml")).run.days == 30
    assert load_measure(Path("scenarios/measures/more-lanes.yaml")).owner == "Customs of Iran"
    with pytest.raises(InputError):
        load_measure(Path("scenarios/baseline.yaml"))


def test_bases_come_first_and_the_scenario_last(here):
    """A base's changes are the ground on which the scenario's own stand."""
    made = plan(
        here,
        {
            "s.yaml": HEAD + "base: r\nmeasures:\n  - open: sections.beta-bypass\n",
            "r.yaml": HEAD + "base: baseline\nmeasures:\n  - use: more-lanes\n" + CLOSE,
        },
    )
    assert [(p.by, type(p.change).__name__) for p in made.changes] == [
        ("more-lanes", "Set"),
        ("r", "Close"),
        ("s", "Open"),
    ]
    assert [used.id for used in made.used] == ["more-lanes"]


def test_changes_know_where_they_stand_and_whose_they_are(here):
    """A problem with a measure's change is laid in the measure's file, its evidence is the measure's."""
    made = plan(here, {"s.yaml": HEAD + "base: baseline\nmeasures:\n  - use: more-lanes\n" + CLOSE})
    lanes, close = made.changes
    assert (lanes.origin.file, lanes.origin.line) == ("scenarios/measures/more-lanes.yaml", 6)
    assert lanes.evidence.assumed == "made for tests"
    assert (close.origin.file, close.origin.line, close.origin.where) == (
        "scenarios/s.yaml",
        6,
        "measures[1]",
    )
    assert close.evidence.assumed == "set by the scenario itself"
    assert (made.used[0].origin.line, made.origin.file) == (5, "scenarios/s.yaml")


def test_the_run_is_that_of_the_nearest_scenario(here):
    """The scenario's own, else its base's, else that of the base's base."""
    files = {"s.yaml": HEAD + "base: r\n", "r.yaml": HEAD + "base: baseline\n"}
    assert plan(here, files).run.days == 30
    files["r.yaml"] += "run: {start: 2028-01-01, days: 7}\n"
    assert plan(here, files).run.days == 7


DATES = [
    ("", "", (None, None)),
    ("    from: 2027-01-03\n", "", (date(2027, 1, 3), None)),
    ("    from: 2027-01-03\n", "    from: 2027-01-09\n", (date(2027, 1, 9), None)),
    ("    until: 2027-01-20\n", "    from: 2027-01-09\n", (date(2027, 1, 9), date(2027, 1, 20))),
    (
        "    from: 2027-01-03\n    until: 2027-01-05\n",
        "    from: 2027-02-03\n    until: 2027-02-05\n",
        (date(2027, 2, 3), date(2027, 2, 5)),
    ),
]


@pytest.mark.parametrize(("own", "given", "meant"), DATES)
def test_the_dates_of_a_use_replace_those_of_the_measure(own, given, meant, here):
    """Each of the two dates for itself, where the use gives one."""
    made = plan(
        here,
        {
            "s.yaml": HEAD + "base: baseline\nmeasures:\n  - use: m\n" + given,
            "measures/m.yaml": measure(CLOSE + own),
        },
    )
    change = made.changes[0].change
    assert (change.from_, change.until) == meant


def test_the_dates_of_a_use_reach_the_measures_within(here):
    """A programme that is put off puts off what it is made of; the outermost date holds."""
    made = plan(
        here,
        {
            "s.yaml": HEAD + "base: baseline\nmeasures:\n  - use: outer\n    from: 2027-01-20\n",
            "measures/outer.yaml": measure("  - use: inner\n    from: 2027-01-10\n"),
            "measures/inner.yaml": measure(CLOSE + "    from: 2027-01-05\n"),
        },
    )
    assert made.changes[0].change.from_ == date(2027, 1, 20)
    assert [used.id for used in made.used] == ["outer", "inner"]


def test_uses_of_uses_do_not_multiply(here):
    """Thirty measures that each use the next twice would make a billion changes; each is unfolded once."""
    links = {f"measures/m{i}.yaml": measure(f"  - use: m{i + 1}\n" * 2) for i in range(30)}
    made = plan(
        here,
        {
            "s.yaml": HEAD + "base: baseline\nmeasures:\n  - use: m0\n",
            "measures/m30.yaml": measure(CLOSE),
            **links,
        },
    )
    assert len(made.changes) == 1
    assert len(made.used) == 1 + 2 * 30


def test_a_scenario_elsewhere_uses_what_lies_beside_it_first(here):
    """A planner's own folder stands before the one that came with the program, for bases and measures."""
    write_world(
        here,
        {
            "mine/s.yaml": HEAD + "base: baseline\nmeasures:\n  - use: more-lanes\n",
            "mine/measures/more-lanes.yaml": MEASURE.replace("to: 6", "to: 8"),
        },
    )
    made = load_plan("mine/s.yaml", Path("scenarios"))
    assert (made.run.days, made.changes[0].change.to) == (30, 8)
    (here / "mine/baseline.yaml").write_text(BASELINE.replace("days: 30", "days: 3"))
    assert load_plan("mine/s.yaml", Path("scenarios")).run.days == 3


@pytest.mark.parametrize(
    ("text", "value"),
    [("6", 6), ("1e3", 1000.0), ("true", True), ("no", "no"), ("08:00-20:00", "08:00-20:00"), ("'6'", "6")],
)
def test_values_of_the_command_line_are_read_like_those_of_files(text, value, here):
    """The same rules for plain scalars, so that what works in a file works here."""
    made = plan(here, {}, "baseline", [f"posts.beta-gamma.mode = {text}"])
    placed = made.changes[-1]
    assert placed.change == Override("posts.beta-gamma.mode", value)
    assert type(placed.change.to) is type(value)
    assert (placed.origin.file, placed.by) == ("--set", "--set")
