# Everything a newcomer needs: `make brief` and `make test` work in a fresh clone with python3 (3.11 or later) and make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
IN     ?= seeds
OUT    ?= out

.PHONY: brief test lint accept pictures bench clean

brief: $(VENV)/.installed  ## the brief of seeds/ in out/ (make brief IN=folder OUT=folder)
	@$(BIN)/briefgen build $(IN) --out $(OUT)

test: $(VENV)/.dev pages  ## all tests
	$(BIN)/python -m pytest

lint: $(VENV)/.dev  ## style, types, and which module may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

accept: $(VENV)/.dev  ## rewrite what cases and goldens expect; read the diff
	$(BIN)/python -m pytest --accept

pictures: $(VENV)/.dev  ## make the pictures of the docs anew
	$(BIN)/python docs/pictures.py

bench: $(VENV)/.dev  ## measure against gold data (BRIEFGEN_EVAL=folder)
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# The pages are looked at in a real browser by some tests, and by axe-core and html-validate; where those are missing, tests skip.
.PHONY: pages
pages: $(VENV)/bin/python
	@sh .ci/pages $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "briefgen needs Python 3.11 or later: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "python3 cannot make a virtual environment (on Debian: apt-get install python3-venv)"; exit 1; }

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@echo "Installing briefgen into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	@echo "Installing briefgen and what its tests need into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed
