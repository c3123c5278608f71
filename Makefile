# make demo: the whole way on invented agencies. make test: the proof. Nothing but Python ≥ 3.11, make and a network for packages is needed.
PYTHON ?= python3
BIN := .venv/bin
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test setup lint types gate quality bench docs lock wheel clean

demo: setup
	$(BIN)/svodka demo

test: setup
	$(BIN)/pytest

setup: .venv/.ready

.venv/.ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' || { echo "svodka: нужен Python 3.11 или новее с модулем venv: make PYTHON=python3.12 setup" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

gate: setup
	$(BIN)/svodka evaluate

quality: setup
	$(BIN)/svodka evaluate --save --report docs/quality.md

bench: setup
	for file in tests/benchmarks/[a-z]*.py; do $(BIN)/python $$file || exit 1; done

docs: setup
	$(BIN)/python -m svodka.reference > docs/commands.md

# Versions and hashes, no addresses. Needs `uv`, on the maintainer's machine only.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml --group dev -o requirements-dev.lock

# A wheel built from the sdist, as an installer would get it.
wheel: setup
	rm -rf dist build && $(BIN)/python -m build --quiet --no-isolation --outdir dist .

clean:
	rm -rf .venv build dist svodka-demo *.egg-info .mypy_cache .ruff_cache .pytest_cache
