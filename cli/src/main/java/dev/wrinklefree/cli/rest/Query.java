package dev.wrinklefree.cli.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A path with its parameters, encoded. */
public final class Query {

  private final StringBuilder text;
  private boolean first = true;

  /**
   * A path without parameters yet.
   *
   * @param path such as {@code /launches}
   */
  public Query(String path) {
    this.text = new StringBuilder(path);
  }

  /** Adds a parameter; one that is null is left out. */
  public Query and(String name, @Nullable Object value) {
    if (value != null) {
      text.append(first ? '?' : '&').append(name).append('=').append(encoded(value.toString()));
      first = false;
    }
    return this;
  }

  /** A part of a path. */
  public static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
