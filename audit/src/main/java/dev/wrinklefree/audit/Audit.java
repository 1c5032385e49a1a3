package dev.wrinklefree.audit;

import dev.wrinklefree.audit.finding.AuditReport;
import dev.wrinklefree.audit.finding.Finding;
import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.RuleResult;
import dev.wrinklefree.audit.history.DeadLetterRecord;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.History;
import dev.wrinklefree.audit.history.HistoryRecord;
import dev.wrinklefree.audit.history.Retention;
import dev.wrinklefree.audit.history.UnreadableRecord;
import dev.wrinklefree.audit.rule.AuditRule;
import dev.wrinklefree.audit.rule.AuditScope;
import dev.wrinklefree.audit.rule.Rules;
import dev.wrinklefree.audit.rule.Sighting;
import dev.wrinklefree.audit.server.ServerRecords;
import dev.wrinklefree.audit.server.ServerRules;
import dev.wrinklefree.contract.value.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges a history by every rule, in one pass. */
public final class Audit {

  private final AuditSettings settings;

  /** An audit by these settings. */
  public Audit(AuditSettings settings) {
    this.settings = settings;
  }

  /** Judges what the topics say. */
  public AuditReport judge(History history) {
    AuditScope scope = scope(history);
    return judge(history, scope, Rules.of(scope));
  }

  /** Judges what the topics say, also by what the servers themselves have on record. */
  public AuditReport judge(History history, ServerRecords records) {
    AuditScope scope = scope(history);
    List<AuditRule> rules = new ArrayList<>(Rules.of(scope));
    rules.addAll(ServerRules.of(scope, records, settings.run()));
    return judge(history, scope, rules);
  }

  private AuditScope scope(History history) {
    return new AuditScope(settings.asOf(), settings.grace(), new Retention(history.extents()));
  }

  private AuditReport judge(History history, AuditScope scope, List<AuditRule> rules) {
    Reading reading = new Reading(scope, rules);
    history.forEach(reading::take);
    return reading.report();
  }

  private final class Reading {

    private final AuditScope scope;
    private final Map<AuditRule, Findings> rules = new LinkedHashMap<>();
    private final Identities identities = new Identities();
    private long records;
    private long events;
    private long deadLetters;

    Reading(AuditScope scope, List<AuditRule> rules) {
      this.scope = scope;
      rules.forEach(rule -> this.rules.put(rule, new Findings(rule.code())));
    }

    void take(HistoryRecord record) {
      scope.retention().observe(record);
      switch (record) {
        case EventRecord event -> take(event);
        case UnreadableRecord unreadable -> {
          if (isWanted(unreadable.key())) {
            records++;
            rules.forEach((rule, findings) -> rule.unreadable(unreadable, findings));
          }
        }
        case DeadLetterRecord letter -> {
          if (isWanted(letter.key())) {
            records++;
            deadLetters++;
            rules.forEach((rule, findings) -> rule.deadLetter(letter, findings));
          }
        }
      }
    }

    private void take(EventRecord event) {
      if (!isWanted(event.runId().value())) {
        return;
      }
      records++;
      if (!event.isRequest()) {
        events++;
      }
      Sighting sighting = identities.sighting(event);
      rules.forEach((rule, findings) -> rule.event(event, sighting, findings));
    }

    private boolean isWanted(@org.jspecify.annotations.Nullable String key) {
      RunId run = settings.run();
      return run == null || run.value().equals(key);
    }

    AuditReport report() {
      List<RuleResult> results = new ArrayList<>();
      List<Finding> found = new ArrayList<>();
      rules.forEach(
          (rule, findings) -> {
            rule.finish(findings);
            results.add(findings.result(rule.promise()));
            found.addAll(findings.kept());
          });
      return new AuditReport(
          settings.asOf(), settings.run(), records, events, deadLetters, results, found);
    }
  }
}
