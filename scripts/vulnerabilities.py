#!/usr/bin/env python3
"""Asks OSV (https://osv.dev) for known vulnerabilities of every component of target/sbom.json.

Prints a line per component and vulnerability. Ends with 0 if none is known, 1 if some are, and 3, with a
plain message, where the database cannot be reached: that is no clean bill of health.
Standard library only. OSV_API names another server of the same API, such as a mirror.
"""

import json
import os
import sys
import urllib.error
import urllib.request

API = os.environ.get("OSV_API", "https://api.osv.dev")
BATCH = 500  # the API takes at most 1000 queries at once
TIMEOUT_SECONDS = 20


def components(sbom_path):
    """The package URLs of all foreign Maven components, each once."""
    with open(sbom_path, encoding="utf-8") as sbom:
        found = json.load(sbom).get("components", [])
    purls = {c["purl"].split("?")[0] for c in found if c.get("purl", "").startswith("pkg:maven/")}
    return sorted(p for p in purls if not p.startswith("pkg:maven/dev.wrinklefree/"))


def ask(purls):
    """The ids of the known vulnerabilities by package URL."""
    known = {}
    for start in range(0, len(purls), BATCH):
        batch = purls[start : start + BATCH]
        body = json.dumps({"queries": [{"package": {"purl": p}} for p in batch]}).encode()
        request = urllib.request.Request(
            API + "/v1/querybatch", data=body, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            results = json.load(answer)["results"]
        if len(results) != len(batch):
            raise ValueError(f"{len(results)} answers to {len(batch)} questions")
        for purl, result in zip(batch, results):
            ids = sorted(v["id"] for v in result.get("vulns", []))
            if ids:
                known[purl] = ids
    return known


def main(sbom_path):
    purls = components(sbom_path)
    if not purls:
        print(f"vulnerabilities: {sbom_path} names no Maven component", file=sys.stderr)
        return 2
    try:
        known = ask(purls)
    except (urllib.error.URLError, OSError, ValueError, KeyError) as failure:
        print(
            f"vulnerabilities: NOT CHECKED: {API} gives no usable answer ({failure})."
            " Run this where it can be reached, or set OSV_API to a mirror.",
            file=sys.stderr,
        )
        return 3
    for purl, ids in known.items():
        print(f"{purl.removeprefix('pkg:maven/')}  {' '.join(ids)}")
    print(f"{len(purls)} components asked, {len(known)} with known vulnerabilities")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "target/sbom.json"))
