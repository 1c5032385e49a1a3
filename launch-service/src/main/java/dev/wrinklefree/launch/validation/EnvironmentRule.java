package dev.wrinklefree.launch.validation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be a plain environment variable of a task. */
final class EnvironmentRule {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Set by the platform or the template, or able to change what the task's shell runs. */
  private static final Set<String> RESERVED =
      Set.of(
          "MODEL",
          "MODE",
          "SCALE",
          "RUN_ID",
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "PWD",
          "OLDPWD",
          "IFS",
          "ENV",
          "BASH_ENV",
          "BASHOPTS",
          "SHELLOPTS",
          "PS4",
          "PROMPT_COMMAND",
          "PYTHONPATH",
          "PYTHONHOME",
          "PYTHONSTARTUP",
          "GOOGLE_APPLICATION_CREDENTIALS",
          "_");

  private static final List<String> RESERVED_PREFIXES =
      List.of("GCS_", "WANDB_", "OVERRIDE_", "SKYPILOT_", "GIT_", "LD_", "BASH_FUNC_");

  private EnvironmentRule() {}

  static Optional<Finding> checkName(String name) {
    if (name.isEmpty() || name.length() > Limits.VARIABLE_NAME) {
      return Optional.of(
          new Finding(Code.BAD_LENGTH, "a name has 1 to " + Limits.VARIABLE_NAME + " characters"));
    }
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          new Finding(
              Code.BAD_ENVIRONMENT_NAME,
              "\"" + Texts.shown(name) + "\" does not match " + NAME.pattern()));
    }
    String upper = name.toUpperCase(Locale.ROOT);
    if (!RESERVED.contains(upper) && SecretRule.isNamedBy(name)) {
      return Optional.of(
          new Finding(
              Code.SECRET_IN_ENVIRONMENT,
              Texts.shown(name) + " is a secret by its name, and " + SecretRule.ADVICE));
    }
    if (RESERVED.contains(upper) || RESERVED_PREFIXES.stream().anyMatch(upper::startsWith)) {
      return Optional.of(
          new Finding(
              Code.RESERVED_ENVIRONMENT_NAME, Texts.shown(name) + " is set by the platform"));
    }
    return Optional.empty();
  }

  static Optional<Finding> checkValue(String value) {
    if (value.length() > Limits.VARIABLE_VALUE) {
      return Optional.of(
          new Finding(
              Code.BAD_LENGTH, "a value has at most " + Limits.VARIABLE_VALUE + " characters"));
    }
    if (Texts.hasBadCharacterInLines(value)) {
      return Optional.of(
          new Finding(
              Code.BAD_CHARACTER,
              "a value must not hold control characters other than tabs and line feeds"));
    }
    return Optional.empty();
  }
}
