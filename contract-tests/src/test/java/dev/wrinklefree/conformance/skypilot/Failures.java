package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException;

/** How our client told that a call failed: its kind, without the server's own sentences. */
final class Failures {

  private Failures() {}

  /** What became of a call that should fail. */
  static JsonNode of(Runnable call) {
    ObjectNode seen = Server.MAPPER.createObjectNode();
    try {
      call.run();
      return seen.put("kind", "none");
    } catch (SkyPilotException.Permanent e) {
      seen.put("kind", "permanent").put("refusal", e.refusal().getClass().getSimpleName());
      switch (e.refusal()) {
        case Refusal.ServerError error -> seen.put("type", error.type());
        case Refusal.Rejected rejected -> seen.put("status", rejected.status());
        case Refusal.InvalidRequest invalid ->
            invalid.problems().forEach(p -> seen.withArray("fields").add(p.field()));
        case Refusal.NeedsAuthentication needs -> {}
        case Refusal.Forbidden forbidden -> {}
        case Refusal.VersionMismatch mismatch -> {}
        case Refusal.NotUnderstood odd -> seen.put("odd", odd.message());
      }
      return seen;
    } catch (SkyPilotException.Retryable e) {
      return seen.put("kind", "retryable");
    } catch (SkyPilotException.UnknownOutcome e) {
      return seen.put("kind", "unknown outcome");
    }
  }
}
