package dev.wrinklefree.cli.kafka;

import dev.wrinklefree.audit.finding.AuditReport;
import dev.wrinklefree.audit.finding.Finding;
import dev.wrinklefree.audit.finding.RuleResult;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** A report for people. */
final class AuditTables {

  private final AuditReport report;
  private final Style style;

  AuditTables(AuditReport report, Style style) {
    this.report = report;
    this.style = style;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(rules().lines());
    Table findings = findings();
    if (!findings.isEmpty()) {
      lines.add("");
      lines.addAll(findings.lines());
    }
    lines.add("");
    lines.add(summary());
    return lines;
  }

  private Table rules() {
    Table table = new Table("RULE", "CHECKED", "RESULT", "PROMISE");
    for (RuleResult rule : report.rules()) {
      table.row(rule.code(), Long.toString(rule.checked()), result(rule), rule.promise());
    }
    return table;
  }

  private String result(RuleResult rule) {
    StringJoiner found = new StringJoiner(", ");
    count(found, rule.lost(), "lost");
    count(found, rule.wrong(), "wrong");
    count(found, rule.repeated(), "repeated");
    count(found, rule.pending(), "pending");
    count(found, rule.unjudged(), "not judged");
    if (!rule.isKept()) {
      return style.colour("red", found.toString());
    }
    return found.length() == 0 ? style.colour("green", "ok") : "ok, " + found;
  }

  private static void count(StringJoiner found, long count, String word) {
    if (count > 0) {
      found.add(count + " " + word);
    }
  }

  /** Repeats are counted and not listed: they are allowed, and may be many. */
  private Table findings() {
    Table table = new Table("FOUND", "WHAT", "RUN", "WHERE", "DETAIL");
    for (Finding finding : report.findings()) {
      if (finding.severity() != Severity.REPEATED) {
        table.row(
            finding.severity().name().toLowerCase(Locale.ROOT),
            finding.code(),
            finding.runId() == null ? "" : finding.runId().value(),
            finding.position() == null ? "" : finding.position().toString(),
            finding.sentence());
      }
    }
    return table;
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "%d records, %d of them events of the platform: %d lost, %d wrong, %d repeated (%.1f per"
            + " 1,000), %d pending. %d dead letters.",
        report.records(),
        report.events(),
        report.count(Severity.LOST),
        report.count(Severity.WRONG),
        report.count(Severity.REPEATED),
        report.repeatsPerThousand(),
        report.count(Severity.PENDING),
        report.deadLetters());
  }
}
