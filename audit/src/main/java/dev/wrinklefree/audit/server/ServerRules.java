package dev.wrinklefree.audit.server;

import dev.wrinklefree.audit.rule.AuditRule;
import dev.wrinklefree.audit.rule.AuditScope;
import dev.wrinklefree.contract.value.RunId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that compare with the servers' own records. */
public final class ServerRules {

  private ServerRules() {}

  /**
   * New ones, for one audit.
   *
   * @param run limits the records to one run; null for all
   */
  public static List<AuditRule> of(AuditScope scope, ServerRecords records, @Nullable RunId run) {
    List<AuditRule> rules = new ArrayList<>();
    if (records.jobs() != null) {
      rules.add(
          new ServerJobsRule(
              scope,
              records.jobs().stream()
                  .filter(job -> run == null || job.run().equals(run.value()))
                  .toList()));
    }
    if (records.objects() != null) {
      rules.add(new ServerObjectsRule(scope, records.objects()));
    }
    return rules;
  }
}
