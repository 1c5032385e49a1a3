package dev.wrinklefree.launch.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.run.RequestDigest;
import dev.wrinklefree.launch.run.RequestOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A launch request as it arrived.
 *
 * @param runId the run that is asked for
 * @param origin the event that asks
 * @param data what it asks for, not yet judged
 * @param digest what makes it the same as another
 * @param idUsedBefore whether the event's id came before with another body or run
 * @param principal who was authenticated as its sender; null if nobody was
 */
public record LaunchAttempt(
    RunId runId,
    RequestOrigin origin,
    JsonNode data,
    String digest,
    boolean idUsedBefore,
    @Nullable String principal) {

  /** An attempt with the digest of its data. */
  public static LaunchAttempt of(
      RunId runId, RequestOrigin origin, JsonNode data, boolean idUsedBefore) {
    return new LaunchAttempt(runId, origin, data, RequestDigest.of(data), idUsedBefore, null);
  }

  /** The same attempt, made by an authenticated sender. */
  public LaunchAttempt by(String sender) {
    return new LaunchAttempt(runId, origin, data, digest, idUsedBefore, sender);
  }
}
