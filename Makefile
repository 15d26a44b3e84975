# `make demo` and `make test` are all a newcomer needs; both install the Debian packages they miss.
# The import check is part of every build: it is what makes "a room imports only from below" true.

SWIFT ?= swift
FLAGS := --explicit-target-dependency-import-check error
SHIPPING := -c release --static-swift-stdlib
SOURCES := Package.swift Sources commands Tests Bench
# Tests at once, however they are run; Tests/README.md says why so few.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 6

.DEFAULT_GOAL := help
.PHONY: browser help demo run check build test test-shipping lint format conformance bench sanitize coverage release image settings clean \
	check-matching check-performers packages prune-proof test-packages tracker-pace pictures

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-14s %s\n", $$1, $$2}'

packages:
	@Tools/packages build

test-packages:
	@Tools/packages build test

demo: packages ## run the bot against a built-in Discord: http://127.0.0.1:8642
	$(SWIFT) build $(FLAGS) --product autoplex
	.build/debug/autoplex demo

run: release ## run the bot with the settings of .env
	.build/release/autoplex run

check: release ## test every configured service
	.build/release/autoplex check

build: packages ## build everything, tests included
	$(SWIFT) build $(FLAGS) --build-tests

test: test-packages ## build and run all tests
	$(SWIFT) build $(FLAGS) --build-tests
	$(SWIFT) test $(FLAGS) --skip-build --disable-xctest

# Optimised, but linked to the shared runtime: the toolchain has no Swift Testing to link statically.
test-shipping: test-packages ## run the tests optimised
	$(SWIFT) build --build-tests $(FLAGS) -c release -Xswiftc -enable-testing --scratch-path .build/shipping
	.build/shipping/release/autoplexPackageTests.xctest --testing-library swift-testing

lint: ## check the style
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

settings: ## write the settings into .env.example, the README and docs/settings.md
	$(SWIFT) build $(FLAGS) --product autoplex
	Tools/settings

pictures: ## take the documents' pictures anew, from the demo
	@Tools/packages build test browser
	$(SWIFT) build $(FLAGS) --product autoplex
	Tools/pictures .build/debug/autoplex

format: ## mend the style
	$(SWIFT) format format --in-place --parallel --recursive $(SOURCES)

conformance: test-packages ## let other people's clients of each service judge the stand-ins, and our mail
	$(SWIFT) build $(FLAGS) --product standin
	$(SWIFT) build $(FLAGS) --product postbox
	$(SWIFT) build $(FLAGS) --product lists
	$(SWIFT) build $(FLAGS) --product autoplex
	Tests/conformance/run .build/debug/standin

browser: ## click through the demo and the dashboard in chromium, and look for errors and faults of accessibility
	@Tools/packages build test browser
	$(SWIFT) build $(FLAGS) --product autoplex
	Tests/browser/run .build/debug/autoplex

prune-proof: packages ## live through ten thousand worlds in which prune must hurt nobody; SEED=number tells one of them
	$(SWIFT) build $(FLAGS) $(SHIPPING) --product prune-proof
	.build/release/prune-proof $(if $(SEED),--seed $(SEED) $(if $(PEOPLE),--people $(PEOPLE)) $(if $(DAYS),--days $(DAYS)),--seeds $(or $(SEEDS),10000))

fuzz: packages ## grind hooks, real and senseless, through their readers; SEEDS=number of them, SEED=the first
	$(SWIFT) build $(FLAGS) -c release --product hook-fuzz
	.build/release/hook-fuzz $(or $(SEEDS),200) $(or $(SEED),1)

check-performers: packages ## hold the extraction of performers against saved answers: DATA=folder EXPECTED=file.json
	@test -n "$(DATA)" -a -n "$(EXPECTED)" || { echo 'usage: make check-performers DATA=folder EXPECTED=file.json'; exit 64; }
	$(SWIFT) build $(FLAGS) --product check-performers
	.build/debug/check-performers "$(DATA)" "$(EXPECTED)"

check-matching: packages ## hold the matching of shows against labelled pairs: PAIRS=file.tsv
	@test -n "$(PAIRS)" || { echo 'usage: make check-matching PAIRS=file.tsv'; exit 64; }
	$(SWIFT) build $(FLAGS) --product check-matching
	.build/debug/check-matching "$(PAIRS)"

tracker-pace: packages ## measure the tracker on a hundred thousand shows and plays
	$(SWIFT) build $(FLAGS) $(SHIPPING) --product tracker-pace
	.build/release/tracker-pace

bench: test-packages release ## measure beside the usual Python way; figures go into docs/performance.md
	$(SWIFT) build $(FLAGS) $(SHIPPING) --product hook-door
	$(SWIFT) build $(FLAGS) $(SHIPPING) --product tracker-door
	Bench/run

sanitize: test-packages ## run the tests under the thread and the address sanitizer
	$(SWIFT) test $(FLAGS) --sanitize address --scratch-path .build/address --disable-xctest
	$(SWIFT) test $(FLAGS) --sanitize thread --scratch-path .build/thread --disable-xctest

coverage: test-packages ## run the tests and print what they cover
	$(SWIFT) test $(FLAGS) --enable-code-coverage --scratch-path .build/coverage --disable-xctest
	Tools/coverage .build/coverage

release: packages ## build the program as shipped
	$(SWIFT) build $(FLAGS) $(SHIPPING) --product autoplex
	$(SWIFT) build $(FLAGS) $(SHIPPING) --product standin

image: ## build the container image (docker, or buildah where there is no engine)
	Tools/image

clean: ## forget everything built
	rm -rf .build .venv
