"""From text to validated objects: corridor files, scenarios and measures, every problem with its place.

Nothing here changes a description or knows what a scenario does to one.
"""

from sim.files.checking import check_paths, kind_of
from sim.files.corridors import load_description
from sim.files.folders import data_folder
from sim.files.scenarios import load_measure, load_plan, load_scenario, measure_names, scenario_names
from sim.files.schemas import schemas

__all__ = [
    "check_paths",
    "data_folder",
    "kind_of",
    "load_description",
    "load_measure",
    "load_plan",
    "load_scenario",
    "measure_names",
    "scenario_names",
    "schemas",
]
