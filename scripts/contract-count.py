"""Counts what a contract suite found, from the reports that Surefire wrote, and writes it as one row of the table.

A case is a test; a failed one differed, a skipped one is not to be had here, and its message says why.
"""

import argparse
import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def count(reports: list[pathlib.Path], prefix: str) -> dict:
    cases = differed = not_to_be_had = 0
    reasons: list[str] = []
    for report in reports:
        for case in ElementTree.parse(report).iter("testcase"):
            if not case.get("name", "").startswith(prefix):
                continue
            cases += 1
            differed += case.find("failure") is not None or case.find("error") is not None
            skipped = case.find("skipped")
            if skipped is not None:
                not_to_be_had += 1
                reason = skipped.get("message", "").removeprefix("Assumption failed: ")
                if reason and reason not in reasons:
                    reasons.append(reason)
    row = {
        "cases": cases,
        "agreed": cases - differed - not_to_be_had,
        "differed": differed,
        "notToBeHad": not_to_be_had,
    }
    return row | ({"reason": "; ".join(reasons)} if reasons else {})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", required=True, help="what was asked, as the table names it")
    parser.add_argument("--version", required=True)
    parser.add_argument("--prefix", default="", help="how the names of the tests that count begin")
    parser.add_argument(
        "--departures", type=pathlib.Path, help="a JSON object with the cases that are known to differ, each with its reason"
    )
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("reports", nargs="*", type=pathlib.Path, help="TEST-….xml files")
    options = parser.parse_args()
    row = count([r for r in options.reports if r.is_file()], options.prefix)
    if options.departures:
        departures = len(json.loads(options.departures.read_text()))
        row["cases"] += departures
        row["writtenDown"] = departures
    options.out.parent.mkdir(parents=True, exist_ok=True)
    # Only what nobody has written down is a failure.
    unknown, row["differed"] = row["differed"], row["differed"] + row.get("writtenDown", 0)
    options.out.write_text(json.dumps({"server": options.server, "version": options.version} | row, indent=2) + "\n")
    if not row["cases"]:
        print(f"contract: {options.server} was not asked at all", file=sys.stderr)
    return int(not row["cases"] or unknown > 0)


if __name__ == "__main__":
    sys.exit(main())
