package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.contract.value.RunId;

/**
 * What is numbered together.
 *
 * @param source CloudEvents source
 * @param runId the run
 */
record Stream(String source, RunId runId) {

  static Stream of(EventRecord event) {
    return new Stream(event.attributes().source(), event.runId());
  }
}
