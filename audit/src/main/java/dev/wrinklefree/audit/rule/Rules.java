package dev.wrinklefree.audit.rule;

import java.util.List;

/** The rules that follow from the topics alone. */
public final class Rules {

  private Rules() {}

  /** New ones, for one audit. */
  public static List<AuditRule> of(AuditScope scope) {
    return List.of(
        new OneAnswerRule(scope),
        new LaunchStoryRule(scope),
        new OneJobRule(),
        new FollowedRule(scope),
        new CancelRule(scope),
        new SequenceRule(scope),
        new OrderRule(),
        new IdentityRule(),
        new RunNameRule(),
        new CauseRule(scope),
        new JobStateRule(scope),
        new CheckpointRule(scope),
        new CostRule(scope),
        new QuoteRule(),
        new AlertRule(scope),
        new KnownRunRule(scope),
        new ReadableRule(),
        new DeadLetterRule(scope));
  }
}
