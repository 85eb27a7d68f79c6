# Two commands do everything on a bare Debian 12 with Python 3.11 and make: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo
WHEELS ?= dist/ruedas
FUZZ_FIRST ?= 1000000
FUZZ_COUNT ?= 50000
STRUCTURES ?= 5000
SIZES ?= 1,109,1000,5000
ROUNDS ?= 5
READY := $(VENV)/.ready
# Tests start hundreds of processes: each would compile all modules again where the environment forbids bytecode.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test check pytest pythons bench fuzz docs lock wheelhouse libreoffice browser gnumeric validator clean

help:
	@echo "make demo   the sample entity: 109 workbooks, validated and consolidated into $(DEMO)/evaluacion-2T-2024.xlsx"
	@echo "make test   everything that CI runs (installs LibreOffice 25.2, Chromium and Gnumeric where they are missing and you may)"
	@echo "make validator   Microsoft's Open XML SDK validator, for the tests, into $(VENV); make gnumeric: Gnumeric"
	@echo "make check  linters, types and the floors between modules"
	@echo "make pythons   the quick tests on every Python from 3.11 on that this machine has"
	@echo "make bench  what commands cost beside other readers of the same workbooks, over SIZES, into bench/RESULTS.md; a profile of"
	@echo "            what is left, and what a person waits for in LibreOffice, in the pages beside it (an hour and a half)"
	@echo "make fuzz   mutated workbooks, FUZZ_COUNT of them from seed FUZZ_FIRST on (half an hour), and STRUCTURES beside LibreOffice"
	@echo "make docs   writes the generated pages of docs/ again"
	@echo "make wheelhouse   all that installs poa-xl on a computer without internet, of this system and Python, into $(WHEELS)"
	@echo "make lock   writes requirements.lock again after a change of pyproject.toml (fetches uv)"

$(READY): pyproject.toml requirements.lock tools/environment.sh
	@PYTHON="$(PYTHON)" sh tools/environment.sh $(VENV)
	@touch $(READY)

demo: $(READY)
	@rm -rf $(DEMO)
	@$(BIN)/poa-xl demo $(DEMO) --quarter 2
	@$(BIN)/poa-xl validate $(DEMO)/entregas --quarter 2
	@$(BIN)/poa-xl consolidate $(DEMO)/entregas --quarter 2 -o $(DEMO)/evaluacion-2T-2024.xlsx

test: $(READY) libreoffice browser gnumeric validator check pytest

libreoffice:
	@sh tools/libreoffice.sh

browser:
	@sh tools/browser.sh

gnumeric:
	@sh tools/gnumeric.sh

validator: $(READY)
	@sh tools/validator.sh $(VENV)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/mypy --config-file tests/mypy.ini

pytest: $(READY)
	$(BIN)/pytest -n 2 --dist loadgroup

pythons:
	@sh tools/pythons.sh

.venv-product/.ready: pyproject.toml requirements.lock | $(READY)
	@$(BIN)/python -m venv .venv-product
	@sed -n 's/^\([A-Za-z0-9._-]*==.*[^ \\]\) *\\*$$/\1/p' requirements.lock > .venv-product/versions.txt
	@.venv-product/bin/pip install --quiet --constraint .venv-product/versions.txt --editable '.[report]'
	@touch $@

bench: $(READY) .venv-product/.ready
	@[ -x .venv-bench/bin/python ] || { $(BIN)/python -m venv .venv-bench; .venv-bench/bin/pip install --quiet -r bench/requirements.txt; }
	@$(BIN)/python -m bench --sizes $(SIZES) --rounds $(ROUNDS)
	@$(BIN)/python -m bench.profile
	@$(BIN)/python -m bench.spreadsheet

fuzz: $(READY)
	$(BIN)/python -m tests.fuzz --first $(FUZZ_FIRST) --count $(FUZZ_COUNT)
	$(BIN)/python -m tests.structures --first $(FUZZ_FIRST) --count $(STRUCTURES)

docs: $(READY)
	$(BIN)/python docs/generate.py

wheelhouse: $(READY)
	@$(BIN)/python tools/wheelhouse.py $(WHEELS)

lock:
	@sh tools/lock.sh

clean:
	rm -rf $(VENV) $(DEMO) dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
