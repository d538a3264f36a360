"""Panels: where a point of the plane lies on the page, which panel names it, when a part is enlarged."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from sim.outputs.map_frame import CROWD, Panel, close_up, densest, inside, main_panel, overlap, window

RECT = (100.0, 50.0, 800.0, 750.0)
MAIN = Panel("main", RECT, (0.0, 0.0, 1000.0, 1000.0))
REGION = (600.0, 600.0, 720.0, 700.0)
CROWDED = [(610.0 + 10 * n, 650.0) for n in range(CROWD)]


def test_corners_of_the_window_are_corners_of_the_rectangle():
    """North is up: the largest y of the plane is the smallest on the page."""
    assert MAIN.at((0, 0)) == (100, 750)
    assert MAIN.at((1000, 1000)) == (800, 50)


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_each_point_is_named_on_one_panel(x, y):
    """Either by the panel of the larger scale or by the one that leaves room to it, never by both."""
    enlarged = close_up(MAIN, "part", REGION, CROWDED, [])
    main = replace(MAIN, leaves=enlarged)
    assert enlarged.names((x, y)) + main.names((x, y)) <= 1
    hidden = inside(main.at((x, y)), enlarged.rect)
    assert enlarged.names((x, y)) or main.names((x, y)) or hidden


def test_a_close_up_lies_in_a_corner_and_enlarges():
    """Inside the main map, off the part that it shows."""
    enlarged = close_up(MAIN, "part", REGION, CROWDED, [])
    main = replace(MAIN, leaves=enlarged)
    assert enlarged.km_per_unit < main.km_per_unit / 1.8
    assert RECT[0] < enlarged.rect[0]
    assert RECT[3] > enlarged.rect[3]
    assert not overlap(enlarged.rect, main.frame)
    assert main.covered == enlarged.rect


@pytest.mark.parametrize(
    "spots",
    [
        CROWDED[1:],
        [*CROWDED, (50.0, 50.0), (50.0, 950.0), (950.0, 50.0), (950.0, 950.0)],
    ],
)
def test_there_is_no_close_up_of_few_places_or_where_it_would_hide_one(spots):
    """Seven places have room enough on the main map; and a place in each corner needs to be seen."""
    assert close_up(MAIN, "part", REGION, spots, []) is None


def test_there_is_no_close_up_of_what_the_main_map_does_not_show():
    """Half outside the window, it could not be framed."""
    region = (950.0, 600.0, 1070.0, 700.0)
    assert close_up(MAIN, "part", region, [(960.0 + n, 650.0) for n in range(CROWD)], []) is None


def test_a_close_up_hides_as_few_lines_as_can_be():
    """Lines in all corners but one."""
    corners = [(110.0, 60.0), (790.0, 60.0), (790.0, 740.0)]
    lines = [
        LineString([(x - 9, y), (x + 9, y), (x, y - 9), (x, y + 300 * (400 - y) / 340)]) for x, y in corners
    ]
    enlarged = close_up(MAIN, "part", REGION, CROWDED, lines)
    assert enlarged.rect[0] == RECT[0] + 8
    assert enlarged.rect[3] == RECT[3] - 8


def test_the_densest_part_weighs_points():
    """Three things at one place outweigh two places."""
    assert densest([(0, 0), (0, 0), (0, 0), (500, 0), (510, 0)], (100, 100)) == (0, 0, 0, 0)


def test_a_large_network_is_cut_down_to_its_heart():
    """What is wider than the main map may be is shown in the overview."""
    spots = [(float(n), float(n)) for n in range(0, 300, 10)] + [(5000.0, 5000.0)]
    assert not main_panel(spots, RECT).shows((5000.0, 5000.0))
    assert main_panel(spots, RECT).shows((150.0, 150.0))


@given(st.floats(1, 500), st.floats(1, 500), st.floats(0, 0.3))
def test_a_window_holds_its_bounds_with_the_margin(wide, high, margin):
    """And has the shape of the rectangle."""
    west, south, east, north = window((0, 0, wide, high), RECT, 10, margin)
    assert west <= -wide * margin + 1e-9
    assert north >= high * (1 + margin) - 1e-9
    assert east - west == pytest.approx(north - south)
