"""Writes jobs into the table of a real SkyPilot API server, for the contract suite: skypilot-jobs.py <spot_jobs.db> <rows.json>.

Live rows are INACTIVE and have no controller, so that none takes them up and none is found dead. A job that is there is replaced.
"""

import json
import pathlib
import sqlite3
import sys

TERMINAL = {"SUCCEEDED", "CANCELLED"}
COPIED = [
    "job_name",
    "resources",
    "status",
    "submitted_at",
    "start_at",
    "end_at",
    "recovery_count",
    "failure_reason",
    "task_name",
]


def main(database: str, file: str) -> None:
    jobs, tasks = [], []
    for row in json.loads(pathlib.Path(file).read_text()):
        over = row["status"] in TERMINAL or row["status"].startswith("FAILED")
        state = "DONE" if over else "INACTIVE"
        jobs.append((row["job_id"], row["job_name"], state, "default", row["user_hash"], row["priority"]))
        last_recovered_at = row["last_recovered_at"]
        # The server adds the time since the last recovery when it is asked.
        since = row["end_at"] - last_recovered_at if row["end_at"] and last_recovered_at > 0 else 0
        tasks.append(
            [row["job_id"], 0, json.dumps(row["metadata"]), last_recovered_at, row["job_duration"] - since]
            + [row[column] for column in COPIED]
        )
    with sqlite3.connect(database, timeout=30) as connection:
        connection.executemany("DELETE FROM job_info WHERE spot_job_id = ?", [job[:1] for job in jobs])
        connection.executemany("DELETE FROM spot WHERE spot_job_id = ?", [job[:1] for job in jobs])
        connection.executemany(
            "INSERT INTO job_info (spot_job_id, name, schedule_state, workspace, user_hash, priority)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            jobs,
        )
        connection.executemany(
            "INSERT INTO spot (spot_job_id, task_id, metadata, last_recovered_at, job_duration, "
            + ", ".join(COPIED)
            + ") VALUES ("
            + ", ".join("?" * (5 + len(COPIED)))
            + ")",
            tasks,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
