package dev.wrinklefree.skypilot.http;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What the server last said it is. It may change under a running client: servers are upgraded.
 *
 * @param apiVersion its API version
 * @param version its release, e.g. {@code 0.13.0}; empty if it did not say
 */
public record ServerVersion(int apiVersion, String version) {
  static final String API_VERSION_HEADER = "X-SkyPilot-API-Version";
  static final String VERSION_HEADER = "X-SkyPilot-Version";

  static Optional<ServerVersion> from(HttpHeaders headers) {
    return headers
        .firstValue(API_VERSION_HEADER)
        .filter(number -> number.matches("\\d{1,9}"))
        .map(Integer::valueOf)
        .map(number -> new ServerVersion(number, headers.firstValue(VERSION_HEADER).orElse("")));
  }
}
