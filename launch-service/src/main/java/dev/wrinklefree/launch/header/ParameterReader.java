package dev.wrinklefree.launch.header;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a header. */
final class ParameterReader {

  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]{0,62}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,127}");

  /** What the platform sets itself, or a machine needs as it is. */
  private static final Set<String> PLATFORM_VARIABLES =
      Set.of("MODEL", "MODE", "SCALE", "RUN_ID", "PATH", "HOME", "USER", "SHELL", "PWD", "IFS");

  private static final List<String> PLATFORM_PREFIXES =
      List.of("GCS_", "WANDB_", "OVERRIDE_", "SKYPILOT_", "GIT_", "LD_", "BASH_");

  /** Names that mean something else in a prefix pattern. */
  private static final Set<String> RESERVED_NAMES =
      Set.of(PrefixPattern.MODEL, PrefixPattern.RUN, "mode", "scale", "resume");

  private ParameterReader() {}

  static Set<String> platformVariables() {
    return new HashSet<>(PLATFORM_VARIABLES);
  }

  static boolean isReserved(String variable) {
    return PLATFORM_VARIABLES.contains(variable)
        || PLATFORM_PREFIXES.stream().anyMatch(variable::startsWith);
  }

  /**
   * The parameters.
   *
   * @param taken variables that carry something else
   */
  static List<Parameter> read(Block header, Set<String> taken) throws BadHeaderException {
    Set<String> variables = new HashSet<>(taken);
    List<Parameter> parameters = new ArrayList<>();
    if (!header.has("parameters")) {
      return parameters;
    }
    if (!header.node("parameters").isObject()) {
      throw header.bad("parameters", "must be a mapping of names");
    }
    for (Map.Entry<String, Block> entry : header.blocks("parameters")) {
      String name = entry.getKey();
      if (!NAME.matcher(name).matches() || RESERVED_NAMES.contains(name)) {
        throw header.bad(
            "parameters." + name,
            "must have a name that matches "
                + NAME.pattern()
                + " and is none of "
                + RESERVED_NAMES.stream().sorted().collect(Collectors.joining(", ")));
      }
      Parameter parameter = parameter(name, entry.getValue());
      if (isReserved(parameter.env()) || !variables.add(parameter.env())) {
        throw entry.getValue().bad("env", parameter.env() + " carries something else already");
      }
      parameters.add(parameter);
    }
    return parameters;
  }

  private static Parameter parameter(String name, Block block) throws BadHeaderException {
    block.refuseOthers("type", "description", "required", "default", "choices", "pattern", "env");
    ParameterType type = type(block);
    @Nullable String byDefault = block.scalar("default").orElse(null);
    boolean required = block.bool("required", false);
    if (required && byDefault != null) {
      throw block.bad("required", "contradicts the default");
    }
    List<String> choices = block.texts("choices");
    if (choices.isEmpty() == (type == ParameterType.CHOICE)) {
      throw block.bad("choices", "belong to the type choice, which has at least one");
    }
    Parameter parameter =
        new Parameter(
            name,
            type,
            block.text("description").map(String::strip).orElse(null),
            required,
            byDefault,
            choices,
            pattern(block, type),
            block.text("env", VARIABLE).orElse(variable(name)));
    if (byDefault != null) {
      Optional<String> refusal = parameter.refusal(byDefault);
      if (refusal.isPresent()) {
        throw block.bad("default", refusal.get());
      }
    }
    return parameter;
  }

  private static ParameterType type(Block block) throws BadHeaderException {
    String word = block.requiredText("type");
    for (ParameterType type : ParameterType.values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    throw block.bad(
        "type",
        "must be one of "
            + Arrays.stream(ParameterType.values())
                .map(ParameterType::word)
                .collect(Collectors.joining(", ")));
  }

  private static @Nullable Pattern pattern(Block block, ParameterType type)
      throws BadHeaderException {
    Optional<String> text = block.text("pattern");
    if (text.isEmpty()) {
      return null;
    }
    if (type != ParameterType.STRING) {
      throw block.bad("pattern", "belongs to the type string");
    }
    try {
      return Pattern.compile(text.get());
    } catch (PatternSyntaxException e) {
      throw block.bad("pattern", "is no regular expression: " + e.getDescription());
    }
  }

  /** {@code batchSize} becomes {@code BATCH_SIZE}. */
  private static String variable(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
