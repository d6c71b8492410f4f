# One command for everything. `make run` and `make test` work in a fresh clone with Python 3.11
# (with venv), make and git; nothing else is needed, and no network after the installation.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000
JOBS ?= 2

.PHONY: help run serve test check fix atlas docs bench lock clean

help:            ## what can be made
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/.run: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: .venv/.run requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

run: .venv/.run  ## install, warm up, run the study, serve on http://127.0.0.1:8000
	$(BIN)/learningcity warm-up
	$(BIN)/learningcity study run studies/award-cities.toml --out build/award-cities --format html
	$(BIN)/learningcity serve --host $(HOST) --port $(PORT)

serve: .venv/.run ## serve without the warm-up
	$(BIN)/learningcity serve --host $(HOST) --port $(PORT)

test: check      ## every check, then every test that this machine can run
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -rs

check: .venv/.test ## format, lint, types, tables, docs and translations in step; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m learningcity atlas build --check
	$(BIN)/python -m docs.make --check
	$(BIN)/python -m learningcity.web.messages --check

fix: .venv/.test ## format, and mend what the linter can mend
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

atlas: .venv/.test ## check data/ and build the tables that the package ships
	$(BIN)/python -m learningcity atlas build

docs: .venv/.test ## write the generated pages of the documentation
	$(BIN)/python -m docs.make

bench: .venv/.test ## measure start-up, loading, pages and growth, and print the table
	$(BIN)/python -m benchmarks.run

lock: .venv/.test ## pin all dependencies anew
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --group backend --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -q -U -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group backend --group test --group check --extra build --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -U \
	  -c requirements.lock -o requirements-test.lock

clean:           ## remove what was installed and cached here
	rm -rf .venv .pytest_cache .hypothesis .ruff_cache .mypy_cache build dist
