package dev.wrinklefree.sandbox.skypilot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Decides whether a call is let in: the client's version first, then its credentials. */
final class Gate {

  private static final String AUTHORIZATION = "Authorization";

  /** What an authenticating proxy in front of the server tells of the caller, by default. */
  private static final String PROXY_USER = "X-Auth-Request-Email";

  private static final String TOKEN_PREFIX = "sky_";
  private static final String NO_ACCOUNTS = "Service account authentication disabled";
  private static final String WRONG_TOKEN = "Invalid or expired service account token";

  private final Authentication authentication;

  Gate(Authentication authentication) {
    this.authentication = authentication;
  }

  /** What the client says about its version. */
  sealed interface ClientVersion {

    /** It says nothing: no check is made and no version is told. */
    record Unknown() implements ClientVersion {}

    /** Its API number. */
    record Known(int number) implements ClientVersion {}

    /** Not a number, which makes a real server raise an exception. */
    record Unreadable() implements ClientVersion {}
  }

  static ClientVersion versionOf(HttpCall call) {
    Optional<String> number = call.header(ApiVersion.NUMBER_HEADER);
    if (number.isEmpty() || call.header(ApiVersion.RELEASE_HEADER).isEmpty()) {
      return new ClientVersion.Unknown();
    }
    try {
      return new ClientVersion.Known(Integer.parseInt(number.get().strip()));
    } catch (NumberFormatException e) {
      return new ClientVersion.Unreadable();
    }
  }

  /** Refuses a client that is too old. */
  static Optional<HttpAnswer> refuseVersion(ClientVersion version) {
    return switch (version) {
      case ClientVersion.Unknown unknown -> Optional.empty();
      case ClientVersion.Unreadable unreadable ->
          Optional.of(new HttpAnswer.Text(500, "Internal Server Error"));
      case ClientVersion.Known known ->
          known.number() >= ApiVersion.OLDEST_CLIENT
              ? Optional.empty()
              : Optional.of(
                  new HttpAnswer.Json(
                      400,
                      JsonNodeFactory.instance
                          .objectNode()
                          .put("error", "version_mismatch")
                          .put(
                              "message",
                              "\u001b[33mClient API version %d is too old: the server needs %d. Upgrade your client.\u001b[0m"
                                  .formatted(known.number(), ApiVersion.OLDEST_CLIENT)),
                      Map.of()));
    };
  }

  /** The identity that the credentials prove; empty when there are none or they are wrong. */
  Optional<Caller> authenticate(HttpCall call) {
    Optional<String> header = call.header(AUTHORIZATION);
    return switch (authentication) {
      case Authentication.None none -> call.header(PROXY_USER).map(Caller::named);
      case Authentication.Basic basic ->
          header
              .filter(value -> same(value, "Basic " + credentials(basic)))
              .map(value -> new Caller(basic.user(), basic.user()));
      case Authentication.Bearer bearer ->
          header
              .filter(value -> same(value, "Bearer " + bearer.token()))
              .map(value -> new Caller("sa-sandbox", "sandbox-service-account"));
    };
  }

  /**
   * The answer to a call that is not let in. A server that checks passwords itself tells its health
   * to everyone; whoever brings a service account's token is held to it everywhere.
   */
  Optional<HttpAnswer> refuse(HttpCall call, Optional<Caller> caller) {
    String header = call.header(AUTHORIZATION).orElse("");
    boolean token = header.startsWith("Bearer " + TOKEN_PREFIX);
    return switch (authentication) {
      case Authentication.None none ->
          token ? Optional.of(refusedToken(NO_ACCOUNTS)) : Optional.empty();
      case Authentication.Basic basic ->
          token
              ? Optional.of(refusedToken(NO_ACCOUNTS))
              : caller.isPresent() || call.path().startsWith("/api/health")
                  ? Optional.empty()
                  : Optional.of(refusedPassword(header));
      case Authentication.Bearer bearer ->
          caller.isPresent()
              ? Optional.empty()
              : Optional.of(refusedToken(reason(header, "Bearer ", WRONG_TOKEN)));
    };
  }

  private static HttpAnswer refusedPassword(String header) {
    return new HttpAnswer.Json(
        401,
        JsonNodeFactory.instance.textNode(reason(header, "Basic ", "Invalid credentials")),
        Map.of("WWW-Authenticate", "Basic realm=\"SkyPilot\"", "Cache-Control", "no-store"));
  }

  private static HttpAnswer refusedToken(String detail) {
    return new HttpAnswer.Json(
        401,
        JsonNodeFactory.instance.objectNode().put("detail", detail),
        Map.of("Cache-Control", "no-store"));
  }

  private static String reason(String header, String method, String wrong) {
    if (header.isEmpty()) {
      return "Authentication required";
    }
    return header.startsWith(method) ? wrong : "Invalid authentication method";
  }

  private static String credentials(Authentication.Basic basic) {
    return Base64.getEncoder()
        .encodeToString((basic.user() + ":" + basic.password()).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean same(String left, String right) {
    return MessageDigest.isEqual(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
