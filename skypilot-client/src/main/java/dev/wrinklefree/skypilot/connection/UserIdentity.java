package dev.wrinklefree.skypilot.connection;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Who the server books our requests on when it does not authenticate. It creates unknown ids.
 *
 * @param id SkyPilot's user hash: letters, digits and dashes, not starting with a dash
 * @param name shown in the server's lists
 */
public record UserIdentity(String id, String name) {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]*");

  public UserIdentity {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("user id '" + id + "' does not match " + ID.pattern());
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("user name is blank");
    }
  }
}
