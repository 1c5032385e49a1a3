package dev.wrinklefree.checkpoint.api;

import dev.wrinklefree.rest.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;

/** The problems that only this service has. */
final class CheckpointProblems {

  private CheckpointProblems() {}

  /** 404: a run without a checkpoint, or no run at all. */
  static HttpProblem noCheckpoint(String runId) {
    return Problems.of("no-checkpoint", "No checkpoint", 404)
        .withDetail("No checkpoint of a run '" + runId + "' is known.")
        .build();
  }
}
