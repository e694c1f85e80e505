# Everything runs in .venv, which the first target you call makes for you.

BIN := .venv/bin
STAMP := .venv/.installed
TOOLS := .venv/.test-tools

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test lint mutants figures bench package

help:
	@echo "make run      open Nerve Coach (without a display: play a session on the terminal)"
	@echo "make test     lint, types, import contracts, then every test"
	@echo "make lint     the checks of make test without the tests"
	@echo "make mutants  change the rules and the engine bit by bit: who notices? (an hour)"
	@echo "make figures  paint every exercise into build/figures, to be looked at"
	@echo "make bench    measure against the goals"
	@echo "make package  build the wheel and the source archive into dist/"
	@echo "make setup    only prepare .venv and the system libraries"

setup: $(STAMP)
	@packaging/setup/system-libraries program

$(STAMP): pyproject.toml constraints.txt packaging/setup/environment packaging/setup/find-python
	@packaging/setup/environment voice
	@touch $@

# What only the tests and checks need stays out of a start.
$(TOOLS): $(STAMP)
	@packaging/setup/environment voice,encryption,test
	@touch $@

run: setup
	@packaging/setup/start $(ARGS)

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy coach
	$(BIN)/lint-imports --no-logo

test: setup lint
	@packaging/setup/system-libraries tests
	@packaging/setup/fhir-validator
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal $(ARGS)

mutants: $(BIN)/cosmic-ray
	$(BIN)/python tests/support/mutants.py $(ARGS)

$(BIN)/cosmic-ray: $(TOOLS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation \
		--constraint constraints.txt --editable '.[mutants]'
	@touch $@

figures: setup $(TOOLS)
	PYTHONPATH=.:tests/support $(BIN)/python tests/support/figure_pictures.py $(ARGS)

bench: setup $(TOOLS)
	$(BIN)/python tests/bench/run.py $(ARGS)

package: $(STAMP)
	$(BIN)/python -m hatchling build --clean
