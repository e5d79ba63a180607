# The map; `make` alone prints it. Every target installs what it needs into .venv on the first run.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.DEFAULT_GOAL := help
.PHONY: help fmt lock clean build figures pages docs check test test-coverage test-long validate \
	coverage reliability bench diff release tag tag-engine

help:  ## this map
	@awk 'BEGIN { FS = ":.*##[@]? *" } /^##@/ { sub(/^##@ */, ""); printf "\n%s\n", $$0 } \
		/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

##@ By hand: data/records/, data/package.yaml, validate/, src/, scripts/, tests/ and the pages
fmt: $(INSTALLED)  ## writes every record in its one canonical form
	@$(BIN)/pledgeline fmt

lock: $(INSTALLED)  ## pins the newest allowed version of every dependency, with hashes
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 --extra export --group dev pyproject.toml --output-file requirements.lock

clean:  ## removes what was installed, and nothing that is kept in git
	rm -rf .venv .build .build.lock .coverage .coverage.*

##@ Built
build: $(INSTALLED)  ## data/records -> data/, datapackage.json, exports/, docs/dictionary.md
	@$(BIN)/pledgeline build
	@$(BIN)/pledgeline export

figures: $(INSTALLED)  ## the built tables -> docs/figures
	@$(BIN)/python -m scripts figures

pages: $(INSTALLED)  ## the built tables -> the numbers and outputs that README.md and docs/ show
	@$(BIN)/python -m scripts pages

docs: $(INSTALLED)  ## guides and reference, from docs/ and the docstrings -> dist/docs
	@$(BIN)/python -m sphinx -q -W --keep-going -b dirhtml docs dist/docs

##@ Checked
check: $(INSTALLED)  ## format of code and records, lint, types, the direction of imports, licences
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check || { echo "not formatted: run ruff format" >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/reuse lint --lines
	@$(BIN)/pledgeline fmt --check

test: $(INSTALLED)  ## everything that takes less than five minutes
	@$(BIN)/python -m pytest

test-coverage: $(INSTALLED)  ## make test, and how much of the engine it runs: fails below 93 %
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

test-long: $(INSTALLED)  ## many kills, many generated records
	@$(BIN)/python -m pytest -m long

validate: $(INSTALLED)  ## the published package and its rules, as others validate theirs
	@$(BIN)/pledgeline validate --rules validate/rules

coverage: $(INSTALLED)  ## how much of its subject the package covers, and how well its records are supported
	@$(BIN)/python -m scripts coverage

reliability: $(INSTALLED)  ## how well the coders of the commitments agree: raw agreement and Krippendorff's alpha
	@$(BIN)/python -m scripts reliability

bench: $(INSTALLED)  ## validation against its peers and a bare scan, in many shapes: an hour and a half, 8 GB of disk
	@$(BIN)/python benchmarks/bench.py
	@$(BIN)/python benchmarks/peers.py
	@$(BIN)/python benchmarks/small_tables.py
	@$(BIN)/python benchmarks/shapes.py
	@$(BIN)/python benchmarks/diff_shapes.py
	@test -d .venv/others || $(PYTHON) -m venv .venv/others
	@.venv/others/bin/python -m pip install -qq --disable-pip-version-check csv-diff==1.2 datacompy==1.1.0
	@$(BIN)/python benchmarks/differences.py --others .venv/others/bin/python

##@ Published
diff: $(INSTALLED)  ## what the next release will record; SINCE=1.0.0 compares with that version
	@$(BIN)/pledgeline diff $(SINCE) || test $$? -eq 1

release: $(INSTALLED)  ## make release VERSION=1.3.0: a version of the data, into dist/ (RELEASING.md)
	@$(BIN)/pledgeline release $(VERSION)

tag: PUBLISHED = $(shell sed -n 's/^version: //p' data/package.yaml)
tag:  ## commits what `make release` has made, and tags it data-VERSION
	git add --all
	git commit --quiet --message "Data $(PUBLISHED)"
	git tag data-$(PUBLISHED)

tag-engine: ENGINE = $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' src/pledgeline/__init__.py)
tag-engine:  ## tags the commit engine-VERSION (RELEASING.md)
	git tag engine-$(ENGINE)

# Hashes are checked, and the package itself is installed from this clone with the locked flit_core.
$(INSTALLED): requirements.lock pyproject.toml
	@test -d .venv || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (first time, or after a change of the lock) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
