package dev.wrinklefree.contract.cloudevents;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as RFC 3339 writes them, within what every reader, and every database, can hold. */
final class ContractTime {

  /** Nothing that is told here happened before this. */
  private static final Instant FIRST = Instant.EPOCH;

  /** RFC 3339 has four digits for a year. */
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private ContractTime() {}

  /** The time, or empty if the text is none or is out of range. */
  static Optional<Instant> read(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(ContractTime::isInRange);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether it is from 1970 on and before the year 10,000. */
  static boolean isInRange(Instant time) {
    return !time.isBefore(FIRST) && time.isBefore(END);
  }
}
