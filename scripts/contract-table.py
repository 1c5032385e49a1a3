"""Prints what the contract suites found, one row per server, from the files that they wrote.

A file is {"server", "version", "cases", "agreed", "differed", "notToBeHad", "reason"?, "writtenDown"?}: of those that
differed, so many are written down with their reasons.
"""

import argparse
import json
import pathlib
import sys

COLUMNS = [("cases", "cases"), ("agreed", "agreed"), ("differed", "differed"), ("not to be had", "notToBeHad")]


def table(rows: list[dict]) -> str:
    names = [f"{row['server']} {row['version']}".strip() for row in rows]
    width = max(map(len, ["server", *names]))
    lines = [f"{'server':<{width}}" + "".join(f"  {title}" for title, _ in COLUMNS)]
    for name, row in zip(names, rows):
        lines.append(f"{name:<{width}}" + "".join(f"  {row[key]:>{len(title)}}" for title, key in COLUMNS))
    reasons = [f"Not to be had with {name}: {row['reason']}" for name, row in zip(names, rows) if row.get("reason")]
    reasons += [f"Written down with reasons, of those that differ in {n}: {row['writtenDown']}" for n, row in zip(names, rows) if "writtenDown" in row]
    return "\n".join(lines + ([""] + reasons if reasons else []))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", choices=["table", "json"], default="table")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    rows = [json.loads(file.read_text()) for file in options.files]
    if not rows:
        print("contract: no server was asked at all", file=sys.stderr)
        return 1
    print(json.dumps(rows, indent=2) if options.output == "json" else table(rows))
    return int(any(row["differed"] > row.get("writtenDown", 0) for row in rows))


if __name__ == "__main__":
    sys.exit(main())
