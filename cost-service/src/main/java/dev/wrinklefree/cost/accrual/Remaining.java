package dev.wrinklefree.cost.accrual;

import java.math.BigDecimal;

/**
 * How long a run still needs machines.
 *
 * @param seconds not below 0
 * @param source what tells it
 */
public record Remaining(BigDecimal seconds, String source) {}
