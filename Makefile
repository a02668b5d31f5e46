# Everything a person does here; `make help` lists it. Needs python3 >= 3.11 and make, nothing else.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BROWSER ?= 1
THREADS ?= ../shared/threads
LOCKED := --universal --python-version 3.11 --generate-hashes --no-header --no-config --upgrade --quiet

.DEFAULT_GOAL := setup
.PHONY: help setup demo test lint eval train bench soak lock clean

help: ## say what each target does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1\t\2/' | expand -t 9

setup: $(READY) ## make .venv, unless it is there already (the default)
	@echo "$(BIN)/builder is ready; make help lists what else there is."

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "newsthreads needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	@echo "Installing into $(VENV), without a word for some minutes. With the Label Studio of make demo it takes about 3 GB, once."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "python3 cannot make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## the whole line on the sample: tables, a real Label Studio, labels of three simulated annotators, a report
	$(BIN)/builder build
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash demo/round_trip.sh
	@printf '\n%s\n' "To type builder for $(BIN)/builder: source $(VENV)/bin/activate"

test: $(READY) ## run the tests, all but the long ones (BROWSER=0: without those in a real browser)
ifeq ($(BROWSER),0)
	$(BIN)/python -m pytest -m "not soak and not browser" $(TESTS)
	@echo "The tests in a real browser were left out: BROWSER=0."
else
	@$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m pytest $(TESTS)
endif

lint: $(READY) ## check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(READY) ## score the parser on real threads (THREADS=DIR), against its floors
	@if test -d "$(THREADS)"; then $(BIN)/builder eval "$(THREADS)" --floors tests/benchmark/floors.json; \
	else echo "Nothing to score: no real threads in $(THREADS). Name another folder with: make eval THREADS=DIR"; fi

train: $(READY) ## train the parser's weights on real threads (THREADS=DIR)
	@if test -d "$(THREADS)"; then $(BIN)/builder train "$(THREADS)"; \
	else echo "Nothing to train on: no real threads in $(THREADS). Name another folder with: make train THREADS=DIR"; fi

bench: $(READY) ## measure time and memory against others, an hour (BENCH_FILES=20000 BENCH_TASKS=1000 for a quick look)
	@failed=0; for each in run packed loop agreement merging releasing annotations; do $(BIN)/python -m benchmarks.$$each || failed=1; done; exit $$failed

soak: $(READY) ## run the long tests: fuzzing and repeated builds
	$(BIN)/python -m pytest -m soak

lock: ## pin every dependency afresh in requirements.txt
	@test -x .venv-lock/bin/uv || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip install --quiet uv; }
	.venv-lock/bin/uv pip compile pyproject.toml --all-extras $(LOCKED) --output-file requirements.txt
	echo "label-studio~=1.23.2" | .venv-lock/bin/uv pip compile - $(LOCKED) --output-file builder/annotate/label-studio.txt
	echo "cffconvert>=2" | .venv-lock/bin/uv pip compile - $(LOCKED) --output-file tests/integration/formats/cffconvert.txt

clean: ## remove what can be made again: .venv, caches, built tables
	rm -rf $(VENV) .venv-lock .artifacts data/tables data/.tables.parts data/merged report.html dist .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find builder tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
