"""Every broken input is refused with exactly the lines that its owner needs to mend it.

The corpus beside this file holds the broken texts, the reason why each is wrong, and the problems as
they must read: file, line and column of the mistake, where it is in the data, what is wrong, and the
nearest right word. Each case adds its files to the small world of `worlds`.
"""

import re
from pathlib import Path

import pytest
import yaml
from worlds import write_world

from sim.changes import apply
from sim.errors import InputError
from sim.files.corridors import load_description
from sim.files.scenarios import load_plan

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.yaml"))
CASES = {
    f"{file.stem}/{name}": case
    for file in CORPUS
    for name, case in yaml.safe_load(file.read_text("utf-8")).items()
}
FEWEST_CASES = 45
JARGON = re.compile(
    r"Traceback|pydantic|Input should|yaml\.|<.* object|Error\b|\bNone\b|\bdict\b|\bstr\b|\bint\b"
)


def read(case):
    """Load what a case breaks: the corridor files, and the scenario if it names one."""
    description = load_description(Path("corridors"))
    if "scenario" in case:
        plan = load_plan(case["scenario"], Path("scenarios"), case.get("set", ()))
        apply(description, plan)


@pytest.mark.parametrize("name", CASES)
def test_is_refused_with_exactly_these_lines(name, here):
    """All problems at once, one line each, in the order of files and lines; nothing else is raised."""
    case = CASES[name]
    write_world(here, case.get("files"))
    with pytest.raises(InputError) as refused:
        read(case)
    assert [str(problem) for problem in refused.value.problems] == case["problems"]


@pytest.mark.parametrize("name", CASES)
def test_speaks_the_language_of_its_reader(name):
    """A planner reads these lines: no word of the program's own parts stands in them."""
    for line in CASES[name]["problems"]:
        assert not JARGON.search(line)
        assert line.isprintable()


def test_the_world_itself_is_sound(world_folder):
    """What the cases break is sound before, so every problem is the case's own."""
    read({"scenario": "baseline"})


def test_the_corpus_is_large_enough():
    """Fewer cases than this would mean that a file of the corpus is no longer found."""
    assert len(CASES) >= FEWEST_CASES
