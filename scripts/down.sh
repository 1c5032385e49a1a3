#!/usr/bin/env bash
# Stops the sandbox that runs in a state directory (default: .sandbox of the checkout) and waits until it has stopped.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
pid_file="${1:-$here/.sandbox}/sandbox.pid"

if [ ! -f "$pid_file" ]; then
  echo "No sandbox runs here."
  exit 0
fi
pid=$(cat "$pid_file")
# The system may have given the id of a sandbox that was killed to somebody else.
case $(ps -o args= -p "$pid" || true) in
  *sandbox.jar*) ;;
  *)
    echo "No sandbox runs here; the last one was killed."
    rm -f "$pid_file"
    exit 0
    ;;
esac
kill -TERM "$pid"
for _ in $(seq 150); do
  if ! kill -0 "$pid" 2>/dev/null; then
    echo "Stopped."
    exit 0
  fi
  sleep 0.1
done
echo "Process $pid has not stopped within 15 s." >&2
exit 1
