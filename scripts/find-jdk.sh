#!/usr/bin/env bash
# Prints the home of a JDK of version 21 or later. Looks at JAVA_HOME, then PATH, then the usual
# places. Prints one line on standard error and exits with 1 where there is none.
set -euo pipefail

readonly minimum=21

# The version from the JDK's own release file: no process has to be started to ask.
major_version() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null | head -n 1
}

is_suitable() {
  local home=$1 major
  [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ] || return 1
  major=$(major_version "$home")
  [ -n "$major" ] && [ "$major" -ge "$minimum" ]
}

candidates() {
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  local javac
  javac=$(command -v javac || true)
  if [ -n "$javac" ]; then
    dirname "$(dirname "$(readlink -f "$javac" 2>/dev/null || echo "$javac")")"
  fi
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$minimum+" 2>/dev/null || true
  fi
  # The newest first, so that two suitable ones give the same choice on every call.
  for root in /usr/lib/jvm /usr/java /opt/java /opt /opt/homebrew/opt "$HOME/.sdkman/candidates/java" \
    "$HOME/.jdks" "$HOME/Library/Java/JavaVirtualMachines"; do
    [ -d "$root" ] || continue
    find "$root" -mindepth 1 -maxdepth 1 | sort -rV | while read -r entry; do
      echo "$entry"
      echo "$entry/Contents/Home"
    done
  done
}

while read -r home; do
  if is_suitable "$home"; then
    echo "$home"
    exit 0
  fi
done < <(candidates)

echo "No JDK of version $minimum or later found in JAVA_HOME, PATH or the usual places." \
  "Install one, or set JAVA_HOME to it." >&2
exit 1
