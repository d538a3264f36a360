"""The house stands as design and README say: imports point one way, and each library lives in one place."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SIM = ROOT / "sim"
LEVELS = (
    ("errors", "units", "clock", "streams"),
    ("model", "records"),
    ("files", "changes"),
    ("network",),
    ("choice", "engine", "indicators"),
    ("outputs",),
    ("studies",),
    ("cli", "web"),
)
LEVEL = {name: level for level, names in enumerate(LEVELS) for name in names}
HOMES = {
    "simpy": {"engine"},
    "networkx": {"network"},
    "yaml": {"files"},
    "shapely": {"files", "outputs"},
    "pyarrow": {"outputs"},
    "fastapi": {"web"},
    "typer": {"cli"},
    "rich": {"outputs", "cli"},
    "numpy": {"choice", "streams", "records", "engine", "indicators"},
}
MODULES = sorted(SIM.rglob("*.py"))


def layer(path: Path) -> str:
    """Return the layer of a module: the package or module directly under sim/."""
    return path.relative_to(SIM).with_suffix("").parts[0]


def imports(path: Path) -> list[tuple[str, int, bool]]:
    """Return (module, line, whether inside a function) of every import."""
    found = []

    def walk(node: ast.AST, inside: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found.extend((name.name, child.lineno, inside) for name in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{path}:{child.lineno}: relative import"
                found.append((child.module or "", child.lineno, inside))
            walk(child, inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))

    walk(ast.parse(path.read_text("utf-8")), inside=False)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SIM)))
def test_imports_point_downwards(path):
    """A layer imports lower ones and itself; neighbours on one level do not know each other."""
    here = layer(path)
    for module, line, _ in imports(path):
        parts = module.split(".")
        if parts[0] != "sim" or len(parts) == 1 or parts[1] == here:
            continue
        assert LEVEL[parts[1]] < LEVEL[here] or _is_base(parts[1], here), f"{path}:{line}: {here} -> {module}"


def _is_base(imported, here):
    """The four base modules may use each other in their own order."""
    base = LEVELS[0]
    return imported in base and here in base and base.index(imported) < base.index(here)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SIM)))
def test_each_library_lives_in_one_place(path):
    """SimPy is the engine's, networkx the network's, PyYAML the files': each can be replaced in one place."""
    here = layer(path)
    for module, line, _ in imports(path):
        homes = HOMES.get(module.split(".")[0])
        assert homes is None or here in homes, f"{path}:{line}: {module} is not for {here}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SIM)))
def test_imports_stand_at_the_top(path):
    """Only commands import late, and nothing hides a cycle behind TYPE_CHECKING."""
    late = [line for _, line, inside in imports(path) if inside]
    assert not late or layer(path) == "cli", f"{path}: late imports at {late}"
    assert "TYPE_CHECKING" not in path.read_text("utf-8")


def test_every_layer_is_known():
    """A new package under sim/ must take its place in the order."""
    assert {layer(path) for path in MODULES} - {"__init__"} <= set(LEVEL)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SIM)))
def test_files_and_functions_stay_small(path):
    """No file over 400 lines, no function over 40 lines of code: what is larger wants to be two things."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    lines = text.split("\n")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body:
                span = lines[body[0].lineno - 1 : body[-1].end_lineno]
                code = [line for line in span if line.strip() and not line.strip().startswith("#")]
                assert len(code) <= 40, f"{path}:{node.lineno}: {node.name} has {len(code)} lines of code"


HEAVY = ("numpy", "networkx", "shapely", "simpy", "yaml", "pydantic")


def test_help_loads_nothing_heavy(tmp_path):
    """Help must be instant: it may not pull in the libraries that only a run needs."""
    code = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from sim.cli.app import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        f"print([module for module in {HEAVY} if module in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(os.name != "posix", reason="processor time of children is counted on POSIX")
def test_help_takes_less_than_a_third_of_a_second(tmp_path):
    """Processor time, the best of five, so that a busy machine does not matter."""
    taken = []
    for _ in range(5):
        before = os.times()
        code = "from sim.cli import main; main()"
        subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, check=True, cwd=tmp_path)
        after = os.times()
        taken.append(
            after.children_user - before.children_user + after.children_system - before.children_system
        )
    assert min(taken) < 0.3
