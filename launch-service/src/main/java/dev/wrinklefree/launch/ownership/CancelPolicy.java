package dev.wrinklefree.launch.ownership;

import org.jspecify.annotations.Nullable;

/** Decides who may cancel a run: its owner, an admin, and as configured the topic's writers. */
public final class CancelPolicy {

  private final KafkaCancels unnamed;

  /** A policy with that rule for events that name nobody. */
  public CancelPolicy(KafkaCancels unnamed) {
    this.unnamed = unnamed;
  }

  /** Whether a cancel may be recorded. */
  public enum Verdict {
    /** It takes effect. */
    TAKEN,
    /** It takes effect if the run turns out to be the requester's. */
    TAKEN_FOR_NOW,
    /** It is not recorded. */
    REFUSED
  }

  /**
   * Judges a cancel of a run that is known.
   *
   * @param owner of the run; null if nobody was authenticated when it was launched
   * @param requester of the cancel; null if nobody is authenticated
   */
  public Verdict ofKnownRun(@Nullable String owner, @Nullable Requester requester) {
    if (requester != null) {
      return requester.admin() || requester.principal().equals(owner)
          ? Verdict.TAKEN
          : Verdict.REFUSED;
    }
    return owner == null || unnamed == KafkaCancels.TRUST_TOPIC_ACL
        ? Verdict.TAKEN
        : Verdict.REFUSED;
  }

  /** Judges a cancel that came before its run: whose that will be is not known yet. */
  public Verdict ofUnknownRun(@Nullable Requester requester) {
    if (requester != null) {
      return requester.admin() ? Verdict.TAKEN : Verdict.TAKEN_FOR_NOW;
    }
    return switch (unnamed) {
      case TRUST_TOPIC_ACL -> Verdict.TAKEN;
      case REQUIRE_PRINCIPAL -> Verdict.REFUSED;
    };
  }
}
