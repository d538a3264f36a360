"""What a reader is told of warm-up and precision, word for word."""

import io

import pytest
from cases import a_case, flow, places, road
from rich.console import Console

from sim.indicators.precision import DEFAULT, Aim, Wanted
from sim.indicators.result import Result
from sim.indicators.table import Key
from sim.indicators.warm_up import WarmUp
from sim.outputs.precision_report import advice_table, analysis, precision_lines, warm_up_line

TONNES = Key("delivered", "network", "all")
HOURS = Key("transit_time_mean", "network", "all")
CASE = a_case(4, places=places(a="IR", b="IR"), sections={"ab": road("a", "b")},
              demand={"freight": flow("a", "b")})  # fmt: skip


def result(*values, aim=None, asked=None):
    """Tonnes as given, hours that never differ."""
    numbers = {n: {TONNES: float(value), HOURS: 5.0} for n, value in enumerate(values)}
    return Result(CASE, 1, asked or len(values), numbers, aim)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (WarmUp(30, 20, 120), "Warm-up of 30 days; MSER-5 finds 20 days enough."),
        (
            WarmUp(30, 45, 120),
            "TOO SHORT: MSER-5 finds that the network fills for 45 days; use --warm-up 45.",
        ),
        (WarmUp(30, None, 49), "MSER-5 needs a run of 50 days, warm-up included"),
        (
            WarmUp(30, None, 70),
            "cannot be judged: by MSER-5 the freight under way does not settle in the first",
        ),
        (WarmUp(30, None, 70), "Run 120 days or more"),
        (
            WarmUp(30, None, 120),
            "NOT SETTLED: by MSER-5 the freight under way does not settle in the first half",
        ),
    ],
)
def test_words_on_the_warm_up(found, words):
    """Each case is told from the others, with what to do."""
    assert words in warm_up_line(found)


def test_a_precision_that_is_reached():
    """99, 100, 101: half-width 2.48 %; within 5 %."""
    lines = list(precision_lines(result(99, 100, 101, aim=Aim(0.05, least=3))))
    assert lines[0].startswith("Precision of 5 % reached with 3 replications")
    assert lines[1] == "Begun with fewer than 10 replications: an interval may have come out narrow by luck."
    assert lines[2:] == ["  delivered network: ± 2.48 %", "  transit time mean network: ± 0 %"]


def test_a_precision_that_is_not_reached_says_why_and_what_it_takes():
    """9, 10, 11 for 5 %: twenty, as worked by hand in tests/indicators; the hours are precise enough."""
    lines = list(precision_lines(result(9, 10, 11, aim=Aim(0.05, least=3, at_most=3))))
    assert lines[0] == (
        "Precision of 5 % NOT reached: 3 replications are the most allowed (--at-most). So far:"
    )
    assert lines[2:] == [
        "  delivered network: ± 24.8 %, about 20 replications needed",
        "  transit time mean network: ± 0 %, precise enough",
    ]


def test_a_precision_out_of_reach():
    """1, 10, 40 for 0.1 %: more than 10,000."""
    lines = list(precision_lines(result(1, 10, 40, aim=Aim(0.001, least=3, at_most=3))))
    assert "out of reach with 10,000 replications" in lines[2]


def test_an_interrupted_run_is_not_called_precise():
    """Three of ten, equal by luck."""
    lines = list(precision_lines(result(5, 5, 5, aim=Aim(0.05), asked=10)))
    assert lines[0] == "Precision of 5 % NOT reached: interrupted after 3 replications. So far:"


def test_nothing_measured_is_said():
    """A figure that no replication has."""
    aim = Aim(0.05, (Wanted("wait_queue", "gate"),), least=3)
    assert "CANNOT BE JUDGED" in next(precision_lines(result(1, 2, 3, aim=aim)))


def test_advice_without_an_aim():
    """9, 10, 11: 20 for 5 % as by hand, and what the hours need is the least there is."""
    lines = list(precision_lines(result(9, 10, 11)))
    assert lines[0].startswith("Replications for delivered network (now ± 24.8 %): 20 for 5 %, ")
    assert lines[1].endswith("2 for 5 %, 2 for 2 %, 2 for 1 %.")
    assert list(precision_lines(result(9))) == []


def test_the_table_of_advice_leaves_out_what_is_nothing():
    """Two rows; no row where all is 0."""
    console = Console(width=140, record=True, file=io.StringIO())
    console.print(advice_table(result(9, 10, 11), DEFAULT))
    text = console.export_text()
    assert "delivered network" in text
    console.print(advice_table(result(0, 0, 0), DEFAULT))
    text = console.export_text()
    assert "delivered network" not in text
    assert "transit time mean network" in text


def test_what_a_script_reads():
    """The same as plain values."""
    said = analysis(result(9, 10, 11, aim=Aim(0.05, least=3, at_most=3)))
    assert said["warm_up"]["set_days"] == 0
    precision = said["precision"]
    assert (precision["reached"], precision["replications"], precision["at_most"]) == (False, 3, 3)
    assert [figure["needed"] for figure in precision["figures"]] == [20, 2]
    assert analysis(result()) == {}
