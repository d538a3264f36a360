"""What a comparison picks out of thousands of rows."""

from sim.indicators.result import Difference
from sim.indicators.table import Key
from sim.outputs.lookup import shifted, waiting_changes, worsened


def difference(indicator, of, base, scenario, *, spread=0.0, period=""):
    """Return a difference whose interval reaches `spread` to either side."""
    key = Key(indicator, "port", of, "sea", period=period)
    change = scenario - base
    return Difference(key, base, scenario, change, change - spread, change + spread, 5)


def test_next_bottlenecks_are_capacity_that_costs_more_for_certain():
    """Growing waits for a sailing are a timetable, shrinking ones relief, uncertain ones noise."""
    rows = [
        difference("waiting_berth", "grows", 10, 30),
        difference("waiting_berth", "grows-more", 10, 50),
        difference("waiting_berth", "uncertain", 10, 90, spread=100),
        difference("waiting_sailing", "timetable", 10, 900),
        difference("waiting_berth", "shrinks", 90, 10),
    ]
    assert [row.key.id for row in worsened(rows, 5)] == ["grows-more", "grows"]


def test_waiting_changes_in_both_directions_are_told_largest_first():
    """Relief is an answer too; what is under half a per cent of the largest change is not."""
    rows = [
        difference("waiting_berth", "up", 0, 100),
        difference("waiting_sailing", "down", 1000, 0),
        difference("waiting_berth", "tiny", 0, 1),
        difference("queue_mean", "other", 0, 5000),
    ]
    assert [row.key.id for row in waiting_changes(rows, 5)] == ["down", "up"]


def test_months_are_told_where_the_year_hides_them():
    """A storm month: November loses 10 %, December gains it, the year is as it was."""
    rows = [
        difference("throughput", "stormy", 1200, 1200),
        difference("throughput", "stormy", 100, 90, period="2025-11"),
        difference("throughput", "stormy", 100, 110, period="2025-12"),
        difference("throughput", "stormy", 100, 101, period="2025-10"),
        difference("throughput", "lasting", 1200, 600),
        difference("throughput", "lasting", 100, 50, period="2025-11"),
    ]
    assert [(row.key.id, row.key.period) for row in shifted(rows, 5)] == [
        ("stormy", "2025-11"),
        ("stormy", "2025-12"),
    ]
