package dev.wrinklefree.launch.validation;

import dev.wrinklefree.launch.header.OverrideUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be an override: one argument of the trainer, in Hydra's notation. Shell characters are
 * legal in values, since an override stays one element of an argument vector all the way.
 */
final class OverrideRule {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<sign>\\+\\+|\\+|~)?(?<key>[A-Za-z_][A-Za-z0-9_./@:-]*)(?<value>=.*)?",
          Pattern.DOTALL);

  /** Why a key is reserved, where there is more to say than that it is. */
  private static final Map<String, String> REASONS =
      Map.of(
          "gcs.*", "checkpoints are found by the run's own bucket and prefix",
          "model", "use the field model",
          "training", "use the field mode",
          "training.mode", "use the field mode",
          "training.output_dir", "the task uploads what it finds in its own output directory",
          "training.logging.wandb.project", "the run's W&B project is the platform's");

  private static final String SUBTREE = ".*";

  private OverrideRule() {}

  /**
   * Judges an override.
   *
   * @param use what the template does with overrides
   */
  static Optional<Finding> check(String override, OverrideUse use) {
    if (override.isEmpty() || override.length() > Limits.OVERRIDE) {
      return Optional.of(
          new Finding(Code.BAD_LENGTH, "an override has 1 to " + Limits.OVERRIDE + " characters"));
    }
    if (Texts.hasBadCharacter(override)) {
      return Optional.of(
          new Finding(
              Code.BAD_CHARACTER,
              "an override must not hold line breaks, control characters or invisible ones"));
    }
    Matcher form = FORM.matcher(override);
    if (!form.matches() || (form.group("value") == null && !"~".equals(form.group("sign")))) {
      return Optional.of(
          new Finding(
              Code.BAD_OVERRIDE,
              "\""
                  + Texts.shown(override)
                  + "\" is none of key=value, +key=value, ++key=value, ~key"));
    }
    String key = form.group("key");
    if (SecretRule.isSetBy(key) && form.group("value") != null) {
      return Optional.of(
          new Finding(
              Code.SECRET_IN_VALUE,
              Texts.shown(key) + " is a secret by its name, and " + SecretRule.ADVICE));
    }
    return reserved(key, use.reserved());
  }

  private static Optional<Finding> reserved(String key, List<String> reserved) {
    // Hydra's group/name and package@key notations reach the same places as the dotted path.
    String dotted = key.replaceAll("[@:].*", "").replace('/', '.');
    String inGroup = key.contains("@") ? key.replaceAll(".*[@:]", "").replace('/', '.') : dotted;
    return reason(dotted, reserved)
        .or(() -> reason(inGroup, reserved))
        .map(
            reason ->
                new Finding(
                    Code.RESERVED_OVERRIDE,
                    Texts.shown(key) + " is set by the platform: " + reason));
  }

  private static Optional<String> reason(String dotted, List<String> reserved) {
    return reserved.stream()
        .filter(key -> isMeant(key, dotted))
        .findFirst()
        .map(key -> REASONS.getOrDefault(key, "the template sets it"));
  }

  private static boolean isMeant(String reserved, String dotted) {
    if (!reserved.endsWith(SUBTREE)) {
      return dotted.equals(reserved);
    }
    String top = reserved.substring(0, reserved.length() - SUBTREE.length());
    return dotted.equals(top) || dotted.startsWith(top + ".");
  }
}
