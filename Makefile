# Everything a person does with this project. `make help` lists it.

PYTHON ?= python3
UV     ?= uv
ARGS   ?=

BIN := .venv/bin

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve check examples fmt test golden handbook handbook-site clients bench faults audit fuzz mutate lock clean

help: ## show this list
	@echo 'make TARGET [ARGS="more arguments for the command"] [PYTHON=python3.12]'
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1@\2/p' $(firstword $(MAKEFILE_LIST)) | \
		while IFS=@ read -r target text; do printf '%-18s %s\n' "  $$target" "$$text"; done

site: .venv/installed ## build the guide of every release, in site/
	$(BIN)/apiguide build $(ARGS)

serve: .venv/installed ## preview the guide while you write
	$(BIN)/apiguide serve $(ARGS)

check: .venv/installed ## report what is wrong in reference/ and docs/
	$(BIN)/apiguide check $(ARGS)

examples: .venv/installed ## run all examples of all releases as the pages show them, and record it in proof.json
	$(BIN)/apiguide build
	$(BIN)/apiguide examples --run --record proof.json $(ARGS)

fmt: .venv/installed ## apply canonical formatting to the YAML in reference/
	$(BIN)/apiguide fmt $(ARGS)

test: .venv/installed ## run everything that a change must pass; ARGS go to pytest
	@command -v curl >/dev/null || { \
		echo 'make test runs curl lines, and there is no curl: apt-get install curl' >&2; exit 1; }
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/apiguide check
	$(BIN)/apiguide fmt --check
	$(BIN)/python tools/handbook --check
	$(BIN)/python tools/pictures --check
	chrome=$$($(BIN)/python tools/browser) && \
		CHROME="$$chrome" $(BIN)/python -m pytest --numprocesses=auto $(ARGS)

golden: .venv/installed ## regenerate tests/golden/, to be read as a diff
	$(BIN)/python -m pytest --renew-golden $(ARGS)

handbook: .venv/installed ## regenerate the parts of handbook/ and README that are made from the code, pictures too
	$(BIN)/python tools/handbook
	$(BIN)/python tools/pictures $(ARGS)

handbook-site: .venv/installed ## make the handbook as a site, in build/handbook/
	$(BIN)/python tools/handbook-site

clients: .venv/installed ## let clients that others wrote for the API of our guide talk to `apiguide mock`
	$(BIN)/python tools/clients

bench: .venv/installed ## measure speed, and print ratios
	$(BIN)/python -m bench $(ARGS)

faults: .venv/installed ## test the promises about publishing with real faults and servers; takes minutes
	$(BIN)/python tools/faults $(ARGS)

audit: .venv/installed ## try schemas, hooks and formats on editors and other tools themselves; takes minutes
	$(BIN)/python tools/audit $(ARGS)

fuzz: .venv/installed ## feed the reader half a million files that nobody would write; takes hours
	$(BIN)/python tools/fuzz $(ARGS)

mutate: .venv/installed ## change the code in 400 ways to see which ones no test notices; takes half an hour
	$(BIN)/python tools/mutate $(ARGS)

# One version of each package for every Python and platform, so that the same bytes come out everywhere. Pins stay as
# they are unless pyproject.toml asks for others: `make lock ARGS=--upgrade` upgrades them all.
lock: ## pin what pyproject.toml requires, in requirements.lock
	@command -v $(UV) >/dev/null || { echo 'make lock needs uv: https://docs.astral.sh/uv/' >&2; exit 1; }
	$(UV) pip compile pyproject.toml --extra dev --extra mock --quiet --output-file requirements.lock \
		--universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(ARGS)

clean: ## remove everything that was made, including .venv
	rm -rf .venv build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up, in two steps, each with the file that says it is done: the packages, made anew whenever the lock changes so
# that none is left over; then this project, as a link to src/, whenever pyproject.toml changes. A .venv holds paths of
# the folder that it was made in: one that was copied or moved is made anew too.

ifneq ($(shell cat .venv/packages 2>/dev/null),$(CURDIR))
.PHONY: .venv/packages
endif

.venv/packages: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'apiguide needs Python 3.11 or newer, and $(PYTHON) is' \
			"$$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv' >&2; \
		exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock
	@echo '$(CURDIR)' > $@

.venv/installed: .venv/packages pyproject.toml
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@touch $@
