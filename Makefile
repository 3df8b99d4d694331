# Two commands do all: `make demo` and `make test`. Both make .venv first.
.POSIX:
.PHONY: help demo gallery docs test lint types contracts unit mutants oldest lab notebooks bench dist spark clean

VENV ?= .venv
PY = $(VENV)/bin/python
OUT ?= out

help:
	@echo "make demo      install into $(VENV), report on the shipped recordings, draw the pictures"
	@echo "make gallery   a contact sheet: every kind of picture of every recording, to look at"
	@echo "make docs      the documentation as a site in $(OUT)/docs: guides, reference, notebooks"
	@echo "make test      lint, types, contracts, doctests, tests (the lab too: NSD and Unbound)"
	@echo "make mutants   put small bugs into what depgraph says, one at a time: a test notices each"
	@echo "make oldest    the tests again with the oldest versions that pyproject.toml allows"
	@echo "make lab       start the lab of real name servers on loopback, to play with by hand"
	@echo "make notebooks run the notebooks and write executed copies to $(OUT)/notebooks"
	@echo "make spark     a survey by Spark and its SQL, equal to ours (needs Java 17)"
	@echo "make dist      build sdist and wheel, check them, and run the README from the wheel alone"
	@echo "make bench     the benchmarks that need nothing but this checkout"

$(VENV)/installed: pyproject.toml scripts/make_venv.sh
	@sh scripts/make_venv.sh $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --editable ".[all]"
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PY) -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@$(PY) -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

demo: $(VENV)/installed
	@$(PY) scripts/demo.py --out $(OUT)/demo

gallery: $(VENV)/installed
	@$(PY) scripts/contact_sheet.py --out $(OUT)/gallery

docs: $(VENV)/installed
	@$(PY) -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@$(PY) -m pip install --quiet --disable-pip-version-check --group docs
	@$(PY) scripts/make_docs.py --out $(OUT)/docs

test: lint types contracts unit

lint: $(VENV)/installed-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(VENV)/installed-dev
	$(PY) -m mypy
	$(PY) -m mypy tests/typed/user_program.py

contracts: $(VENV)/installed-dev
	$(VENV)/bin/lint-imports

unit: $(VENV)/installed-dev
	@sh scripts/install_lab.sh
	$(PY) -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

mutants: $(VENV)/installed-dev
	$(PY) scripts/mutants.py

oldest: $(VENV)/installed-dev
	@sh scripts/make_venv.sh $(VENV)-oldest
	@$(VENV)-oldest/bin/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@$(VENV)-oldest/bin/python -m pip install --quiet --disable-pip-version-check --group dev --constraint tests/oldest.txt --editable .
	$(VENV)-oldest/bin/python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

spark: $(VENV)/installed-dev
	@$(PY) -m pip install --quiet --disable-pip-version-check pyspark pandas
	$(PY) benchmarks/survey.py engines data/recordings --spark

lab: $(VENV)/installed-dev
	@sh scripts/install_lab.sh
	$(PY) -m tests.lab

notebooks: $(VENV)/installed-dev
	$(PY) scripts/run_notebooks.py --out $(OUT)/notebooks

bench: $(VENV)/installed-dev
	for f in latency takedown pictures; do echo "== $$f"; $(PY) benchmarks/$$f.py || exit 1; done

dist: $(VENV)/installed-dev
	@$(PY) -m pip install --quiet --disable-pip-version-check --group dist
	rm -rf dist
	$(PY) -m build
	$(PY) -m twine check --strict dist/*
	$(PY) scripts/try_wheel.py dist/*.whl

clean:
	rm -rf $(VENV) $(VENV)-oldest $(OUT) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
