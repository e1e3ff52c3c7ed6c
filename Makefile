# Each target says what it does: run `make`.
.DEFAULT_GOAL := help
.PHONY: help setup setup-test demo run check test bench pictures torture folder clean

PYTHON := .venv/bin/python
# Tests may use both cores; a test of the window holds one. Files go in order: the few long ones early.
WORKERS ?= 2

help: ## Say what each target does
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "make %-10s %s\n", $$1, $$2}'

setup: ## Prepare this machine: virtual environment, packages, system libraries
	@.make/setup.sh

setup-test:
	@.make/setup.sh test

demo: setup ## Play the practice inspection and review into demo/: reports, bundles, pictures
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m inspector_app demo --out demo

run: setup ## Open the window on the practice inspection
	@[ -d demo/ana-sample ] || $(MAKE) --no-print-directory demo
	@INSPECTOR_PASSPHRASE="for practice only" $(PYTHON) -m inspector_app demo/ana-sample

check: setup-test ## Look at the code without running it: ruff, mypy, the layers
	@.venv/bin/ruff check inspector_app tests
	@.venv/bin/ruff format --check inspector_app tests
	@.venv/bin/mypy inspector_app
	@.venv/bin/lint-imports

test: check ## Check the code and run every test
	@$(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

bench: setup-test ## Measure speed as ratios to floors in the same run
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.bench

pictures: setup ## Paint every page of the window in each theme, at 100 and 200 %, and of every report, into pictures/
	@[ -d demo/ana-sample ] || $(MAKE) --no-print-directory demo
	@printf 'for practice only\n' | QT_QPA_PLATFORM=offscreen $(PYTHON) -m inspector_app picture-pages demo/ana-sample pictures every
	@$(PYTHON) -m tests.picture_reports demo/ana-sample pictures/reports

torture: setup-test ## Run the harnesses at their full counts (up to an hour)
	@TORTURE=1 $(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

folder: setup ## Make dist/: a folder that starts by itself, a wheelhouse, an SBOM, checksums
	@.make/folder.sh

clean: ## Throw away what was made here
	rm -rf .venv demo pictures build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
