package dev.wrinklefree.rest.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The {@code WWW-Authenticate} header of RFC 6750, and the token that it asks for. */
final class Challenge {

  private static final String SCHEME = "Bearer ";
  private static final String BASE = "Bearer realm=\"wrinklefree\"";

  private Challenge() {}

  /** The token that a request carries. */
  static Optional<String> bearer(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip());
  }

  /** What a refused request is asked for; section 3.1: no error code where no token was sent. */
  static String to(HttpServerRequest request) {
    return bearer(request).isPresent() ? BASE + ", error=\"invalid_token\"" : BASE;
  }
}
