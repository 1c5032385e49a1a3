package dev.wrinklefree.cli.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.audit.finding.AuditReport;
import dev.wrinklefree.audit.finding.Finding;
import dev.wrinklefree.audit.finding.RuleResult;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.util.Locale;

/** A report for programs. */
final class AuditJson {

  private static final ObjectMapper MAPPER = ContractJson.mapper();

  private AuditJson() {}

  static ObjectNode of(AuditReport report) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("asOf", report.asOf().toString()).put("clean", report.isClean());
    if (report.run() != null) {
      document.put("runId", report.run().value());
    }
    document
        .put("records", report.records())
        .put("events", report.events())
        .put("deadLetters", report.deadLetters());
    for (Severity severity : Severity.values()) {
      document.put(word(severity), report.count(severity));
    }
    document.put("repeatsPerThousand", report.repeatsPerThousand());
    ArrayNode rules = document.putArray("rules");
    for (RuleResult rule : report.rules()) {
      rules.add(MAPPER.<ObjectNode>valueToTree(rule));
    }
    ArrayNode findings = document.putArray("findings");
    report.findings().forEach(finding -> findings.add(of(finding)));
    return document;
  }

  private static ObjectNode of(Finding finding) {
    ObjectNode entry = MAPPER.createObjectNode();
    entry.put("severity", word(finding.severity()));
    entry.put("rule", finding.rule()).put("code", finding.code());
    if (finding.position() != null) {
      entry.set("position", MAPPER.<ObjectNode>valueToTree(finding.position()));
    }
    if (finding.eventId() != null) {
      entry.put("eventId", finding.eventId());
    }
    if (finding.runId() != null) {
      entry.put("runId", finding.runId().value());
    }
    return entry.put("sentence", finding.sentence());
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
