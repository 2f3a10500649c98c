# What one does with Dither. `make` alone prints this list and does nothing else.
# Every target installs what it lacks, and says so before it does.

PYTHON ?= python3
ARGUMENTS ?=
STUDY_ARGUMENTS ?= --output .build/study --overwrite

.DEFAULT_GOAL := help
.PHONY: help setup demo results speech test test-release object-code examples consumers sanitizers neon samples gallery bench bench-peers bench-counts bench-test lint format docs clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install libomp if the linker does not find it
	@.ci/setup

demo: setup ## Train on handwritten digits with and without noise, then find the noise that helps most (ARGUMENTS='--help'; STUDY_ARGUMENTS)
	@swift build -c release --product NoiseStudy
	@swift build -c release --product dither
	@"$$(swift build -c release --show-bin-path)/NoiseStudy" $(ARGUMENTS)
	@"$$(swift build -c release --show-bin-path)/dither" study $(STUDY_ARGUMENTS)

results: setup ## Train what papers report on (ARGUMENTS='dropout --help'; without, a list)
	@.ci/results $(ARGUMENTS)

speech: setup ## Train on spoken digits, test in noise that none was trained on (ARGUMENTS='--help')
	@swift build -c release --product SpokenDigits
	@"$$(swift build -c release --show-bin-path)/SpokenDigits" $(ARGUMENTS)

test: setup ## Run the tests
	@swift test

test-release: setup ## Run the tests against the optimised build
	@swift test -c release

object-code: setup ## Check that each kernel was compiled for its instruction set
	@swift build -c release
	@.ci/object-code

examples: setup ## Run every example but the study
	@.ci/examples

consumers: setup ## Build and run packages that depend on a tagged copy of this one
	@Tests/Consumers/run

sanitizers: setup ## Run every kernel under the address, undefined-behaviour and thread sanitizers
	@Tests/Sanitizers/run

bench: setup ## Measure the library against its targets and the machine's limits (ARGUMENTS='--help')
	@Tests/Benchmarks/run $(ARGUMENTS)

bench-peers: setup ## Measure library and peers turn by turn (ARGUMENTS='--check' only tries the peers)
	@Tests/Benchmarks/run-peers $(ARGUMENTS)

bench-counts: setup ## Count instructions and cache misses of kernels under valgrind (ARGUMENTS='--check' holds them to the list)
	@Tests/Benchmarks/counts/run $(ARGUMENTS)

bench-test: setup ## Run the benchmark's own tests, and a short round of it
	@Tests/Benchmarks/check

lint: ## Check the format of all sources
	@.ci/format --check

format: ## Format all sources
	@.ci/format

neon: ## Run every kernel on an emulated ARM processor, too
	@Tests/Sanitizers/run-neon

gallery: setup ## Draw docs/gallery.md: every distribution, and what it does to a digit
	@swift build -c release --product NoiseGallery
	@"$$(swift build -c release --show-bin-path)/NoiseGallery" docs

samples: setup ## Compile and run the code in the documentation
	@Tests/CodeSamples/run

docs: setup ## Build the documentation; every warning is an error
	@.ci/docs

clean: ## Remove what was built
	@rm -rf .build
