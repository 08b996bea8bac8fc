# `make run` starts FlowTrack, `make test` proves it. Needs Python 3.11 or newer, nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
BIN := .venv/bin
export PORT

.PHONY: help run test lint clean
.PHONY: style format types layers templates deployment migrations schema sqlite postgresql
.NOTPARALLEL:

help:
	@echo "make run    start FlowTrack at http://localhost:$(PORT)/ (PORT, HOST and DEMO_PASSWORD are honoured)"
	@echo "make test   everything that must hold before a change is merged"
	@echo "make lint   the quick part of it: style, format, types, layers, templates"
	@echo "make clean  back to a fresh checkout: tools, caches, demo database (.env stays)"

run: .venv/runtime
	@exec $(BIN)/python -m flowtrack.serve

lint: style format types layers templates

test: lint deployment migrations schema sqlite postgresql

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis test-results
	rm -rf var/*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The steps of `make test`, in its order.

style: .venv/development
	$(BIN)/ruff check .

format: .venv/development
	$(BIN)/ruff format --check .

types: .venv/development
	$(BIN)/mypy

layers: .venv/development
	$(BIN)/lint-imports --no-logo

templates: .venv/development
	$(BIN)/djlint --lint --quiet $(wildcard */templates)

# Settings as a real installation has them, with keys of the moment and no database.
deployment migrations schema: export SECRET_KEY = $(random-key)
deployment migrations schema: export JWT_SIGNING_KEYS = first:$(random-key)
deployment migrations schema: export ALLOWED_HOSTS = flowtrack.example
deployment migrations schema: export DATABASE_URL = sqlite://:memory:
random-key = $(shell $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(48))")

deployment: .venv/development
	$(BIN)/python manage.py check --deploy --fail-level WARNING

migrations: .venv/development
	$(BIN)/python manage.py makemigrations --check --dry-run

schema: .venv/development
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null

sqlite: .venv/development
	env -u DATABASE_URL $(BIN)/python -m pytest -n 2

postgresql: .venv/development
	$(BIN)/python -m tests.postgresql -n 2 -m "not browser and not once"

# Tools. A stamp is older than its requirements when they changed.

.venv/runtime: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/development: requirements.txt requirements-dev.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/runtime

.venv/bin/python:
	$(PYTHON) -m venv .venv
