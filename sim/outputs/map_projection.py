"""Lambert's conformal conic projection of the ellipsoid, in closed form.

After J. P. Snyder, Map projections: a working manual, USGS professional paper 1395, 1987, p. 107.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, log, pi, radians, sin, sqrt, tan

Spot = tuple[float, float]
"""Longitude and latitude in degrees, or a point of a plane."""
INSET = 1 / 6
"""How far inside the range of latitudes, as a share of it, the two true parallels lie."""


@dataclass(frozen=True)
class Ellipsoid:
    """The figure of the earth: its equatorial radius (km) and eccentricity."""

    radius_km: float
    eccentricity: float


WGS84 = Ellipsoid(6378.137, sqrt(0.00669437999014))


@dataclass(frozen=True)
class Conic:
    """A projection: made by `conic`, used by `project`."""

    ellipsoid: Ellipsoid
    lon0_deg: float
    n: float
    scale_km: float
    rho0_km: float


def conic(south_deg: float, north_deg: float, origin: Spot, ellipsoid: Ellipsoid = WGS84) -> Conic:
    """Return the projection that is true to scale on two parallels.

    Parameters
    ----------
    south_deg, north_deg
        The true parallels; they may be one, and may not lie evenly about the equator.
    origin
        What becomes (0, 0): longitude and latitude in degrees.
    ellipsoid
        The figure of the earth.
    """
    e = ellipsoid.eccentricity
    m1, m2 = _m(south_deg, e), _m(north_deg, e)
    t1, t2 = _t(south_deg, e), _t(north_deg, e)
    n = sin(radians(south_deg)) if south_deg == north_deg else (log(m1) - log(m2)) / (log(t1) - log(t2))
    scale_km = ellipsoid.radius_km * m1 / (n * t1**n)
    return Conic(ellipsoid, origin[0], n, scale_km, scale_km * _t(origin[1], e) ** n)


def _m(lat_deg: float, e: float) -> float:
    return cos(radians(lat_deg)) / sqrt(1 - (e * sin(radians(lat_deg))) ** 2)


def _t(lat_deg: float, e: float) -> float:
    es = e * sin(radians(lat_deg))
    return float(tan(pi / 4 - radians(lat_deg) / 2) / ((1 - es) / (1 + es)) ** (e / 2))


def project(projection: Conic, lon_deg: float, lat_deg: float) -> Spot:
    """Return where a point comes to lie, km east and north of the origin."""
    rho_km = projection.scale_km * _t(lat_deg, projection.ellipsoid.eccentricity) ** projection.n
    theta = projection.n * radians(lon_deg - projection.lon0_deg)
    return rho_km * sin(theta), projection.rho0_km - rho_km * cos(theta)


def fitted(points: Iterable[Spot]) -> Conic:
    """Return the projection that suits some points: its parallels a sixth inside their latitudes.

    Points of one latitude, or even about the equator, are fitted as if they reached some degrees north.
    """
    lons, lats = zip(*points, strict=True)
    south, north = min(lats), max(*lats, min(lats) + 3)
    span = north - south
    first, second = south + span * INSET, north - span * INSET
    if abs(first + second) < 1:
        second += 4
    return conic(first, second, ((min(lons) + max(lons)) / 2, (south + north) / 2))


def distance_deg(a: Spot, b: Spot) -> float:
    """Return how far two points lie apart, in degrees of latitude, for points that are near each other."""
    return hypot((a[0] - b[0]) * cos(radians((a[1] + b[1]) / 2)), a[1] - b[1])
