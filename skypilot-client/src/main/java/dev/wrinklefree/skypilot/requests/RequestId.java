package dev.wrinklefree.skypilot.requests;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Names one submitted request. The server chooses it, and forgets it when it restarts or after its
 * retention time (24 h by default).
 *
 * @param value a UUID as the server writes it
 */
public record RequestId(String value) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  public RequestId {
    requireNonNull(value, "value is null");
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a request id of SkyPilot");
    }
  }

  static boolean isValid(String value) {
    return ID.matcher(value).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
