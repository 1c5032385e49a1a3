#!/usr/bin/env bash
# Builds what runs, without tests and without the checks of style, unless nothing has changed since it last did so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
stamp=target/built

if [ -f "$stamp" ]; then
  changed=$(find . \( -name target -o -name .git -o -name .sandbox -o -name __pycache__ -o -path '*/src/test' \) -prune -o \
    -type f \( -name '*.java' -o -name pom.xml -o -path '*/src/main/resources/*' \) -newer "$stamp" -print -quit)
  if [ -z "$changed" ]; then
    exit 0
  fi
  echo "Building, since $changed is newer than the last build …"
else
  echo "Building …"
fi
JAVA_HOME=$(scripts/find-jdk.sh)
export JAVA_HOME
started=$SECONDS
mvn -B -q -T 2 -Dquick -Dmaven.test.skip=true package
mkdir -p target
touch "$stamp"
echo "Built in $((SECONDS - started)) s"
