package dev.wrinklefree.launch.header;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that a kind of job takes. On the wire it is a text, whatever its type: the job gets it as
 * an environment variable.
 *
 * @param name as requests say it
 * @param type what the text must be
 * @param description for people; null means none
 * @param required whether a request must give it
 * @param byDefault value of a request that gives none; null means that the variable is then what
 *     the task's own {@code envs} say
 * @param choices the words of a {@link ParameterType#CHOICE}; empty for other types
 * @param pattern what a {@link ParameterType#STRING} must match as a whole; null means anything
 * @param env the variable that carries it
 */
public record Parameter(
    String name,
    ParameterType type,
    @Nullable String description,
    boolean required,
    @Nullable String byDefault,
    List<String> choices,
    @Nullable Pattern pattern,
    String env) {

  /** Most characters of a value. */
  public static final int MAX_LENGTH = 4096;

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?");

  /** Copies the list. */
  public Parameter {
    choices = List.copyOf(choices);
  }

  /** What a value must be and is not, as a clause that does not repeat it; empty if it is. */
  public Optional<String> refusal(String value) {
    if (value.length() > MAX_LENGTH) {
      return Optional.of("has at most " + MAX_LENGTH + " characters");
    }
    if (value.codePoints().anyMatch(c -> Character.isISOControl(c) || isSurrogate(c))) {
      return Optional.of("must not hold line breaks or control characters");
    }
    return switch (type) {
      case STRING ->
          pattern == null || pattern.matcher(value).matches()
              ? Optional.empty()
              : Optional.of("must match " + pattern.pattern());
      case INTEGER -> matching(INTEGER, value, "must be an integer");
      case NUMBER -> matching(NUMBER, value, "must be a number");
      case BOOLEAN ->
          value.equals("true") || value.equals("false")
              ? Optional.empty()
              : Optional.of("must be true or false");
      case CHOICE ->
          choices.contains(value)
              ? Optional.empty()
              : Optional.of("must be one of " + String.join(", ", choices));
    };
  }

  private static Optional<String> matching(Pattern form, String value, String otherwise) {
    return form.matcher(value).matches() ? Optional.empty() : Optional.of(otherwise);
  }

  /** A code point of this range is an unpaired half, which has no UTF-8 form. */
  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
