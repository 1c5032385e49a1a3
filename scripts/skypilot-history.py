"""Prints the statuses that a real SkyPilot API server wrote down of a job, one a line: skypilot-history.py <spot_jobs.db> <job id>."""

import sqlite3
import sys


def main(database: str, job: str) -> None:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30) as connection:
        for (status,) in connection.execute("SELECT new_status FROM job_events WHERE spot_job_id = ? ORDER BY id", [int(job)]):
            print(status)


if __name__ == "__main__":
    main(*sys.argv[1:])
