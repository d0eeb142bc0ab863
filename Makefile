# Two commands do all the set-up on a bare Debian with Python 3.11: `make run`, `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
export PORTAL_HOME ?= instance

.PHONY: run seed test lint test-tools bench-redaction bench-search test-cluster clean help

help: ## this list
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: $(VENV)/.runtime ## install, seed a demo court or bring it up to date, serve both surfaces
	@if test -e $(PORTAL_HOME)/.seeded; then $(BIN)/portal init; else $(MAKE) --no-print-directory seed; fi
	@exec $(BIN)/portal serve

seed: $(VENV)/.runtime ## make the stores and fill them with an invented court
	$(BIN)/portal init
	$(BIN)/portal seed
	$(BIN)/portal index rebuild
	@touch $(PORTAL_HOME)/.seeded

test: $(VENV)/.test test-tools lint ## lint, types, import contracts, every test
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.test ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test-tools: # Chromium, a CJK font and a PostgreSQL server from Debian, where they are missing
	@sh scripts/install-test-tools.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh scripts/apt-install.sh python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

# Holds everything of requirements.txt: one run of pip instead of two.
$(VENV)/.test: requirements-test.txt requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $(VENV)/.runtime $@

test-cluster: $(VENV)/.test ## the search engine on three OpenSearch nodes, two of them killed; needs java and mvn
	mvn --quiet --batch-mode --file tests/cluster/pom.xml package
	$(BIN)/pytest -m cluster tests/cluster

bench-redaction: $(VENV)/.test ## redaction against its peers; COLLECTIONS=folder of labelled texts
	$(BIN)/python bench/redaction/run.py $(if $(COLLECTIONS),--collections $(COLLECTIONS))

bench-search: $(VENV)/.test ## the index against its peers, whole pages; N=documents KEEP=folder for builds
	$(BIN)/python bench/search/run.py $(if $(N),--documents $(N)) $(if $(KEEP),--keep $(KEEP))
	$(BIN)/python bench/search/pages.py $(if $(N),--rows $(N)) $(if $(KEEP),--keep $(KEEP))
	$(if $(KEEP),$(BIN)/python bench/search/visitors.py $(if $(N),--rows $(N)) --keep $(KEEP))

clean: ## remove the environment and the demo instance
	rm -rf $(VENV) instance
