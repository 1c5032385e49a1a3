package dev.wrinklefree.launch.resume;

import dev.wrinklefree.contract.value.RunId;

/**
 * What a later run must be like to go on from a run's checkpoints.
 *
 * @param likeness as {@link Likeness} writes it
 */
public record RunLikeness(RunId runId, String likeness) {}
