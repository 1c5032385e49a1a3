package dev.wrinklefree.checkpoint.api;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may be asked of a list. */
final class ListQuery {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1000;

  private static final Pattern UP_TO_FOUR_DIGITS = Pattern.compile("[0-9]{1,4}");

  private final @Nullable RunId runId;
  private final int limit;

  private ListQuery(@Nullable RunId runId, int limit) {
    this.runId = runId;
    this.limit = limit;
  }

  /**
   * Reads query parameters.
   *
   * @param runId absent for all runs
   * @param limit absent for {@value #DEFAULT_LIMIT}
   * @throws BadQueryException naming each parameter that is wrong
   */
  static ListQuery parse(@Nullable String runId, @Nullable String limit) {
    List<Violation> violations = new ArrayList<>();
    if (runId != null && !RunId.isLegal(runId)) {
      violations.add(
          new Violation("runId", "malformed-run-id", "run id must match " + RunId.PATTERN));
    }
    int count = limit == null ? DEFAULT_LIMIT : number(limit);
    if (count < 1 || count > MAX_LIMIT) {
      violations.add(
          new Violation("limit", "not-in-range", "limit must be a number from 1 to " + MAX_LIMIT));
    }
    if (!violations.isEmpty()) {
      throw new BadQueryException(violations);
    }
    return new ListQuery(runId == null ? null : new RunId(runId), count);
  }

  Optional<RunId> runId() {
    return Optional.ofNullable(runId);
  }

  int limit() {
    return limit;
  }

  private static int number(String text) {
    return UP_TO_FOUR_DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
  }
}
