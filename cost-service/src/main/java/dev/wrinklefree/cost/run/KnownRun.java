package dev.wrinklefree.cost.run;

import dev.wrinklefree.cost.accrual.RunCost;

/**
 * A run and its money.
 *
 * @param facts what it is
 * @param cost what its cost is computed from
 */
public record KnownRun(RunFacts facts, RunCost cost) {}
