"""Runs each command of a guide's console blocks, in order, and stops at the first that fails.

Usage: run-guide.py GUIDE FOLDER. A command is a line that begins with "$ "; lines that begin with "> " go on with it. The
commands of a guide share FOLDER as their working directory. Ends with 1 and the output where one fails.
"""

import pathlib
import re
import subprocess
import sys
import time

PATIENCE_SECONDS = 240


def commands(guide: str) -> list[str]:
    """The commands in their order, each as the shell gets it."""
    found: list[str] = []
    for block in re.findall(r"^```console\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(line[2:])
            elif line.startswith("> ") and found:
                found[-1] += "\n" + line[2:]
    return found


def main(guide: str, folder: str) -> int:
    every = commands(pathlib.Path(guide).read_text(encoding="utf-8"))
    if not every:
        print(f"guide: {guide} has no console block", file=sys.stderr)
        return 1
    for command in every:
        started = time.monotonic()
        run = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        title = command.splitlines()[0]
        print(f"{time.monotonic() - started:6.1f} s  {'ok' if run.returncode == 0 else 'FAILED'}  {title}", flush=True)
        if run.returncode:
            print(f"guide: exit code {run.returncode}\n{run.stdout}", file=sys.stderr)
            return 1
        pathlib.Path(folder, "guide.log").open("a", encoding="utf-8").write(f"$ {command}\n{run.stdout}\n")
    print(f"guide: {len(every)} commands ran")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
