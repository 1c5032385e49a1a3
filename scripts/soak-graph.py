"""Draws the series of a soak as small multiples: one row for each quantity, one line for each service.

Usage: soak-graph.py RESULTS.json GRAPH.svg
"""

import json
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend has to be chosen first)

# Distinct for the colour-blind: the first four of Okabe and Ito's palette but black.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")


def main(results, graph):
    with open(results, encoding="utf-8") as file:
        soak = json.load(file)
    services = soak["services"]
    quantities = list(next(iter(services.values())))
    # Text stays text, and the same figures give the same file.
    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "soak", "font.size": 9})
    rows = (len(quantities) + 1) // 2
    figure, axes = plt.subplots(rows, 2, figsize=(10, 1.9 * rows), sharex=True)
    for place, quantity in enumerate(quantities):
        axis = axes[place // 2][place % 2]
        for colour, (service, series) in zip(COLOURS, services.items()):
            values = series[quantity]["values"]
            minutes = [index * soak["intervalSeconds"] / 60 for index in range(len(values))]
            axis.plot(minutes, values, color=colour, linewidth=1.2, label=service)
        unit = series[quantity]["unit"]
        axis.set_title(f"{quantity} ({unit})" if unit else quantity, loc="left", fontsize=9)
        axis.set_ylim(bottom=0)
        axis.grid(alpha=0.3)
        axis.spines[["top", "right"]].set_visible(False)
    for axis in axes[-1]:
        axis.set_xlabel("minutes")
    handles, labels = axes[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="upper center", ncol=len(labels), frameon=False)
    figure.tight_layout(rect=(0, 0, 1, 0.96))
    figure.savefig(graph, metadata={"Date": None})


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    main(*sys.argv[1:])
