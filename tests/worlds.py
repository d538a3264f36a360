"""A small complete world for tests: two countries, three towns, one road with a border post, one flow.

`WORLD` is its text as one corridor file; `write_world` lays out a data folder with it. Alpha and Beta
lie in Iran, Gamma in Azerbaijan, 60 to 70 km apart, so that any road of 100 km or more is plausible.
"""

from collections.abc import Mapping
from pathlib import Path

from sim.files.corridors import load_description
from sim.model.description import Description

WORLD = """\
places:
  alpha:
    name: Alpha
    country: IR
    position: {lon_deg: 48.0, lat_deg: 37.0, assumed: made for tests}
  beta:
    name: Beta
    country: IR
    position: {lon_deg: 48.5, lat_deg: 37.5, assumed: made for tests}
  gamma:
    name: Gamma
    country: AZ
    position: {lon_deg: 49.0, lat_deg: 38.0, assumed: made for tests}

sections:
  alpha-beta:
    title: Road Alpha - Beta
    from: alpha
    to: beta
    mode: road
    country: IR
    status: operating
    length_km: {value: 100, low: 95, high: 110, source: road-atlas, year: 2022, confidence: high}
    speed_kmh: {value: 50, assumed: made for tests}
    assumed: made for tests
  beta-bypass:
    title: Bypass of Beta, planned
    from: alpha
    to: beta
    mode: road
    country: IR
    status: planned
    opened_on: 2030-01-01
    length_km: {value: 90, assumed: made for tests}
    speed_kmh: {value: 90, assumed: made for tests}
    assumed: made for tests

posts:
  beta-gamma:
    title: Border post Beta - Gamma
    from: beta
    to: gamma
    mode: road
    status: operating
    assumed: made for tests
    outbound:
      quota_vehicles_per_day: {value: 300, assumed: made for tests}
      steps:
        customs:
          side: IR
          activity: customs
          servers: {value: 4, low: 3, high: 5, source: road-atlas, confidence: medium}
          service_min: {value: 30, assumed: made for tests}
          service_cv: {value: 0.5, assumed: made for tests}
          hours: {value: "08:00-20:00", assumed: made for tests}
    inbound:
      steps:
        customs:
          side: AZ
          activity: customs
          servers: {value: 2, assumed: made for tests}
          service_min: {value: 30, assumed: made for tests}
          service_cv: {value: 0.5, assumed: made for tests}

fleets:
  truck:
    title: Truck
    mode: road
    payload_t: {value: 20, assumed: made for tests}
    moving_h_per_day: {value: 9, assumed: made for tests}
    cost_usd_per_t_km: {value: 0.06, assumed: made for tests}
    constant_usd_per_t: {value: 0, assumed: made for tests}

commodities:
  grain:
    title: Grain
    shipment_t: {value: 20, assumed: made for tests}
    value_usd_per_t: {value: 250, assumed: made for tests}
    value_of_time_usd_per_t_day: {value: 0.2, assumed: made for tests}
    cost_sensitivity_per_usd_t: {value: 0.05, assumed: made for tests}

seasons:
  even:
    title: The same all year
    monthly_index: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    assumed: made for tests

demand:
  grain-alpha-gamma:
    title: Grain from Alpha to Gamma
    origin: alpha
    destination: gamma
    commodity: grain
    season: even
    base_year: 2027
    tonnes_per_year: {value: 36500, assumed: made for tests}
    growth_percent_per_year: {value: 0, assumed: made for tests}

charges:
  customs-fee:
    title: Customs fee at the post
    payer: carrier
    payee: Customs of Iran
    country: IR
    category: border
    basis: vehicle
    rate_usd: {value: 40, assumed: made for tests}
    on: {post: beta-gamma, direction: outbound}

sources:
  road-atlas:
    title: Road atlas
    publisher: Tests
    kind: directory
    address: https://example.org/atlas

corridors:
  north:
    title: From Alpha to Gamma
    description: One road and one post.
    route: [alpha-beta, beta-gamma]
"""

BASELINE = """\
title: As it is
question: What happens if nothing changes?
run: {start: 2027-01-01, days: 30, warm_up_days: 5, replications: 2, seed: 1}
"""

MEASURE = """\
title: Two more customs lanes
owner: Customs of Iran
theme: posts
assumed: made for tests
measures:
  - set: posts.beta-gamma.outbound.customs.servers
    expect: 4
    to: 6
"""
"""A named measure; the tests call it ``more-lanes``."""


def write_world(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """Lay out a data folder with the world, a scenario ``baseline`` and `files` by their paths in it."""
    laid_out = {
        "corridors/world.yaml": WORLD,
        "scenarios/baseline.yaml": BASELINE,
        "scenarios/measures/more-lanes.yaml": MEASURE,
        **(files or {}),
    }
    for name, text in laid_out.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def world(folder: Path) -> Description:
    """Return the world, laid out in a folder and loaded from it."""
    return load_description(write_world(folder) / "corridors")
