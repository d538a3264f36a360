# Everything runs in a virtual environment of its own, made on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPLICATIONS ?= 5

.PHONY: demo test test-long check validate bench reference lock clean help

help: ## Say what each target does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

demo: $(VENV)/core ## Set up and compare "Rasht-Anzali segment completed" with the baseline
	$(BIN)/corridor compare baseline rasht-anzali-completed -r $(REPLICATIONS)

test: $(VENV)/dev ## Set up and run the tests
	$(BIN)/python -m pytest -n auto -q

test-long: $(VENV)/dev ## Run the slow tests too
	$(BIN)/python -m pytest -n auto -q -m "slow or not slow"

check: $(VENV)/dev ## Lint, types and the order of the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layers.py
	$(BIN)/corridor check

validate: $(VENV)/core ## Hold simulated years against what was observed
	mkdir -p build
	$(BIN)/corridor validate -r $(REPLICATIONS) --report build/validation.html

bench: $(VENV)/dev ## Measure speed and memory, as ratios in one run (BENCH=--quick: in a few minutes)
	PYTHONPATH=tests $(BIN)/python -m bench $(BENCH)

reference: $(VENV)/core ## Write the reference pages and JSON Schemas anew from the program
	$(BIN)/corridor export reference -o build/reference
	$(BIN)/corridor export schemas -o build/reference
	cp build/reference/INDICATORS.md build/reference/COMMANDS.md sim/
	cp build/reference/CORRIDOR_FILES.md build/reference/corridor.schema.json corridors/
	cp build/reference/SCENARIO_FILES.md build/reference/scenario.schema.json build/reference/measure.schema.json scenarios/

COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url

lock: $(VENV)/dev ## Write the lock files anew from pyproject.toml
	$(COMPILE) --all-extras pyproject.toml -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock pyproject.toml -o requirements.lock
	$(COMPILE) -c requirements-dev.lock --extra fast pyproject.toml -o requirements-fast.lock

clean: ## Remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/core: $(VENV)/bin/python requirements.lock requirements-fast.lock pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	$(BIN)/python -m pip install -q --disable-pip-version-check --only-binary :all: -r requirements-fast.lock \
		|| echo "numba has no package for this machine: simulations run without it, about six times slower"
	touch $@

$(VENV)/dev: $(VENV)/core requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.lock
	touch $@
