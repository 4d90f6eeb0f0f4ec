# Every target sets up what it needs in .venv; a fresh machine needs Python 3.11 or newer and make, nothing else.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
SHARED ?= ../shared
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable
CASE := demo/recognition.case
SOURCES := src tests evaluation training docs

.PHONY: help demo test check format docs pictures evaluate bench train clean

help:
	@echo "make demo      read examples/, print the record, write a case and a brief into demo/"
	@echo "make test      run the tests"
	@echo "make check     check format, lint, types, import contracts and the freshness of the docs"
	@echo "make format    put the code into its form"
	@echo "make docs      write docs/reference.md, data-dictionary.md and exchange.md from the code"
	@echo "make pictures  take the pictures of the desk in docs/pictures anew (needs Chromium)"
	@echo "make evaluate  score on the gold in $(SHARED) and write docs/evaluation.md"
	@echo "make bench     time on the articles in $(SHARED) and write docs/performance.md"
	@echo "make train     train the language model and the readers' models on the data in $(SHARED)"

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Error: no Python 3.11 or newer found; name one: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.ready: .venv/bin/pip pyproject.toml constraints.txt
	$(PIP) .
	@touch $@

.venv/.dev: .venv/.ready
	$(PIP) '.[dev]'
	@touch $@

.venv/.train: .venv/.dev
	$(PIP) '.[train]'
	@touch $@

demo: .venv/.ready
	@mkdir -p demo
	@test -e $(CASE) || $(BIN)/dragoman new $(CASE) --pack afghanistan --title "Who recognises the Taliban government?"
	$(BIN)/dragoman read examples/recognition --case $(CASE)
	$(BIN)/dragoman show $(CASE)
	$(BIN)/dragoman show $(CASE) events --limit 15
	$(BIN)/dragoman show $(CASE) steps --limit 15
	$(BIN)/dragoman brief $(CASE) --output demo/brief.html
	@echo "The case is $(CASE), the brief demo/brief.html (open it in a browser)."
	@echo "Next: . $(BIN)/activate, then dragoman show $(CASE) report ID, with an ID from the tables above."

test: .venv/.dev
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal

check: .venv/.dev
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/make_reference.py --check
	$(BIN)/python docs/make_dictionary.py --check
	$(BIN)/python docs/make_exchange.py --check

format: .venv/.dev
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

docs: .venv/.dev
	$(BIN)/python docs/make_reference.py
	$(BIN)/python docs/make_dictionary.py
	$(BIN)/python docs/make_exchange.py

pictures: .venv/.dev demo
	$(BIN)/python docs/make_pictures.py $(CASE)

evaluate: .venv/.dev
	$(BIN)/python -m evaluation all --shared $(SHARED) --out docs/evaluation.md

bench: .venv/.dev
	$(BIN)/python -m evaluation bench --shared $(SHARED) --out docs/performance.md

train: .venv/.train
	$(BIN)/python -m training --data $(SHARED)/data --work build/encoder --out src/dragoman/language/model
	$(BIN)/python -m training.coreference --data $(SHARED)/data/gum --out src/dragoman/reading/model/coreference.json
	$(BIN)/python -m training.attribution --data $(SHARED)/data/polnear --out src/dragoman/reading/model/attribution.json
	$(BIN)/python -m training.reports --gold $(SHARED) --encoder build/encoder --out src/dragoman/reading/model
	$(BIN)/python -m training.places_of_acts --gold $(SHARED) --out src/dragoman/reading/model/places.json
	$(BIN)/python -m training.dates_of_acts --gold $(SHARED) --out src/dragoman/reading/model/dates.json
	$(BIN)/python -m training.voices_of_reports --gold $(SHARED) --out src/dragoman/reading/model/voices.json

clean:
	rm -rf .venv build demo .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
