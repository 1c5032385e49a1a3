package dev.wrinklefree.skypilot.connection;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Locale;

/**
 * All that a client needs to know.
 *
 * @param endpoint {@code http(s)://host[:port][/prefix]}, a trailing slash is dropped; credentials
 *     belong in {@code authentication}, never in the address
 * @param authentication how we prove who we are
 * @param user who we say we are where nobody asks for proof
 * @param timeouts how long we wait
 * @param backoff how we pause between safe attempts
 */
public record SkyPilotSettings(
    URI endpoint,
    Authentication authentication,
    UserIdentity user,
    Timeouts timeouts,
    Backoff backoff) {

  /**
   * API version we say we speak; the server shapes its answers by it. 55 knows the request status
   * WAITING, the newest enum this client reads.
   */
  public static final int CLIENT_API_VERSION = 55;

  /** Release that API version 55 belongs to; the server only prints it. */
  public static final String CLIENT_VERSION = "0.13.0";

  /** Oldest server we talk to: 24 is SkyPilot 0.11.0, the oldest that newer servers accept too. */
  public static final int MIN_SERVER_API_VERSION = 24;

  public SkyPilotSettings {
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(authentication, "authentication is null");
    requireNonNull(user, "user is null");
    requireNonNull(timeouts, "timeouts is null");
    requireNonNull(backoff, "backoff is null");
    endpoint = normalised(endpoint);
  }

  /** Settings with default waits and no authentication. */
  public static SkyPilotSettings of(URI endpoint, UserIdentity user) {
    return new SkyPilotSettings(
        endpoint, new Authentication.None(), user, Timeouts.DEFAULT, Backoff.DEFAULT);
  }

  /** The same with another authentication. */
  public SkyPilotSettings withAuthentication(Authentication value) {
    return new SkyPilotSettings(endpoint, value, user, timeouts, backoff);
  }

  /** The same with other timeouts. */
  public SkyPilotSettings withTimeouts(Timeouts value) {
    return new SkyPilotSettings(endpoint, authentication, user, value, backoff);
  }

  /** The same with another backoff. */
  public SkyPilotSettings withBackoff(Backoff value) {
    return new SkyPilotSettings(endpoint, authentication, user, timeouts, value);
  }

  private static URI normalised(URI endpoint) {
    // The address is left out of these messages: it may hold a password.
    String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme();
    boolean http = scheme.toLowerCase(Locale.ROOT).matches("https?");
    if (!http || endpoint.getHost() == null) {
      throw new IllegalArgumentException("endpoint must be http://host or https://host");
    }
    if (endpoint.getRawUserInfo() != null) {
      throw new IllegalArgumentException("endpoint must not hold credentials: use Authentication");
    }
    if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
      throw new IllegalArgumentException("endpoint must have neither query nor fragment");
    }
    return URI.create(endpoint.toString().replaceAll("/+$", ""));
  }
}
