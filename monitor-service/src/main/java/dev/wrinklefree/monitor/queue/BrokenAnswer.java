package dev.wrinklefree.monitor.queue;

import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import java.util.Set;

/** Whether a failure may be one row's fault, so that other rows can still be read. */
final class BrokenAnswer {

  /** Errors that have nothing to do with rows, whatever is asked. */
  private static final Set<String> NO_ROWS_FAULT =
      Set.of(
          "ClusterNotUpError",
          "ClusterDoesNotExist",
          "CachedClusterUnavailable",
          "ClusterOwnerIdentityMismatchError",
          "CloudUserIdentityError",
          "NoCloudAccessError",
          "NoWorkspaceAccessError",
          "PermissionDeniedError",
          "WorkspaceAmbiguousError",
          "UserRequestRejectedByPolicy",
          "CommandError");

  private BrokenAnswer() {}

  /** Whether asking for less may bring an answer. */
  static boolean isRowsFault(SkyPilotException failure) {
    return failure instanceof SkyPilotException.Permanent permanent
        && switch (permanent.refusal()) {
          case Refusal.ServerError error -> !NO_ROWS_FAULT.contains(error.type());
          case Refusal.NotUnderstood ignored -> true;
          case Refusal.NeedsAuthentication ignored -> false;
          case Refusal.Forbidden ignored -> false;
          case Refusal.VersionMismatch ignored -> false;
          case Refusal.InvalidRequest ignored -> false;
          case Refusal.Rejected ignored -> false;
        };
  }
}
