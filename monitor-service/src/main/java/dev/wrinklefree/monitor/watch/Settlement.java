package dev.wrinklefree.monitor.watch;

import dev.wrinklefree.monitor.state.Plan;
import java.time.Instant;

/**
 * What was done about a finding.
 *
 * @param plan what was decided
 * @param recordedAt when, by our clock
 */
public record Settlement(Plan plan, Instant recordedAt) {}
