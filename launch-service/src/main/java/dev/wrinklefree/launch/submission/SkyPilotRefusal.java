package dev.wrinklefree.launch.submission;

import dev.wrinklefree.skypilot.failure.Refusal;

/** A refusal of SkyPilot as the failure of a run. */
final class SkyPilotRefusal {

  /** The server's words may be a stack trace; the event is for people. */
  private static final int MAX_MESSAGE = 1000;

  private SkyPilotRefusal() {}

  /** Stable machine code. */
  static String code(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NeedsAuthentication ignored -> "skypilot-needs-authentication";
      case Refusal.Forbidden ignored -> "skypilot-forbidden";
      case Refusal.VersionMismatch ignored -> "skypilot-version-mismatch";
      case Refusal.InvalidRequest ignored -> "skypilot-invalid-request";
      case Refusal.ServerError ignored -> "skypilot-refused";
      case Refusal.Rejected ignored -> "skypilot-refused";
      case Refusal.NotUnderstood ignored -> "skypilot-not-understood";
    };
  }

  /** One sentence for a person. */
  static String message(Refusal refusal) {
    String text = refusal.describe().replaceAll("\\p{Cntrl}+", " ").strip();
    return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "…" : text;
  }
}
