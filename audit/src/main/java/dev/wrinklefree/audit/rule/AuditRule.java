package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.history.DeadLetterRecord;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.UnreadableRecord;

/**
 * One promise. A rule is shown a history record by record, and keeps of it no more than it needs.
 * It is used for one audit only.
 */
public interface AuditRule {

  /** Stable machine code in kebab-case. */
  String code();

  /** What must hold, in one sentence. */
  String promise();

  /**
   * An event.
   *
   * @param sighting whether it was seen before; without a sequence, a request is always {@link
   *     Sighting#FIRST}
   */
  default void event(EventRecord event, Sighting sighting, Findings findings) {}

  /** A record that is no event. */
  default void unreadable(UnreadableRecord record, Findings findings) {}

  /** A dead letter. */
  default void deadLetter(DeadLetterRecord letter, Findings findings) {}

  /** All was shown. */
  default void finish(Findings findings) {}
}
