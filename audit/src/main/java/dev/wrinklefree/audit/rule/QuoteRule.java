package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Fingerprint;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.CostUpdated.Quote;
import dev.wrinklefree.contract.value.RunId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run was expected to cost is said once: it is never priced anew. */
final class QuoteRule implements AuditRule {

  private final Map<RunId, Fingerprint> quotes = new HashMap<>();

  @Override
  public String code() {
    return "quote";
  }

  @Override
  public String promise() {
    return "the quote of a run, once told, is in every later cost of it, unchanged";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (sighting == Sighting.REPEAT || !(event.data() instanceof CostUpdated cost)) {
      return;
    }
    findings.checked();
    @Nullable Quote quote = cost.quote();
    Fingerprint told = quotes.get(event.runId());
    if (quote == null) {
      if (told != null) {
        findings.add(
            Severity.LOST, "quote-vanished", event.trace(), "An earlier cost has the run's quote.");
      }
      return;
    }
    Fingerprint now = Fingerprint.of(quote.toString());
    if (told == null) {
      quotes.put(event.runId(), now);
    } else if (!told.equals(now)) {
      findings.add(
          Severity.WRONG, "quote-changed", event.trace(), "An earlier cost has another quote.");
    }
  }
}
