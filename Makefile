# The map. `make build` and `make test` install what they need into .venv on the first run.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed

.PHONY: build validate diff release tag test test-long bench figures pages fmt coverage reliability lock clean

build: $(INSTALLED)  ## records -> data/csv, data/parquet, datapackage.json; from these exports/ and docs/dictionary.md
	@$(BIN)/pledgeline build
	@$(BIN)/pledgeline export

figures: $(INSTALLED)  ## the built tables -> docs/figures
	@$(BIN)/python -m scripts figures

pages: $(INSTALLED)  ## the built tables -> numbers, outputs and reports shown in README.md, docs/recipes.md, docs/method.md
	@$(BIN)/python -m scripts pages

test: $(INSTALLED)  ## everything that takes less than five minutes
	@$(BIN)/python -m pytest

test-long: $(INSTALLED)  ## many kills, many generated records
	@$(BIN)/python -m pytest -m long

validate: $(INSTALLED)  ## the published package, its schemas and validate/rules, as the command that others run on theirs
	@$(BIN)/pledgeline validate --rules validate/rules

diff: $(INSTALLED)  ## what the next release will record: the package as it is built against the last published version
	@$(BIN)/pledgeline diff $(VERSION) || test $$? -eq 1

release: $(INSTALLED)  ## make release VERSION=1.1.0: compares, records every change, packs dist/*.zip (RELEASING.md)
	@$(BIN)/pledgeline release $(VERSION)

tag: PUBLISHED = $(shell sed -n 's/^version: //p' data/package.yaml)
tag:  ## commits what `make release` has made, and gives the commit the version's name
	git add --all
	git commit --quiet --message "Version $(PUBLISHED)"
	git tag v$(PUBLISHED)

bench: $(INSTALLED)  ## validation against frictionless-py and a bare scan: some forty minutes, 5 GB of disk
	@$(BIN)/python benchmarks/bench.py
	@test -d .venv/others || $(PYTHON) -m venv .venv/others
	@.venv/others/bin/python -m pip install -qq --disable-pip-version-check csv-diff==1.2 datacompy==1.1.0
	@$(BIN)/python benchmarks/differences.py --others .venv/others/bin/python

fmt: $(INSTALLED)  ## writes every record in its one canonical form
	@$(BIN)/pledgeline fmt

coverage: $(INSTALLED)  ## how much of its subject the package covers, and how well its records are supported
	@$(BIN)/python -m scripts coverage

reliability: $(INSTALLED)  ## how well the coders of the commitments agree: raw agreement and Krippendorff's alpha
	@$(BIN)/python -m scripts reliability

lock: $(INSTALLED)  ## pins the newest allowed version of every dependency, with hashes
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 --group dev pyproject.toml --output-file requirements.lock

clean:  ## removes what was installed, and nothing that is kept in git
	rm -rf .venv .build .build.lock

# Hashes are checked, and the package itself is installed from this clone with the locked flit_core.
$(INSTALLED): requirements.lock pyproject.toml
	@test -d .venv || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (first time, or after a change of the lock) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
