package dev.wrinklefree.launch.ownership;

import dev.wrinklefree.contract.value.RunId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A request that this service took by HTTP and publishes as an event.
 *
 * @param eventId id of the event
 * @param runId its run
 * @param digest {@link dev.wrinklefree.launch.run.RequestDigest} of its data
 */
public record RestRequest(String eventId, RunId runId, String digest) {

  /** CloudEvents source of the events of such requests. */
  public static final String SOURCE = "/launch-service/api";

  private static final char SEPARATOR = '\n';

  /** What a request asks for. */
  public enum Kind {
    /** A launch. */
    LAUNCH("launch"),
    /** A cancel. */
    CANCEL("cancel");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /**
   * The id of the event: the same for the same key of the same caller, another for the same key of
   * another caller or for another kind of request, and with nothing in it to guess a key by.
   *
   * @param key the caller's idempotency key, or a random one
   */
  public static String eventId(Kind kind, String principal, String key) {
    String text = kind.word + SEPARATOR + principal.length() + SEPARATOR + principal + key;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return kind.word + "-" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
