package dev.wrinklefree.launch.validation;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may be a label. Google Cloud has the strictest rule of the clouds; one that it accepts is
 * accepted by all, and a run must not fail for a label after the money is spent.
 */
final class LabelRule {

  /** Begins the keys of the platform's own labels. */
  static final String PLATFORM_PREFIX = "wrinklefree-";

  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern VALUE = Pattern.compile("[a-z0-9_-]{0,63}");

  private LabelRule() {}

  static Optional<Finding> check(String key, String value) {
    if (!KEY.matcher(key).matches()) {
      return Optional.of(
          new Finding(
              Code.BAD_LABEL,
              "a key must match " + KEY.pattern() + ", as Google Cloud demands of labels"));
    }
    if (key.startsWith(PLATFORM_PREFIX) || key.startsWith("skypilot") || key.startsWith("ray-")) {
      return Optional.of(
          new Finding(Code.BAD_LABEL, "the label " + key + " is set by the platform"));
    }
    if (!VALUE.matcher(value).matches()) {
      return Optional.of(
          new Finding(
              Code.BAD_LABEL,
              "a value must match " + VALUE.pattern() + ", as Google Cloud demands of labels"));
    }
    return Optional.empty();
  }
}
