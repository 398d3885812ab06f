# Every target sets up what it needs, in .venv, from the pinned versions in requirements.lock.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help dataset test test-all lint types layers pages check-datasets release wheel format clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or later; try make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	ONRECORD_COMPILE=0 $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(STAMP)

dataset: $(STAMP) ## build every dataset from seeds/, validated and packaged
	$(BIN)/onrecord build

test: $(STAMP) ## run the tests that are quick
	$(BIN)/python -m pytest -n auto -m "not slow"

test-all: $(STAMP) ## run all tests
	$(BIN)/python -m pytest -n auto

lint: $(STAMP) ## check style
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(STAMP) ## check types
	$(BIN)/mypy

layers: $(STAMP) ## check that imports run downward
	$(BIN)/lint-imports

pages: $(STAMP) ## write docs/fields.md and docs/rules.md from what they tell of
	$(BIN)/onrecord describe --markdown > docs/fields.md
	$(BIN)/onrecord rules --markdown > docs/rules.md

check-datasets: $(STAMP) ## check that the committed datasets and docs are what a rebuild gives
	$(BIN)/onrecord build --datasets .rebuilt
	diff --recursive --exclude='.*' datasets .rebuilt
	rm -r .rebuilt
	$(BIN)/onrecord validate datasets
	$(BIN)/onrecord describe --check docs/fields.md
	$(BIN)/onrecord rules --check docs/rules.md

requirements.lock: ## pin the newest versions that pyproject.toml allows (make --always-make requirements.lock)
	$(PYTHON) -m venv .venv/uv
	.venv/uv/bin/pip install --quiet uv
	.venv/uv/bin/uv pip compile --universal --python-version 3.11 --extra html --extra s3 --extra warc --group dev pyproject.toml \
		--no-header --no-annotate --output-file requirements.lock

wheel: $(STAMP) ## build a wheel into dist/, its extraction compiled for this Python (needs a C compiler)
	ONRECORD_COMPILE=1 $(BIN)/python -m build --wheel --no-isolation --outdir dist

format: $(STAMP) ## format the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean: ## remove everything that is made
	rm -rf .venv .rebuilt .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
