# Everything a person does with a clone. `make` alone lists the targets.

PYTHON ?=
LAB_ARGS ?=
N ?=
BENCH_ARGS ?=
EXAMPLES ?= 20000
CORPUS_ARGS ?=
export PYTHON

VENV := .venv/bin
EXAMPLE := save-the-world
# The clone's own tools come first: jlpm, jupyter and the formatters are those of .venv.
export PATH := $(CURDIR)/$(VENV):$(PATH)

# The first Python that does; a clear message and the end where there is none.
FOUND = $$(sh scripts/find_python.sh)
PREPARE = @python=$(FOUND) && "$$python" -m scripts.prepare

.PHONY: help
help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "make %-9s %s\n", $$1, $$2}'

.PHONY: lab
lab: ## Set up, make the example project and open JupyterLab on it (LAB_ARGS="--no-browser --port 9999")
	$(PREPARE) lab
	@exec $(VENV)/python -m scripts.open_lab $(EXAMPLE) $(LAB_ARGS)

.PHONY: test
test: ## Every check and every test, installing what they need
	$(PREPARE) checks
	@exec $(VENV)/python -m scripts.checks

.PHONY: corpus
corpus: ## Export the cells of real notebooks and run them (N=5: a fixed sample; CORPUS_ARGS="--notebook seaborn")
	$(PREPARE) python
	@exec $(VENV)/python -m corpus $(N) $(CORPUS_ARGS)

.PHONY: fmt
fmt: ## Bring Python, TypeScript and CSS into the project's format
	$(PREPARE) checks
	@exec $(VENV)/python -m scripts.checks format

.PHONY: lint
lint: ## Linters, formats and the direction of imports
	$(PREPARE) checks
	@exec $(VENV)/python -m scripts.checks lint

.PHONY: types
types: ## mypy and tsc, both strict, and the generated types
	$(PREPARE) checks
	@exec $(VENV)/python -m scripts.checks types

.PHONY: codegen
codegen: ## Write the TypeScript that is made from jupyterlab_prodify/api and in_kernel
	$(PREPARE) python
	@exec $(VENV)/python -m scripts.codegen

.PHONY: build
build: ## Build the frontend for production
	$(PREPARE) build

.PHONY: wheel
wheel: ## Build the wheel into dist/
	$(PREPARE) build
	@exec $(VENV)/python -m build --wheel

.PHONY: bench
bench: ## Measure what has to be fast and print a table
	$(PREPARE) build
	@exec $(VENV)/python -m benchmarks $(BENCH_ARGS)

.PHONY: fuzz
fuzz: ## Export cells of random notebooks and run them (EXAMPLES=20000)
	$(PREPARE) python
	@exec $(VENV)/python -m tests.fuzz $(EXAMPLES)

.PHONY: clean
clean: ## Remove all that was built or installed; the example project stays
	rm -rf .make .venv node_modules ui-tests/node_modules lib dist build coverage tsconfig.tsbuildinfo \
	  jupyterlab_prodify/labextension ui-tests/test-results ui-tests/outputs ui-tests/playwright-report \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .eslintcache
