# Two commands do everything on a fresh machine with Python 3.11 or newer:
#   make app    set up, read and index the sample documents, open http://localhost:8501
#   make test   set up, linters, types, floors, all tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# One more than there are processors: tests of the app wait for a browser much of their time.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
PYTEST_ARGS ?= -n $(WORKERS) --dist loadfile -rs --durations 25

.PHONY: help app test check setup contract bench bundle bundle-check screenshots clean

help:
	@echo "make app          set up, read the sample documents, open http://localhost:$(PORT)"
	@echo "make test         set up, linters, types, floors, all tests"
	@echo "make contract     write the worked examples in docs/contract/ anew"
	@echo "make bench        cold search and ingest speed on this machine"
	@echo "make bundle       write build/duibiao-offline, which installs and starts without network"
	@echo "make bundle-check install it with the network cut off, and start it twice"
	@echo "make screenshots  take the pictures of the READMEs anew"
	@echo "make clean        remove the virtual environment and the sample data"
	@echo "PYTHON=python3.12 chooses the interpreter, PORT=8600 the port of the app"

# Each stamp is renewed only when the files it was made from change.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "expected Python 3.11 or newer, found $$($(PYTHON) --version 2>&1); use make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --upgrade pip

$(VENV)/.product: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -r requirements.txt -e .
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.product
	$(BIN)/python -m pip install -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.development

app: $(VENV)/.product
	$(BIN)/duibiao app --port $(PORT)

# mypy gives up where its workers do not answer within three seconds: then it works alone.
check: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -n 2 --explicit-package-bases . || \
		{ test $$? -eq 2 && $(BIN)/mypy --explicit-package-bases .; }
	$(BIN)/lint-imports

# Hundreds of processes start here: none is to compile the product anew.
test: export PYTHONDONTWRITEBYTECODE =
test: check
	$(BIN)/pytest $(PYTEST_ARGS)

contract: $(VENV)/.development
	$(BIN)/python docs/contract/write_examples.py

bench: $(VENV)/.product
	$(BIN)/duibiao bench cold-search
	$(BIN)/duibiao bench ingest

bundle: $(VENV)/.product
	$(BIN)/python -m scripts.bundle

bundle-check: $(VENV)/.product
	$(BIN)/python -m scripts.bundle_check

screenshots: $(VENV)/.development
	$(BIN)/python scripts/screenshots.py

clean:
	rm -rf $(VENV) sample-data
