.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: help run test lint fmt bench simulate crash fuzz ci

PARLANCE := .build/release/parlance

help: ## Print this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: ## Build and start on http://127.0.0.1:8080 (PARLANCE_PORT=… for another port)
	@.ci/install build
	@.ci/build
	@exec $(PARLANCE) serve

test: ## Run every test: browser, crash, unit and tidy
	@.ci/test

lint: ## Check the formatting and the house rules
	@.ci/install build
	swift format lint --strict --recursive Sources Tests Package.swift
	swift test --filter TidyTests

fmt: ## Format every Swift file in place
	swift format --in-place --recursive Sources Tests Package.swift

bench: ## Measure speed beside a bare server and aiogram, print the ratios
	@.ci/install bench
	@.ci/build
	@.ci/venv .venv-bench Tests/Bench/requirements.txt
	$(PARLANCE) bench

simulate: ## Run a million simulated turns with seeded faults
	@.ci/install build
	@.ci/build
	$(PARLANCE) simulate --turns 1000000

crash: ## Kill the real process 200 times under load, prove that nothing is lost
	@.ci/install build
	@.ci/build
	$(PARLANCE) crash --rounds 200

fuzz: ## Let libFuzzer damage recordings for two minutes
	@.ci/install build
	@.ci/fuzz 120

ci: ## Run every gate in order, as the build server does
	@.ci/run
