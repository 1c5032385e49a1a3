"""Prints what the contract tests found, from the reports that Surefire wrote: one row per server."""

import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def main(folder: str, real: str) -> int:
    rows = {"standIn": [f"the sandbox's stand-in of {real}", 0, 0], "realServer": [real, 0, 0]}
    for report in sorted(pathlib.Path(folder).glob("TEST-*.xml")):
        for case in ElementTree.parse(report).iter("testcase"):
            for prefix, row in rows.items():
                if case.get("name", "").startswith(prefix):
                    row[1] += 1
                    row[2] += case.find("failure") is not None or case.find("error") is not None
    width = max(len(row[0]) for row in rows.values())
    print(f"{'server':<{width}}  cases  agreed  differed")
    for name, cases, differed in rows.values():
        print(f"{name:<{width}}  {cases:>5}  {cases - differed:>6}  {differed:>8}")
    if not all(cases for _, cases, _ in rows.values()):
        print("contract: a server was not asked at all", file=sys.stderr)
        return 1
    return int(any(differed for _, _, differed in rows.values()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
