# One place that knows how to run everything. `make setup` once; the other targets see to it themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Dates in the output come from the data or the commit, never from the clock.
export SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
export NO_MKDOCS_2_WARNING := 1

.PHONY: help setup serve site test check lint browser pictures lock clean

help:
	@echo "make serve   set up, build and serve the site with live reload"
	@echo "make test    set up and run every test"
	@echo "make site    set up and write site/"
	@echo "make setup   only set up"
	@echo "make pictures renew the pictures in docs/assets"
	@echo "make lock    renew requirements.lock from pyproject.toml"

setup: $(STAMP)
	@echo "Ready: $(BIN)/atlas"

$(STAMP): requirements.lock pyproject.toml
	@echo "Setting up $(VENV): installing the pinned packages (once, a minute or two)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.x"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

serve: $(STAMP)
	@echo "Building; the site will be at http://127.0.0.1:8000/ and reloads when a file changes"
	@$(BIN)/mkdocs serve --dev-addr 127.0.0.1:8000

site: $(STAMP)
	@echo "Checking the atlas and building site/"
	@$(BIN)/mkdocs build --clean
	@echo "Done: $$(find site/workloads -mindepth 2 -maxdepth 2 -name index.html | wc -l | tr -d ' ') workload pages in site/"

check: $(STAMP)
	@$(BIN)/atlas check

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

browser: $(STAMP)
	@$(BIN)/python tests/install_browser.py

test: $(STAMP)
	@echo "1/3 Lint, format and types"
	@$(MAKE) --no-print-directory lint
	@echo "2/3 A browser for the browser tests"
	@$(MAKE) --no-print-directory browser
	@echo "3/3 Tests: data, rules, strict build, links, HTML, accessibility, browser"
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal
	@echo "All tests passed."

pictures: site browser
	@$(BIN)/python -m tests.take_pictures site

lock: $(STAMP)
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --extra test --python-version 3.11 pyproject.toml -o requirements.lock

clean:
	rm -rf site .pytest_cache .mypy_cache .ruff_cache .hypothesis
