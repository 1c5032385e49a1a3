package dev.wrinklefree.sandbox.skypilot;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call as it came in.
 *
 * @param method HTTP method
 * @param path path without the query
 * @param query raw query; null when there is none
 * @param headers request headers
 * @param body request body
 */
record HttpCall(String method, String path, @Nullable String query, Headers headers, byte[] body) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** All values of a query parameter in order. */
  List<String> parameters(String name) {
    List<String> values = new ArrayList<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        if (decode(key).equals(name)) {
          values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
      }
    }
    return values;
  }

  Optional<String> parameter(String name) {
    return parameters(name).stream().findFirst();
  }

  boolean flag(String name) {
    return parameter(name).map(Boolean::parseBoolean).orElse(false);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
