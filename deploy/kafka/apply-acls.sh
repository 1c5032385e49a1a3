#!/usr/bin/env bash
# Gives each service what deploy/kafka/acls.csv lists. The services' principals are User:<service>.
#
#   deploy/kafka/apply-acls.sh --bootstrap-server kafka:9093 --command-config admin.properties
#
# KAFKA_ACLS names Kafka's own tool where it is not on the path. WF_DRY_RUN=1 only prints the commands.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tool=${KAFKA_ACLS:-kafka-acls.sh}

while IFS=, read -r principal resource name operation; do
  case "$principal" in '#'* | principal | '') continue ;; esac
  command=("$tool" "$@" --add --force --allow-principal "User:$principal" --operation "$operation" "--$resource" "$name"
    --resource-pattern-type literal)
  if [ -n "${WF_DRY_RUN:-}" ]; then
    echo "${command[*]}"
  else
    "${command[@]}"
  fi
done < "$here/acls.csv"
