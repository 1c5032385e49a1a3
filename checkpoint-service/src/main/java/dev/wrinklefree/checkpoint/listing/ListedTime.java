package dev.wrinklefree.checkpoint.listing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Reads times of a listing. Cloud Storage writes each as {@code 2026-01-02T03:04:05.678Z}; for that
 * form the JDK's parser, which takes any, would be a good part of what a listing costs.
 */
final class ListedTime {

  private static final String FORM = "dddd-dd-ddTdd:dd:dd.dddZ";
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int HOURS = 24;
  private static final int SIXTY = 60;

  private ListedTime() {}

  /**
   * The instant that a time means.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Instant parse(String time) {
    try {
      return isUsual(time) ? usual(time) : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time", e);
    }
  }

  private static boolean isUsual(String time) {
    if (time.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char c = time.charAt(i);
      char expected = FORM.charAt(i);
      if (expected == 'd' ? c < '0' || c > '9' : c != expected) {
        return false;
      }
    }
    return number(time, 11, 13) < HOURS
        && number(time, 14, 16) < SIXTY
        && number(time, 17, 19) < SIXTY;
  }

  private static Instant usual(String time) {
    long day =
        LocalDate.of(number(time, 0, 4), number(time, 5, 7), number(time, 8, 10)).toEpochDay();
    long second =
        (number(time, 11, 13) * SIXTY + number(time, 14, 16)) * SIXTY + number(time, 17, 19);
    return Instant.ofEpochSecond(
        day * SECONDS_PER_DAY + second, (long) number(time, 20, 23) * NANOS_PER_MILLI);
  }

  private static int number(String time, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + time.charAt(i) - '0';
    }
    return number;
  }
}
