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
READERS := .venv-readers
READERS_STAMP := $(READERS)/.stamp
TRAIN := .venv-train
TRAIN_STAMP := $(TRAIN)/.stamp
# Builds of torch differ by platform, so it alone has no hash. The vendor says how to get the one for your machine.
TORCH ?= torch==2.13.0
LOCK_STAMP := .venv-lock/.stamp-$(UV_VERSION)
COMPILE := .venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --python-version 3.11 $(LOCK_FLAGS)

.DEFAULT_GOAL := help
.PHONY: help lint test test-slow test-readers test-train check docs bench lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

lint: $(STAMP)  ## palms lint over the specs, datasets and rules we ship
	$(BIN)/palms lint specs datasets rules

test: $(STAMP)  ## the tests, without the slow ones
	$(BIN)/python -m pytest -n $(JOBS)

test-slow: $(STAMP)  ## training, browser, Ray, installing environments
	@code=0; $(BIN)/python -m pytest -m slow || code=$$?; \
	if [ $$code -eq 5 ]; then echo "test-slow: there are no slow tests yet"; else exit $$code; fi
	$(MAKE) test-readers test-train

test-readers: $(READERS_STAMP)  ## other projects' readers on what palms compiles
	$(READERS)/bin/python -m pytest -m readers tests/readers

test-train: $(TRAIN_STAMP)  ## training on this machine, with a torch of its own (make TORCH=... for another build)
	$(TRAIN)/bin/python -m pytest -m slow -n $(JOBS) --dist loadfile tests/training/local

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
	$(COMPILE) pyproject.toml requirements/readers.in --override requirements/readers.override -o requirements/readers.txt
	$(COMPILE) --no-deps requirements/readers-together-1.in -o requirements/readers-together-1.txt
	$(COMPILE) pyproject.toml --extra train requirements/train.in -c requirements/dev.txt \
		--override requirements/train.override -o requirements/train.txt

clean:  ## remove environments, caches and what was built
	rm -rf .venv .venv-lock $(READERS) $(TRAIN) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .palms/cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "palms needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python $(PIP) install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python $(PIP) install --quiet --no-build-isolation --no-deps -e .
	@touch $@

# The locks are full closures. The older client of Together lies apart, since two releases of a package exclude each other.
$(READERS_STAMP): requirements/readers.txt requirements/readers-together-1.txt
	$(PYTHON) -m venv $(READERS)
	$(READERS)/bin/python $(PIP) install --quiet --require-hashes --no-deps -r requirements/readers.txt
	$(READERS)/bin/python $(PIP) install --quiet --require-hashes --no-deps --upgrade --target $(READERS)/together-1 \
		-r requirements/readers-together-1.txt
	@touch $@

$(TRAIN_STAMP): requirements/train.txt pyproject.toml
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python $(PIP) install --quiet --no-deps --require-hashes -r requirements/train.txt
	$(TRAIN)/bin/python $(PIP) install --quiet $(TORCH)
	$(TRAIN)/bin/python $(PIP) install --quiet --no-build-isolation --no-deps -e .
	$(TRAIN)/bin/python $(PIP) check
	@touch $@

$(LOCK_STAMP):
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python $(PIP) install --quiet uv==$(UV_VERSION)
	@touch $@
