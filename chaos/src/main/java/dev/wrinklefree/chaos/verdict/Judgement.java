package dev.wrinklefree.chaos.verdict;

import dev.wrinklefree.audit.finding.AuditReport;
import dev.wrinklefree.audit.finding.Finding;
import dev.wrinklefree.audit.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of the harness came to.
 *
 * @param audit what the topics say, compared with the servers
 * @param restless what had not come to rest, in sentences; empty if all had
 * @param missing keys of requests that the broker acknowledged and does not have
 */
public record Judgement(AuditReport audit, List<String> restless, List<String> missing) {

  /** Copies the lists. */
  public Judgement {
    restless = List.copyOf(restless);
    missing = List.copyOf(missing);
  }

  /** What must be there and is not. */
  public long lost() {
    return audit.count(Severity.LOST) + missing.size();
  }

  /** What is there and must not be. */
  public long wrong() {
    return audit.count(Severity.WRONG);
  }

  /** Whether nothing was lost, nothing is wrong and all is done. */
  public boolean isClean() {
    return lost() == 0 && wrong() == 0 && restless.isEmpty();
  }

  /** The first of what is lost, wrong or restless, in a sentence. */
  public String firstProblem() {
    List<String> all = problems();
    return all.isEmpty() ? "nothing" : all.getFirst();
  }

  /** All that is lost, wrong or restless, in sentences. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(restless);
    missing.forEach(key -> all.add("LOST  the broker no longer has the request of " + key));
    for (Finding finding : audit.findings()) {
      if (finding.severity() == Severity.LOST || finding.severity() == Severity.WRONG) {
        all.add("%-5s [%s] %s".formatted(finding.severity(), finding.code(), finding.sentence()));
      }
    }
    return all;
  }
}
