package dev.wrinklefree.monitor.registry;

import dev.wrinklefree.monitor.state.RecordedJob;

/**
 * A run and its job as recorded.
 *
 * @param name friendly name, shared by many runs; the run id where launch-state did not tell it
 * @param launchFailed whether launch-service gave up before there was a job
 * @param job what is recorded of its job
 */
public record KnownRun(String name, boolean launchFailed, RecordedJob job) {}
