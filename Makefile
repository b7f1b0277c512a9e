# Collaborate. What each target does is in README.md.
#   make install                          .venv with all the bot needs
#   make demo ARGS=--once                 the demo (without ARGS the sandbox stays up)
#   make test ARGS="tests/people -q"      the tests, or some of them
#   make check                            lint, types, import contracts, then the tests
#   make screenshots                      the pictures of README.md, taken from the running page
#   make bench-risk                       how well an insider could guess the speaker, before and after softening
#   make bench-anonymise                  what the anonymiser finds, beside others' tools, on both halves of its corpus
#   make format                           lays the code out as `make check` wants it
# Variables: PYTHON (which Python makes .venv), TORCH_INDEX (an index of CPU builds of torch), CUDA=yes (don't wait).

PYTHON ?= python3
BIN := .venv/bin
export TORCH_INDEX CUDA

.PHONY: install demo test check lint format screenshots bench-anonymise bench-risk clean
.DELETE_ON_ERROR:

install: .venv/.installed-bot

# the stamps live in .venv, so that they go when it goes
.venv/.installed-bot: constraints.txt pyproject.toml .ci/install.py
	@$(PYTHON) .ci/install.py bot

.venv/.installed-tests: .venv/.installed-bot
	@$(PYTHON) .ci/install.py tests

demo: .venv/.installed-bot
	@$(BIN)/collaborate demo $(ARGS)

test: .venv/.installed-tests
	$(BIN)/python -m pytest $(ARGS)

lint: .venv/.installed-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.installed-tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: lint test

screenshots: .venv/.installed-tests
	$(BIN)/python -m tests.browser.screenshots

# scrubadub has an environment of its own: what it needs is nothing that the bot should have
.venv/.installed-peers: .venv/.installed-tests tests/bench/anonymise/peers.txt
	@$(PYTHON) -m venv .venv/peers
	@.venv/peers/bin/pip install --quiet --no-deps -r tests/bench/anonymise/peers.txt
	@touch $@

bench-risk: .venv/.installed-tests
	$(BIN)/python -m tests.bench.risk $(ARGS)

bench-anonymise: .venv/.installed-peers
	$(BIN)/python -m tests.bench.anonymise $(ARGS)

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
