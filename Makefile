# One command for all gates: make check
.PHONY: check lint types imports test bench

check: lint types imports test

lint:
	ruff check .

types:
	mypy

imports:
	lint-imports

test:
	pytest

# Slow, and only meaningful on a quiet machine; see bench/README.md.
bench:
	python -m bench.check
	python -m bench.reading
	python -m bench.start
	python -m bench.pages
	python -m bench.published
	python -m bench.load
	python -m bench.store
