package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.cost.accrual.RunCost;
import org.jspecify.annotations.Nullable;

/**
 * What of a run is needed to tell its cost.
 *
 * @param cost what its cost is computed from
 * @param correlationId id of the launch request, once an event told it
 * @param cancelRequested whether its end was asked for because of its budget
 */
public record Tellable(RunCost cost, @Nullable String correlationId, boolean cancelRequested) {}
