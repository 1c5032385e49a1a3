package dev.wrinklefree.cost.outlook;

import dev.wrinklefree.contract.event.CostUpdated.Quote;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run's future.
 *
 * @param quote what it was expected to cost when it was accepted; never changed afterwards
 * @param pace how fast its work goes
 * @param rhythm how often it saves its work
 */
public record Outlook(@Nullable Quote quote, Pace pace, SaveRhythm rhythm) {

  /** Nothing is known. */
  public static final Outlook UNKNOWN = new Outlook(null, Pace.UNKNOWN, SaveRhythm.UNKNOWN);

  /** With what it was expected to cost; the first word stands. */
  public Outlook quoted(@Nullable Quote expected) {
    return quote == null ? new Outlook(expected, pace, rhythm) : this;
  }

  /** With another pace. */
  public Outlook at(Pace other) {
    return new Outlook(quote, other, rhythm);
  }

  /** With another rhythm. */
  public Outlook saving(SaveRhythm other) {
    return new Outlook(quote, pace, other);
  }
}
