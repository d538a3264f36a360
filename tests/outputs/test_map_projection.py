"""The projection against the worked example of its source, and against PROJ."""

from math import radians, sqrt

import pytest

from sim.outputs.map_projection import Ellipsoid, conic, fitted, project

CLARKE_1866 = Ellipsoid(6378.2064, sqrt(0.00676866))


def test_snyder_s_worked_example():
    """USGS PP 1395, p. 296: parallels 33 and 45 N, origin 23 N 96 W, the point 35 N 75 W."""
    projection = conic(33, 45, (-96, 23), CLARKE_1866)
    assert projection.n == pytest.approx(0.6304965, abs=1e-7)
    x, y = project(projection, -75, 35)
    assert (x, y) == pytest.approx((1894.4109, 1564.6495), abs=1e-4)


@pytest.mark.parametrize("spot", [(51.4, 35.7), (37.6, 55.8), (72.8, 18.9), (20.0, 60.0), (49.9, 40.4)])
def test_proj_gives_the_same_within_a_millimetre(spot):
    """PROJ is another program by other people."""
    pyproj = pytest.importorskip("pyproj")
    proj = pyproj.Proj("+proj=lcc +lat_1=25 +lat_2=50 +lat_0=37 +lon_0=55 +ellps=WGS84")
    east_m, north_m = proj(*spot)
    x, y = project(conic(25, 50, (55, 37)), *spot)
    assert (x, y) == pytest.approx((east_m / 1000, north_m / 1000), abs=1e-6)


def test_true_parallels_are_true_to_scale():
    """A hundredth of a degree along a true parallel is as long as on the ellipsoid."""
    projection = conic(30, 45, (50, 37))
    (x1, y1), (x2, y2) = project(projection, 50, 30), project(projection, 50.01, 30)
    # Radius of the parallel of 30 N on WGS 84: 5528.256 km.
    assert ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 == pytest.approx(5528.256 * radians(0.01), rel=1e-6)


def test_one_parallel_is_the_limit_of_two():
    """The formula for two parallels breaks down where they agree; the other one takes over."""
    x, y = project(conic(40, 40, (50, 37)), 55, 42)
    assert project(conic(39.999, 40.001, (50, 37)), 55, 42) == pytest.approx((x, y), abs=1e-3)


@pytest.mark.parametrize(
    "points",
    [[(50, 37)], [(50, -10), (60, 10)], [(30, 0), (40, 0)], [(10, 8), (90, 68)], [(5, -20), (6, -15)]],
)
def test_any_network_can_be_fitted(points):
    """One place, places on both sides of the equator, a whole continent: north stays up."""
    projection = fitted(points)
    lon, lat = points[0]
    assert project(projection, lon, lat + 1)[1] > project(projection, lon, lat)[1]
