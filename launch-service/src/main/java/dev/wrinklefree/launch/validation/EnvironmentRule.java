package dev.wrinklefree.launch.validation;

import dev.wrinklefree.launch.header.Parameter;
import dev.wrinklefree.launch.header.ResumeRule;
import dev.wrinklefree.launch.template.TaskTemplate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  /** What the platform sets for its own templates only: a foreign task has them for itself. */
  private static final Set<String> OWN_OF_FOREIGN_TASKS =
      Set.of("MODEL", "MODE", "SCALE", "WANDB_PROJECT");

  private EnvironmentRule() {}

  /** Whether a name that looks like a secret's is that of a file. */
  static boolean isHarmless(String name) {
    return RESERVED.contains(name.toUpperCase(Locale.ROOT));
  }

  /**
   * Judges a name.
   *
   * @param template what the variable is for; null if that is not known
   */
  static Optional<Finding> checkName(String name, @Nullable TaskTemplate template) {
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
    Optional<Finding> carried = template == null ? Optional.empty() : carried(name, template);
    if (carried.isPresent()) {
      return carried;
    }
    if (template != null && template.foreign() && OWN_OF_FOREIGN_TASKS.contains(name)) {
      return Optional.empty();
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

  /** What a field of the request says must not be said otherwise by a variable. */
  private static Optional<Finding> carried(String name, TaskTemplate template) {
    for (Parameter parameter : template.header().parameters()) {
      if (parameter.env().equals(name)) {
        return Optional.of(
            new Finding(Code.RESERVED_ENVIRONMENT_NAME, "use the parameter " + parameter.name()));
      }
    }
    ResumeRule resume = template.header().resume();
    return resume != null && resume.env().equals(name)
        ? Optional.of(new Finding(Code.RESERVED_ENVIRONMENT_NAME, "use the field resume"))
        : Optional.empty();
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
