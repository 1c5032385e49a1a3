SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help build archive bench soak chaos demo up down report test test-python-live guide contract docs fuzz sbom vulnerabilities format clean

# Looked up only by targets that need it, so that `make help` works on any machine.
JDK = export JAVA_HOME="$$(scripts/find-jdk.sh)"

CYCLONEDX = org.cyclonedx:cyclonedx-maven-plugin:2.9.1

help: ## list the targets
	@sed -n 's/^\([a-z-]*\): .*## /  make \1 \t/p' Makefile | expand -t 26

build: ## compile and package, without tests and checks
	@scripts/build-if-changed.sh

archive: build ## once per build: keep the services' classes ready, so that they start faster
	@scripts/sandbox archive

demo: build ## run the platform, follow one training run through a preemption to its end, stop
	@scripts/sandbox demo $(ARGS)

up: archive ## run the platform until Ctrl-C; ARGS="--port-offset 1000" passes options
	@scripts/sandbox up $(ARGS)

report: archive ## start the services one by one and print how long each took and what memory it has
	@scripts/sandbox up --report --one-by-one $(ARGS)

chaos: archive ## kill and cut the platform and prove that nothing was lost; ARGS="--rounds 30" goes on for longer
	@scripts/chaos $(ARGS)

bench: archive ## measure the platform beside its peers and its limits; ARGS="--only relay --runs 3", "--list"
	@scripts/bench $(ARGS)

soak: archive ## half an hour of steady load, and whether anything grows; ARGS="--minutes 5 --jobs 200"
	@scripts/soak $(ARGS)

down: ## stop a platform that runs elsewhere
	@scripts/down.sh

# Modules that do not need each other are tested side by side: most tests wait more than they work.
test: ## run all tests and checks
	@$(JDK) && mvn -B -T 2 verify && mkdir -p target && touch target/built
	@cd clients/python && PYTHONPATH=src python3 -m unittest discover -s tests

test-python-live: archive ## the Python package against the packaged platform, which it starts and ends
	@cd clients/python && PYTHONPATH=src python3 -m unittest discover -v -s live

# Cases of each cheap campaign; those that need a broker or a socket run a tenth. 35,000 make 115,500.
FUZZ_CASES ?= 35000

fuzz: ## hostile input by the hundred thousand; FUZZ_CASES=…, ARGS="-Dfuzz.seed=7"
	@$(JDK) && set -o pipefail && mvn -B -pl testkit,launch-service -am -Dquick -Dtest='*FuzzTest' \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.cases=$(FUZZ_CASES) $(ARGS) verify \
	  | grep -E 'fuzz [a-z]+: |repeat with|Tests run|BUILD'

sbom: ## write target/sbom.json: all that the services ship, in CycloneDX
	@$(JDK) && mvn -B -q $(CYCLONEDX):makeAggregateBom -DoutputName=sbom -DoutputFormat=json \
	  -DincludeTestScope=false -DincludeProvidedScope=false
	@echo "sbom: target/sbom.json"

vulnerabilities: sbom ## ask the OSV database for what is known of each component; ends with 3 where it cannot be reached
	@python3 scripts/vulnerabilities.py target/sbom.json

guide: build ## run every command of deploy/GUIDE.md against a platform of its own
	@scripts/guide

contract: ## hold stand-ins and clients against real servers, installed into target/contract; ARGS="skypilot --record"
	@scripts/contract $(ARGS)

docs: ## validate the event contract with AsyncAPI's own tool (npm) and write target/contract/index.html
	@scripts/contract-docs

format: ## format all Java sources
	@$(JDK) && mvn -B -q spotless:apply

clean: ## delete everything that was built, and the sandbox's data
	@$(JDK) && mvn -B -q clean
	@rm -rf target .sandbox
