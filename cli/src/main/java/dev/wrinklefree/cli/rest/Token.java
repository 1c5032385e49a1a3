package dev.wrinklefree.cli.rest;

import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bearer token that every request carries: {@code WF_TOKEN}, else the file that {@code
 * WF_TOKEN_FILE} names, else {@code ~/.config/wf/token}. It is never an argument, which all users
 * of the machine could read, and never printed.
 */
public final class Token {

  /** RFC 6750, 2.1, {@code b64token}. */
  private static final String PATTERN = "[A-Za-z0-9._~+/-]+=*";

  private static final String VARIABLE = "WF_TOKEN";
  private static final String FILE_VARIABLE = "WF_TOKEN_FILE";

  private final @Nullable String value;

  private Token(@Nullable String value) {
    this.value = value;
  }

  /**
   * The token of the person whose environment this is; absent if none is set.
   *
   * @throws WfException if it is set and cannot be read or is no token
   */
  public static Token of(Map<String, String> environment) {
    String direct = environment.get(VARIABLE);
    if (direct != null) {
      return new Token(checked(direct, VARIABLE));
    }
    String named = environment.get(FILE_VARIABLE);
    Path file = named == null ? standardFile(environment) : Path.of(named);
    if (named == null && !Files.exists(file)) {
      return new Token(null);
    }
    try {
      return new Token(checked(Files.readString(file), file.toString()));
    } catch (IOException e) {
      throw new WfException(
          ExitCode.USAGE, "cannot read the token in " + file + ": " + e.getClass().getSimpleName());
    }
  }

  /** What the {@code Authorization} header says; empty without a token. */
  Optional<String> header() {
    return Optional.ofNullable(value).map(token -> "Bearer " + token);
  }

  private static Path standardFile(Map<String, String> environment) {
    return ServiceAddresses.configDirectory(environment).resolve("token");
  }

  private static String checked(String text, String where) {
    String token = text.strip();
    if (!token.matches(PATTERN)) {
      throw new WfException(
          ExitCode.USAGE, where + " holds no token: one line of letters, digits and ._~+/-");
    }
    return token;
  }
}
