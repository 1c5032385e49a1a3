package dev.wrinklefree.skypilot.requests;

import static java.util.Objects.requireNonNull;

/**
 * A launch request as the server's list of requests shows it.
 *
 * @param id leads to its result
 * @param state how far it is
 */
public record LaunchRequest(RequestId id, State state) {

  /** How far a request is. */
  public enum State {
    /** It waits or is being worked on: a job may still come of it. */
    UNDER_WAY,
    /** It ended well; its result names the job. */
    SUCCEEDED,
    /** It raised an error, perhaps after the job was made. */
    FAILED,
    /** It was cancelled, perhaps after the job was made. */
    CANCELLED;

    /** The state of that word; one that we do not know has not ended. */
    static State of(String word) {
      return switch (word) {
        case "SUCCEEDED" -> SUCCEEDED;
        case "FAILED" -> FAILED;
        case "CANCELLED" -> CANCELLED;
        default -> UNDER_WAY;
      };
    }
  }

  public LaunchRequest {
    requireNonNull(id, "id is null");
    requireNonNull(state, "state is null");
  }
}
