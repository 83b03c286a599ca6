# The contributor's front page: `make` lists the targets. Needs Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
# What pytest-xdist takes: a number, or `auto` for one process a core.
JOBS ?= auto
# `make lock LOCK_FLAGS=--upgrade` takes new releases; without it only what pyproject.toml and dev.in ask for changes.
LOCK_FLAGS ?=
UV_VERSION := 0.13.8

BIN := .venv/bin
PIP := -m pip --disable-pip-version-check
STAMP := .venv/.stamp
LOCK_STAMP := .venv-lock/.stamp-$(UV_VERSION)
COMPILE := .venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --python-version 3.11 $(LOCK_FLAGS)

.DEFAULT_GOAL := help
.PHONY: help lint test test-slow check docs bench lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

lint: $(STAMP)  ## palms lint over the specs, datasets and rules we ship
	$(BIN)/palms lint specs datasets rules

test: $(STAMP)  ## the tests, without the slow ones
	$(BIN)/python -m pytest -n $(JOBS)

test-slow: $(STAMP)  ## training, browser, Ray, installing environments
	@code=0; $(BIN)/python -m pytest -m slow || code=$$?; \
	if [ $$code -eq 5 ]; then echo "test-slow: there are no slow tests yet"; else exit $$code; fi

check: $(STAMP)  ## style, types, layers, generated files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m palms_spec.rulekit.generate --check
	$(BIN)/python -m palms_spec.cli.generate --check
	$(BIN)/palms card palms-2021 --check
	$(BIN)/palms card palms-2021-control --check
	$(BIN)/python docs/figures/datasets.py --check

docs: $(STAMP)  ## write the generated files: rules, commands, hook manifest, dataset cards
	$(BIN)/python -m palms_spec.rulekit.generate
	$(BIN)/python -m palms_spec.cli.generate
	$(BIN)/palms card palms-2021 --write
	$(BIN)/palms card palms-2021-control --write
	$(BIN)/python docs/figures/datasets.py

bench: $(STAMP)  ## the benchmarks
	$(BIN)/python benchmarks/run.py

# base.txt comes first and constrains dev.txt, so both name the same releases.
lock: $(LOCK_STAMP)  ## compile requirements/*.txt anew from pyproject.toml and dev.in
	$(COMPILE) pyproject.toml -o requirements/base.txt
	$(COMPILE) pyproject.toml requirements/dev.in -c requirements/base.txt -o requirements/dev.txt

clean:  ## remove environments, caches and what was built
	rm -rf .venv .venv-lock build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .palms/cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "palms needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python $(PIP) install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python $(PIP) install --quiet --no-build-isolation --no-deps -e .
	@touch $@

$(LOCK_STAMP):
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python $(PIP) install --quiet uv==$(UV_VERSION)
	@touch $@
