package dev.wrinklefree.audit.finding;

/**
 * What one rule came to.
 *
 * @param code the rule's machine code
 * @param promise what must hold, in one sentence
 * @param checked how many things were looked at
 * @param lost findings of that severity
 * @param wrong findings of that severity
 * @param repeated findings of that severity
 * @param pending findings of that severity
 * @param unjudged how many things cannot be judged, since the broker has deleted what they rest on
 */
public record RuleResult(
    String code,
    String promise,
    long checked,
    long lost,
    long wrong,
    long repeated,
    long pending,
    long unjudged) {

  /** Whether the promise was kept, as far as can be judged. */
  public boolean isKept() {
    return lost == 0 && wrong == 0;
  }
}
