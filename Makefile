# Two commands to begin with: `make demo` and `make test`.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV   := .venv
PYTHON := $(VENV)/bin/python
export KESSAI_SANDBOX := $(CURDIR)/target/release/kessai-sandbox
export VIRTUAL_ENV := $(CURDIR)/$(VENV)

.PHONY: help demo test every-python lint generate bench dist need sandbox python
.NOTPARALLEL:

## help      this list
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## demo      take a payment end to end on this machine (KEEP=1 leaves the sandbox up)
demo: sandbox python
	@KEEP=$(KEEP) $(PYTHON) examples/python-checkout/story.py

## test      run every test
test: sandbox python
	@scripts/need browser
	cargo test --workspace --exclude kessai-python --locked
	scripts/every-python
	cd tests/browser && npm ci --silent && npm test

## every-python  run the Python tests on every Python of this machine, from one wheel
every-python: sandbox python
	scripts/every-python

## lint      formats, lints, types, documentation, drift of generated files
lint: python
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --document-private-items -q
	cargo run -q --locked -p kessai-generate -- --check
	cd bindings-python && ../$(VENV)/bin/ruff check . ../examples && ../$(VENV)/bin/ruff format --check . ../examples
	cd bindings-python && ../$(VENV)/bin/mypy && ../$(PYTHON) -m mypy.stubtest kessai \
		--mypy-config-file pyproject.toml --allowlist stubtest.txt
	$(VENV)/bin/mypy --strict examples/python-checkout

## generate  write the files that follow from the core's tables
generate: $(VENV)/.ready
	cargo run -q --locked -p kessai-generate

## bench     compare with peers in one run; writes target/bench.json
bench: need $(VENV)/.ready
	cargo build -q --profile dist --locked -p kessai-benches
	cd bindings-python && ../$(VENV)/bin/maturin develop -q --profile dist --locked
	cd bindings-python && ../$(VENV)/bin/maturin build -q --profile dist --locked --out ../target/bench-wheel
	$(PYTHON) benches/run.py

## dist      build what is shipped into dist/
dist: need $(VENV)/.ready
	cd bindings-python && ../$(VENV)/bin/maturin build --profile dist --locked --out ../dist
	cd bindings-python && ../$(VENV)/bin/maturin sdist --out ../dist

need:
	@scripts/need

sandbox: need
	cargo build -q --release --locked -p kessai-sandbox

python: need $(VENV)/.ready
	@mkdir -p target
	@cd bindings-python && ../$(VENV)/bin/maturin develop -q --release --locked >../target/python.log 2>&1 \
		|| { cat ../target/python.log; exit 1; }

$(VENV)/.ready: requirements-dev.txt | need
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@
