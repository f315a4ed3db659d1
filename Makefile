# Two commands to begin with: `make demo` and `make test`.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV   := .venv
PYTHON := $(VENV)/bin/python
export KESSAI_SANDBOX := $(CURDIR)/target/release/kessai-sandbox
export VIRTUAL_ENV := $(CURDIR)/$(VENV)

PREFIX ?= /usr/local

.PHONY: help demo test conformance every-python lint generate bench dist dist-test install \
	need sandbox python node c node-shop
.NOTPARALLEL:

## help      this list
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## demo      take payments end to end in Python, Node and C (KEEP=1 leaves the sandboxes up)
demo: sandbox python node node-shop c
	@$(MAKE) -s -B -C examples/c-checkout PREFIX=$(CURDIR)/target/prefix BUILD=$(CURDIR)/target/c-checkout
	@KEEP=$(KEEP) $(PYTHON) examples/demo
	@echo
	@$(PYTHON) examples/needs-action/refused

## test      run every test
test: sandbox python node node-shop c
	@scripts/need browser c-tests
	cargo test --workspace --exclude kessai-python --exclude kessai-node --locked
	tests/run
	scripts/every-python
	cd bindings-node && npm test
	PREFIX=$(CURDIR)/target/prefix bindings-c/test
	cd tests/browser && npm ci --silent && npm test

## conformance  play one suite of cases in Rust, Python, Node and C
conformance: sandbox python node c
	tests/run

## every-python  run the Python tests on every Python of this machine, from one wheel
every-python: sandbox python
	scripts/every-python

## lint      formats, lints, types, documentation, drift of generated files
lint: python
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --document-private-items -q
	cargo run -q --locked -p kessai-generate -- --check
	cd bindings-python && ../$(VENV)/bin/ruff check . ../examples ../tests/run ../tests/conformance
	cd bindings-python && ../$(VENV)/bin/ruff format --check . ../examples ../tests/run ../tests/conformance
	cd bindings-python && ../$(VENV)/bin/mypy && ../$(PYTHON) -m mypy.stubtest kessai \
		--mypy-config-file pyproject.toml --allowlist stubtest.txt
	$(VENV)/bin/mypy --strict examples/python-checkout
	$(VENV)/bin/mypy --strict tests/run tests/conformance/python

## generate  write the files that follow from the core's tables
generate: $(VENV)/.ready
	cargo run -q --locked -p kessai-generate

## bench     compare with peers in one run; writes target/bench.json
bench: need $(VENV)/.ready
	cargo build -q --profile dist --locked -p kessai-benches
	cd bindings-python && ../$(VENV)/bin/maturin develop -q --profile dist --locked
	cd bindings-python && ../$(VENV)/bin/maturin build -q --profile dist --locked --out ../target/bench-wheel
	cd bindings-node && npm run --silent build -- dist
	PROFILE=dist bindings-c/install target/bench-prefix
	$(PYTHON) benches/run.py

## dist      build what is shipped into dist/
dist: need $(VENV)/.ready
	scripts/dist

## dist-test  install what dist/ holds into empty environments, and test it there
dist-test:
	scripts/dist-test

## install   install the C library, its header and kessai.pc (PREFIX=/usr/local)
install: need
	bindings-c/install $(PREFIX)

need:
	@scripts/need

sandbox: need
	cargo build -q --release --locked -p kessai-sandbox

python: need $(VENV)/.ready
	@mkdir -p target
	@cd bindings-python && ../$(VENV)/bin/maturin develop -q --release --locked >../target/python.log 2>&1 \
		|| { cat ../target/python.log; exit 1; }

node: need
	@scripts/need node
	@cd bindings-node && npm install --silent --no-save && npm run --silent build >/dev/null

node-shop:
	@cd examples/node-checkout && npm install --silent --no-package-lock

c: need
	@scripts/need c
	@PROFILE=release bindings-c/install target/prefix

$(VENV)/.ready: requirements-dev.txt | need
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@
