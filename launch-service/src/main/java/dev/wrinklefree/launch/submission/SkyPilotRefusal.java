package dev.wrinklefree.launch.submission;

import dev.wrinklefree.skypilot.failure.Refusal;
import java.util.Set;

/** A refusal of SkyPilot as the failure of a run. */
final class SkyPilotRefusal {

  /** The server's words may be a stack trace; the event is for people. */
  private static final int MAX_MESSAGE = 1000;

  /** Errors of a request that came in, by somebody who may not launch. */
  private static final Set<String> ACCESS_ERRORS =
      Set.of("PermissionDeniedError", "NoWorkspaceAccessError");

  private SkyPilotRefusal() {}

  /** Stable machine code. */
  static String code(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NeedsAuthentication ignored -> "skypilot-needs-authentication";
      case Refusal.Forbidden ignored -> "skypilot-forbidden";
      case Refusal.VersionMismatch ignored -> "skypilot-version-mismatch";
      case Refusal.InvalidRequest ignored -> "skypilot-invalid-request";
      case Refusal.ServerError error ->
          ACCESS_ERRORS.contains(error.type()) ? "skypilot-forbidden" : "skypilot-refused";
      case Refusal.Rejected ignored -> "skypilot-refused";
      case Refusal.NotUnderstood ignored -> "skypilot-not-understood";
    };
  }

  /**
   * Whether it is about us and our connection rather than about the run: then it passes when
   * somebody renews a credential or mends an address, and no run is to die of it meanwhile.
   */
  static boolean isAboutUs(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NeedsAuthentication ignored -> true;
      case Refusal.Forbidden ignored -> true;
      case Refusal.VersionMismatch ignored -> true;
      case Refusal.NotUnderstood ignored -> true;
      case Refusal.Rejected rejected -> rejected.status() == 404 || rejected.status() == 405;
      case Refusal.ServerError error -> ACCESS_ERRORS.contains(error.type());
      case Refusal.InvalidRequest ignored -> false;
    };
  }

  /** One sentence for a person. */
  static String message(Refusal refusal) {
    return message(refusal.describe());
  }

  /** The same of other words. */
  static String message(String words) {
    String text = words.replaceAll("\\p{Cntrl}+", " ").strip();
    if (text.length() <= MAX_MESSAGE) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(MAX_MESSAGE - 1));
    return text.substring(0, splits ? MAX_MESSAGE - 1 : MAX_MESSAGE) + "…";
  }
}
