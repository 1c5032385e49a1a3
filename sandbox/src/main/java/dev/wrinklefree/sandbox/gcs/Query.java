package dev.wrinklefree.sandbox.gcs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's query; of a repeated one the last counts. */
record Query(Map<String, String> parameters) {

  Query {
    parameters = Map.copyOf(parameters);
  }

  static Query parse(@Nullable String rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (rawQuery != null) {
      for (String pair : rawQuery.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        parameters.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return new Query(parameters);
  }

  /** All values of a parameter that may be repeated, in their order. */
  static List<String> all(@Nullable String rawQuery, String name) {
    return rawQuery == null
        ? List.of()
        : Arrays.stream(rawQuery.split("&", -1))
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> decode(pair.substring(name.length() + 1)))
            .toList();
  }

  /** The value of a parameter that is there and not empty. */
  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  /** The value of a parameter that must be a whole number. */
  OptionalLong number(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw StorageException.invalid("Invalid value for " + name + ": " + text.get());
    }
  }

  boolean flag(String name) {
    return text(name).map(Boolean::parseBoolean).orElse(false);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
