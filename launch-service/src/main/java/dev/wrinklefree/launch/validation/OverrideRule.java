package dev.wrinklefree.launch.validation;

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

  /** What the platform sets, because its events say so; a deeper key is the same thing. */
  private static final Map<String, String> RESERVED =
      Map.of(
          "gcs", "checkpoints are found by the run's own bucket and prefix",
          "model", "use the field model",
          "training", "use the field mode",
          "training.mode", "use the field mode",
          "training.output_dir", "the task uploads what it finds in its own output directory",
          "training.logging.wandb.project", "the run's W&B project is the platform's");

  private OverrideRule() {}

  static Optional<Finding> check(String override) {
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
    return reserved(key);
  }

  private static Optional<Finding> reserved(String key) {
    // Hydra's group/name and package@key notations reach the same places as the dotted path.
    String dotted = key.replaceAll("[@:].*", "").replace('/', '.');
    String inGroup = key.contains("@") ? key.replaceAll(".*[@:]", "").replace('/', '.') : dotted;
    return reason(dotted)
        .or(() -> reason(inGroup))
        .map(
            reason ->
                new Finding(
                    Code.RESERVED_OVERRIDE,
                    Texts.shown(key) + " is set by the platform: " + reason));
  }

  private static Optional<String> reason(String dotted) {
    if (dotted.startsWith("gcs.")) {
      return Optional.ofNullable(RESERVED.get("gcs"));
    }
    return Optional.ofNullable(RESERVED.get(dotted));
  }
}
