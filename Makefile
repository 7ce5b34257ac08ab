# One command each; `make help` lists them.

PYTHON ?= $(or $(shell command -v python3.11 || command -v python3),python3.11)
VENV := .venv/bin
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help python setup setup-dev run demo test check bench lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

python: # in words that even an old one understands
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info[:2] == (3, 11) else "Intact needs Python 3.11, this is %d.%d; say make PYTHON=/path/to/python3.11" % sys.version_info[:2])'

setup: python
	@$(PYTHON) infra/embedded/setup.py

setup-dev: python
	@$(PYTHON) infra/embedded/setup.py --dev

run: setup ## set up what is missing, start the server, print the link to open; Ctrl-C stops it
	@exec $(VENV)/intact serve

demo: setup ## the server with an interview that plays by itself
	@exec $(VENV)/intact demo

check: setup-dev ## lint, types, import contracts
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports
	cd web && npm run check

test: check ## everything there is to check and to test, in the browser too
	cd web && npm test
	$(VENV)/python -m pytest

bench: setup-dev ## measure what the results in bench/results claim
	$(VENV)/python -m bench.face_presence
	$(VENV)/python -m bench.bad_pictures
	$(VENV)/python -m bench.sight
	$(VENV)/python -m bench.head_pose
	$(VENV)/python -m bench.blink
	$(VENV)/python -m bench.mouth
	$(VENV)/python -m bench.live_path
	$(VENV)/python -m bench.capacity
	$(VENV)/python -m bench.soak
	$(VENV)/python -m bench.log
	$(VENV)/python -m bench.growth
	$(VENV)/python -m bench.onet_work_styles
	$(VENV)/python -m bench.pitch
	$(VENV)/python -m bench.speech_rate
	$(VENV)/python -m bench.voice_activity
	$(VENV)/python -m bench.voice_emotion
	$(VENV)/python -m bench.voice_quality
	$(VENV)/python -m bench.words
	$(VENV)/python -m bench.followers
	$(VENV)/python -m bench.faults
	$(VENV)/python -m bench.expression
	$(VENV)/python -m bench.age_gender
	$(VENV)/python -m bench.body
	$(VENV)/python -m bench.hands
	$(VENV)/python -m bench.enhancement

lock: ## choose versions anew from pyproject.toml
	$(PYTHON) infra/embedded/lock.py

clean: ## remove what was set up; recorded data in var/ stays
	rm -rf .venv web/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
