"""Labels take free places: whatever is asked, no two of them overlap."""

from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, box

from sim.outputs import map_labels
from sim.outputs.map_frame import overlap
from sim.outputs.map_labels import Label, place, width

BOUNDS = (0.0, 0.0, 400.0, 300.0)
COORDINATE = st.floats(10, 290)
LABELS = st.lists(
    st.tuples(COORDINATE, COORDINATE, st.floats(5, 90), st.floats(5, 12), st.integers(0, 2)), max_size=25
)


@given(LABELS)
def test_labels_overlap_neither_each_other_nor_what_is_taken(wanted):
    """The property that a reader of a map relies on."""
    labels = [Label(f"{n}", (x, y), w, h, 3.0, rank) for n, (x, y, w, h, rank) in enumerate(wanted)]
    taken = [(100.0, 100.0, 180.0, 140.0)]
    placed = [one.box for one in place(labels, taken, BOUNDS, [])]
    boxes = [*taken, *placed]
    assert not any(overlap(a, b) for n, a in enumerate(boxes) for b in boxes[:n])
    assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= 400 and b[3] <= 300 for b in placed)


def test_a_label_keeps_off_a_line():
    """A line to the right of the point: the label goes to another side."""
    line = LineString([(200, 150), (390, 150)])
    (placed,) = place([Label("a", (200, 150), 40, 10, 3, 0)], [], BOUNDS, [line])
    assert line.intersection(box(*placed.box)).length == 0


def test_a_crowded_label_gets_a_leader():
    """Where all room around the point is taken, the label stands apart and a line leads to it."""
    around = [(160.0, 110.0, 198.0, 190.0), (202.0, 110.0, 240.0, 190.0), (160.0, 110.0, 240.0, 146.0)]
    (placed,) = place([Label("a", (200, 150), 40, 10, 3, 0)], around, BOUNDS, [])
    assert placed.leader is not None
    assert not any(overlap(placed.box, other) for other in around)


def test_the_more_important_label_goes_first():
    """Two labels want the same place: the lower number gets it."""
    labels = [Label("b", (200, 150), 40, 10, 3, 1), Label("a", (200, 150), 40, 10, 3, 0)]
    assert [one.label.id for one in place(labels, [], BOUNDS, [])] == ["a", "b"]


def test_what_found_no_place_goes_first_in_the_next_round(monkeypatch):
    """A street of 100: what is placed first leaves no room for the wide label; a second round makes room."""
    walls = [(0.0, 0.0, 400.0, 100.0), (0.0, 200.0, 400.0, 300.0)]
    labels = [
        Label("a", (210, 160), 60, 40, 3, 0),
        Label("b", (230, 160), 240, 40, 3, 0),
        Label("c", (220, 150), 120, 12, 3, 0),
    ]
    rounds = {}
    for count in (1, map_labels.ROUNDS):
        monkeypatch.setattr(map_labels, "ROUNDS", count)
        rounds[count] = len(place(labels, walls, BOUNDS, []))
    assert [*rounds.values()] == [1, 2]


def test_widths_are_those_of_common_fonts():
    """Helvetica sets 'Astara' 2.89 ems wide: 667 + 500 + 278 + 556 + 333 + 556 thousandths."""
    assert 2.89 <= width("Astara", 1) < 3.1
