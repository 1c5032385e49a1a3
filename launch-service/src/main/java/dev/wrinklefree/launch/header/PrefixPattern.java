package dev.wrinklefree.launch.header;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the object-name prefix of a run is made: text with placeholders such as {@code {model}}. Each
 * run's is its own, since each holds the run id.
 *
 * @param text for example {@code train/{model}/stage{stage}/{runId}/}
 */
public record PrefixPattern(String text) {

  /** Stands for the run id; every pattern has it. */
  public static final String RUN = "runId";

  /** Stands for the model. */
  public static final String MODEL = "model";

  /** What a value may be that becomes part of an object's name: no slash, no dots alone. */
  public static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,62}");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)\\}");
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._/-]*");
  private static final List<String> NO_SEGMENTS = List.of("", ".", "..");
  private static final int MAX_LENGTH = 256;

  /**
   * @throws IllegalArgumentException if two runs would share a prefix, or it is no folder's name;
   *     the message is a clause about the pattern
   */
  public PrefixPattern {
    wrong(text)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }

  /** Names of the placeholders, in order. */
  public List<String> placeholders() {
    return placeholders(text);
  }

  /**
   * The prefix of a run, with a trailing slash.
   *
   * @param values by placeholder
   * @throws IllegalArgumentException if a value is missing, or cannot be part of an object's name
   */
  public String fill(Map<String, String> values) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder prefix = new StringBuilder();
    while (matcher.find()) {
      @Nullable String value = values.get(matcher.group(1));
      if (value == null || !VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException("no legal value for {" + matcher.group(1) + "}");
      }
      matcher.appendReplacement(prefix, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(prefix).toString();
  }

  private static Optional<String> wrong(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.of("must have at most " + MAX_LENGTH + " characters");
    }
    if (!placeholders(text).contains(RUN)) {
      return Optional.of("must hold {" + RUN + "}, so that no two runs share it");
    }
    if (!text.endsWith("/") || text.startsWith("/")) {
      return Optional.of("must end with a slash and not begin with one");
    }
    if (!LITERAL.matcher(PLACEHOLDER.matcher(text).replaceAll("")).matches()) {
      return Optional.of(
          "must hold only letters, digits, dots, hyphens, slashes and {placeholders}");
    }
    boolean odd =
        Arrays.stream(text.substring(0, text.length() - 1).split("/", -1))
            .anyMatch(NO_SEGMENTS::contains);
    return odd ? Optional.of("must not have an empty or dotted part") : Optional.empty();
  }

  private static List<String> placeholders(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
