"""What every test may ask for. That this file is here also lets tests import `worlds`."""

import pytest
from hypothesis import settings
from worlds import write_world

settings.register_profile("same-everywhere", derandomize=True, deadline=None)
settings.load_profile("same-everywhere")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Stand in an empty folder of the test's own, so that problems name files by short paths."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def world_folder(here):
    """Stand in a data folder that holds the small world of `worlds`."""
    return write_world(here)
