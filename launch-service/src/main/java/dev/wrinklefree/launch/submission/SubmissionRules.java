package dev.wrinklefree.launch.submission;

import java.time.Duration;

/**
 * How runs are submitted, in numbers.
 *
 * @param maxInFlight submits under way at once, in all replicas
 * @param maxAge how long a submit is tried after the run was accepted
 * @param settleTime how long a request whose answer was lost may take to show
 * @param submitTimeout how long an answer with a request's id is waited for; shorter than {@code
 *     settleTime}, so that nobody sends a request again while it is still being sent
 * @param lookInterval wait before another look
 */
record SubmissionRules(
    int maxInFlight,
    Duration maxAge,
    Duration settleTime,
    Duration submitTimeout,
    Duration lookInterval) {

  SubmissionRules {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("wf.submission.max-in-flight must be at least 1");
    }
    if (settleTime.compareTo(submitTimeout) <= 0) {
      throw new IllegalArgumentException(
          "wf.submission.settle-time (%s) must be longer than wf.skypilot.submit-timeout (%s)"
              .formatted(settleTime, submitTimeout));
    }
  }

  /** How long after a submit was recorded its request may still be sent. */
  Duration sendWindow() {
    return settleTime.minus(submitTimeout);
  }

  /**
   * Wait of a run that found no room: the later in line, the longer.
   *
   * @param waitingBefore runs that wait and were accepted earlier
   */
  Duration slotWait(long waitingBefore) {
    Duration wait = SLOT_WAIT.multipliedBy(1 + waitingBefore / maxInFlight);
    return wait.compareTo(LONGEST_SLOT_WAIT) < 0 ? wait : LONGEST_SLOT_WAIT;
  }

  /** So many runs in line, and more, wait equally long: nobody need count further. */
  int longestLine() {
    return Math.toIntExact(LONGEST_SLOT_WAIT.dividedBy(SLOT_WAIT)) * maxInFlight;
  }

  private static final Duration SLOT_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_SLOT_WAIT = Duration.ofSeconds(20);
}
