package dev.wrinklefree.launch.submission;

import dev.wrinklefree.contract.value.RunId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * When new runs look for room among the submits under way. In a burst nearly all would look at once
 * and find none: they begin with the wait that such a look would end with.
 */
final class SubmitLine {

  private final Supplier<Submissions.Line> current;
  private final SubmissionRules rules;

  SubmitLine(Supplier<Submissions.Line> current, SubmissionRules rules) {
    this.current = current;
    this.rules = rules;
  }

  /**
   * The time of each run's first look.
   *
   * @param runIds runs that are being accepted, in their order
   */
  Map<RunId, Instant> turns(List<RunId> runIds, Instant now) {
    Map<RunId, Instant> turns = new LinkedHashMap<>();
    if (runIds.isEmpty()) {
      return turns;
    }
    Submissions.Line line = current.get();
    long free = Math.max(0, rules.maxInFlight() - line.underWay());
    for (int i = 0; i < runIds.size(); i++) {
      turns.put(
          runIds.get(i), i < free ? now : now.plus(rules.slotWait(line.waiting() + i - free)));
    }
    return turns;
  }
}
