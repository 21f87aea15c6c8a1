# One command to run, one to test. Everything is installed into this folder, from locked lists with
# hashes; a stamp file that is newer than its list means that there is nothing to do.

SHELL = /bin/sh
PY = .venv/bin/python
UV = uv
UPGRADE =
INSTALL = $(PY) tools/install.py
WITH_VENV = PATH="$(CURDIR)/.venv/bin:$$PATH"
PYTEST_ARGS =
MAX_WORKERS = 4
PROCESSOR_MINUTES = 60
PYTEST = $(WITH_VENV) $(PY) -m pytest -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --maxprocesses $(MAX_WORKERS)

RUNTIME = .venv/stamp-run
DEV = .venv/stamp-dev
VENDOR = static/vendor/importmap.json

.DEFAULT_GOAL = help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run dev install test test-fast check format lint types imports js pytest containers providers bench audit lock fields catalogues wheel clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME) $(VENDOR) ## install what is missing and serve (PORT=9000 BOARD_DATA=/srv/board make run)
	@exec $(PY) -m board serve --migrate

dev: $(DEV) $(VENDOR) ## serve, and begin anew whenever a file of the program changes
	@.venv/bin/watchfiles --target-type command --sigint-timeout 20 --ignore-paths static/vendor \
		'$(PY) -m board serve --migrate' board migrations static templates

install: $(DEV) $(VENDOR) ## install everything, for development too

test: check js pytest ## run every check and every test (PYTEST_ARGS="tests/unit -x" for a part)

test-fast: $(DEV) $(VENDOR) ## run what is quick and needs no program beside it: units, contracts, the browser's modules
	@$(WITH_VENV) $(PY) tools/check_js.py
	@$(PYTEST) -m "not live and not slow" tests/unit tests/contract

check: lint types imports ## lint, types and import rules only

format: $(DEV) ## put imports and spaces of the Python files as `make check` wants them
	@$(PY) -m ruff check --fix --select I .
	@$(PY) -m ruff format .

containers: $(DEV) $(VENDOR) ## build the containers, start them, and update and scale them under load
	@$(WITH_VENV) $(PY) tools/containers.py $(PYTEST_ARGS)

providers: $(DEV) $(VENDOR) ## sign in by identity providers of Debian, which are unpacked and not installed
	@$(WITH_VENV) $(PY) tools/providers.py $(PYTEST_ARGS)

bench: $(DEV) $(VENDOR) ## measure what the design promises
	@$(PY) -m bench

audit: .venv/stamp-audit node_modules/.stamp-run ## ask the advisory databases about everything that is locked (needs the network)
	@.venv/bin/pip-audit --require-hashes --disable-pip --strict -r requirements.txt
	@$(WITH_VENV) npm audit --omit=dev

lint: $(DEV)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) tools/check_calls.py board
	@$(PY) tools/fields.py --check
	@$(WITH_VENV) $(PY) tools/check_strings.py
	@$(WITH_VENV) $(PY) tools/catalogues.py --check

types: $(DEV)
	@$(PY) -m mypy

imports: $(DEV)
	@.venv/bin/lint-imports

js: $(DEV) $(VENDOR)
	@$(WITH_VENV) $(PY) tools/check_js.py

pytest: $(DEV) $(VENDOR)
	@$(PYTEST) --processor-minutes $(PROCESSOR_MINUTES) $(PYTEST_ARGS)

lock: COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-header $(UPGRADE) \
	--python-version 3.11 --no-emit-index-url --no-emit-find-links
lock: ## remake the locked lists (needs uv and npm; UPGRADE=--upgrade takes the newest)
	@$(COMPILE) pyproject.toml -o requirements.txt
	@$(COMPILE) pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt
	@$(COMPILE) --group pyproject.toml:audit -o tools/requirements-audit.txt
	@$(COMPILE) --group pyproject.toml:build -o tools/requirements-build.txt
	@$(COMPILE) --group pyproject.toml:node -o tools/requirements-node.txt
	@npm install --package-lock-only

fields: $(RUNTIME) ## write static/js/board/fields.js, of what stands at the fields in board/domain
	@$(PY) tools/fields.py

catalogues: $(DEV) ## write board/translations: every message of the program, for translators
	@$(WITH_VENV) $(PY) tools/catalogues.py

wheel: $(DEV) $(VENDOR) ## build dist/*.whl with the pages, the styles and the migrations inside
	@rm -rf build
	@$(PY) -m pip wheel --quiet --no-deps --no-build-isolation --no-index --wheel-dir dist .

clean: ## remove what was installed and made (never the boards in var/)
	rm -rf .venv node_modules static/vendor build dist test-results .containers .providers *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@python=$$(tools/find-python) && "$$python" tools/install.py venv

$(RUNTIME): requirements.txt tools/requirements-build.txt pyproject.toml | .venv/bin/python
	@$(INSTALL) python tools/requirements-build.txt
	@$(INSTALL) python requirements.txt
	@$(INSTALL) project
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME) node_modules/.stamp-dev
	@$(INSTALL) python requirements-dev.txt
	@touch $@

.venv/stamp-audit: tools/requirements-audit.txt | .venv/bin/python
	@$(INSTALL) python tools/requirements-audit.txt
	@touch $@

node_modules/.stamp-run: package-lock.json .npmrc tools/requirements-node.txt | .venv/bin/python
	@$(INSTALL) node --omit=dev
	@touch $@

node_modules/.stamp-dev: package-lock.json .npmrc tools/requirements-node.txt | .venv/bin/python
	@$(INSTALL) node
	@touch node_modules/.stamp-run $@

$(VENDOR): tools/vendor.py node_modules/.stamp-run
	@$(PY) tools/vendor.py
