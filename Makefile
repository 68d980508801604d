# Two commands: `make run` reads samples/ into lkip.db and prints the findings; `make test` runs the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RENDITIONS := samples/renditions/iku-bakorwil-jember.pdf samples/renditions/iku-kecamatan-sumberjambe-2022.docx
EXTRAS := ocr,web,parquet,postgres,dev

.PHONY: run test check clean format setup

setup: $(READY)

$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[$(EXTRAS)]'
	touch $(READY)

run: $(READY)
	$(BIN)/lkip ingest samples $(wildcard $(RENDITIONS))
	$(BIN)/lkip audit --fail-on never

test: $(READY)
	$(BIN)/python -m pytest -n 2

check: $(READY)
	$(BIN)/ruff check pipeline tests bench samples
	$(BIN)/ruff format --check pipeline tests bench samples
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix pipeline tests bench samples
	$(BIN)/ruff format pipeline tests bench samples

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis lkip.db lkip.db-* artefacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
