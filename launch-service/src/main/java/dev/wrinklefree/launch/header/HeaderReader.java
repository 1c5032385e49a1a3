package dev.wrinklefree.launch.header;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.MetricKeys;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a header and refuses what it does not understand, with the path of the key. */
public final class HeaderReader {

  /** What a model or a mode may be called: it becomes part of names elsewhere. */
  public static final Pattern WORD = PrefixPattern.VALUE;

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final Pattern OBJECT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final Pattern DOTTED_KEY =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,127}(\\.\\*)?");
  private static final int MAX_DESCRIPTION = 500;
  private static final String FAIRY2 = "fairy2";
  private static final String ANY = "any";

  private HeaderReader() {}

  /**
   * Reads a header.
   *
   * @param node the mapping under {@link TemplateHeader#KEY}
   * @param path where it stands, for messages
   */
  public static TemplateHeader read(JsonNode node, String path) throws BadHeaderException {
    Block header = Block.of(node, path);
    header.refuseOthers(
        "description",
        "model",
        "mode",
        "scale",
        "parameters",
        "overrides",
        "checkpoints",
        "wandb",
        "resume",
        "acceleratorsUsed");
    ModelRule model = model(header);
    Optional<ResumeRule> resume = resume(header);
    Set<String> taken = ParameterReader.platformVariables();
    resume.ifPresent(rule -> taken.add(rule.env()));
    List<Parameter> parameters = ParameterReader.read(header, taken);
    Checkpoints checkpoints = checkpoints(header);
    if (checkpoints.prefix() != null) {
      requireKnownPlaceholders(checkpoints.prefix(), model, parameters, header);
    }
    Wandb wandb = wandb(header);
    return new TemplateHeader(
        description(header),
        model,
        mode(header),
        header.text("scale", WORD).orElse(null),
        parameters,
        overrides(header),
        checkpoints.prefix(),
        checkpoints.layout(),
        wandb.taken(),
        wandb.project(),
        wandb.metrics(),
        resume.orElse(null),
        header.positive("acceleratorsUsed").orElse(null));
  }

  private static @Nullable String description(Block header) throws BadHeaderException {
    Optional<String> text = header.text("description");
    if (text.isPresent() && text.get().length() > MAX_DESCRIPTION) {
      throw header.bad("description", "has more than " + MAX_DESCRIPTION + " characters");
    }
    return text.map(String::strip).orElse(null);
  }

  private static ModelRule model(Block header) throws BadHeaderException {
    if (header.isNone("model")) {
      return new ModelRule.None();
    }
    Optional<Block> given = header.block("model");
    if (given.isEmpty()) {
      return new ModelRule.AsConfigured();
    }
    Block block = given.get();
    block.refuseOthers("choices", "required", "default");
    @Nullable String byDefault = block.text("default", WORD).orElse(null);
    boolean required = block.bool("required", byDefault == null);
    if (required && byDefault != null) {
      throw block.bad("required", "contradicts the default");
    }
    if (!block.has("choices") || block.is("choices", ANY)) {
      return new ModelRule.Any(required, byDefault);
    }
    TreeMap<String, String> scales = new TreeMap<>();
    List<String> names = new ArrayList<>();
    if (block.node("choices").isObject()) {
      Block choices = Block.of(block.node("choices"), block.path("choices"));
      for (String name : choices.keys()) {
        choices.text(name, WORD).ifPresent(scale -> scales.put(name, scale));
        names.add(name);
      }
    } else {
      names.addAll(block.texts("choices"));
    }
    requireWords(block, "choices", names, byDefault);
    return new ModelRule.OneOf(names, scales, required, byDefault);
  }

  private static ModeRule mode(Block header) throws BadHeaderException {
    if (header.isNone("mode")) {
      return new ModeRule.None();
    }
    Optional<Block> given = header.block("mode");
    if (given.isEmpty()) {
      return new ModeRule.AsConfigured();
    }
    Block block = given.get();
    block.refuseOthers("choices", "default");
    List<String> names = block.texts("choices");
    String byDefault = block.requiredText("default");
    requireWords(block, "choices", names, byDefault);
    return new ModeRule.OneOf(names, byDefault);
  }

  private static void requireWords(
      Block block, String key, List<String> names, @Nullable String byDefault)
      throws BadHeaderException {
    if (names.isEmpty()) {
      throw block.bad(key, "names none");
    }
    for (String name : names) {
      if (!WORD.matcher(name).matches()) {
        throw block.bad(key, "must match " + WORD.pattern() + " each");
      }
    }
    if (byDefault != null && !names.contains(byDefault)) {
      throw block.bad("default", "is none of the choices");
    }
  }

  private static OverrideUse overrides(Block header) throws BadHeaderException {
    if (header.isNone("overrides")) {
      return new OverrideUse(false, List.of());
    }
    Optional<Block> block = header.block("overrides");
    if (block.isEmpty()) {
      return new OverrideUse(true, TemplateHeader.SILENT.overrides().reserved());
    }
    block.get().refuseOthers("reserved");
    List<String> reserved = block.get().texts("reserved");
    for (String key : reserved) {
      if (!DOTTED_KEY.matcher(key).matches()) {
        throw block.get().bad("reserved", "must be dotted keys such as training.output_dir");
      }
    }
    return new OverrideUse(true, reserved);
  }

  private record Checkpoints(@Nullable PrefixPattern prefix, @Nullable CheckpointLayout layout) {}

  private static Checkpoints checkpoints(Block header) throws BadHeaderException {
    if (header.isNone("checkpoints")) {
      return new Checkpoints(null, null);
    }
    Optional<Block> given = header.block("checkpoints");
    if (given.isEmpty()) {
      return new Checkpoints(null, CheckpointLayout.FAIRY2);
    }
    Block block = given.get();
    block.refuseOthers("prefix", "layout");
    @Nullable PrefixPattern prefix = null;
    Optional<String> text = block.text("prefix");
    if (text.isPresent()) {
      try {
        prefix = new PrefixPattern(text.get());
      } catch (IllegalArgumentException e) {
        throw block.bad("prefix", String.valueOf(e.getMessage()));
      }
    }
    return new Checkpoints(prefix, layout(block));
  }

  private static @Nullable CheckpointLayout layout(Block block) throws BadHeaderException {
    if (block.isNone("layout")) {
      return null;
    }
    if (!block.has("layout") || block.is("layout", FAIRY2)) {
      return CheckpointLayout.FAIRY2;
    }
    if (!block.node("layout").isArray() || block.node("layout").isEmpty()) {
      throw block.bad("layout", "must be none, " + FAIRY2 + ", or a list of patterns");
    }
    List<CheckpointLayout.Pattern> patterns = new ArrayList<>();
    for (Map.Entry<String, Block> entry : block.blocks("layout")) {
      Block pattern = entry.getValue();
      pattern.refuseOthers("path", "members", "last");
      try {
        patterns.add(
            new CheckpointLayout.Pattern(
                pattern.requiredText("path"),
                pattern.texts("members"),
                pattern.bool("last", false)));
      } catch (IllegalArgumentException e) {
        throw pattern.bad("path", "is wrong: " + e.getMessage());
      }
    }
    return new CheckpointLayout(patterns);
  }

  private static void requireKnownPlaceholders(
      PrefixPattern prefix, ModelRule model, List<Parameter> parameters, Block header)
      throws BadHeaderException {
    for (String name : prefix.placeholders()) {
      boolean certain =
          switch (name) {
            case PrefixPattern.RUN -> true;
            case PrefixPattern.MODEL -> model.certain();
            default ->
                parameters.stream()
                    .anyMatch(
                        parameter ->
                            parameter.name().equals(name)
                                && (parameter.required() || parameter.byDefault() != null));
          };
      if (!certain) {
        throw header.bad(
            "checkpoints.prefix", "has {" + name + "}, which not every run has a value for");
      }
    }
  }

  private record Wandb(boolean taken, @Nullable String project, @Nullable MetricKeys metrics) {}

  private static Wandb wandb(Block header) throws BadHeaderException {
    if (header.isNone("wandb")) {
      return new Wandb(false, null, null);
    }
    Optional<Block> given = header.block("wandb");
    if (given.isEmpty()) {
      return new Wandb(true, null, MetricKeys.FAIRY2);
    }
    Block block = given.get();
    block.refuseOthers("project", "metrics");
    return new Wandb(true, block.text("project", PROJECT).orElse(null), metrics(block));
  }

  private static @Nullable MetricKeys metrics(Block block) throws BadHeaderException {
    if (block.isNone("metrics")) {
      return null;
    }
    if (!block.has("metrics") || block.is("metrics", FAIRY2)) {
      return MetricKeys.FAIRY2;
    }
    Block keys = Block.of(block.node("metrics"), block.path("metrics"));
    keys.refuseOthers(
        "step",
        "loss",
        "perplexity",
        "learningRate",
        "gradientNorm",
        "tokens",
        "tokensPerSecond",
        "percentComplete");
    if (!keys.has("step")) {
      throw keys.bad("step", "is required: progress is told by it");
    }
    return new MetricKeys(
        keys.texts("step"),
        keys.texts("loss"),
        keys.texts("perplexity"),
        keys.texts("learningRate"),
        keys.texts("gradientNorm"),
        keys.texts("tokens"),
        keys.texts("tokensPerSecond"),
        keys.texts("percentComplete"));
  }

  private static Optional<ResumeRule> resume(Block header) throws BadHeaderException {
    if (header.isNone("resume")) {
      return Optional.empty();
    }
    Optional<Block> given = header.block("resume");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Block block = given.get();
    block.refuseOthers("env", "accepts", "object");
    String env = block.requiredText("env");
    if (!VARIABLE.matcher(env).matches() || ParameterReader.isReserved(env)) {
      throw block.bad("env", "must be a variable's name that the platform does not set itself");
    }
    Set<ResumeRule.Source> accepts = EnumSet.noneOf(ResumeRule.Source.class);
    for (String word : block.texts("accepts")) {
      accepts.add(source(block, word));
    }
    return Optional.of(
        new ResumeRule(
            env,
            accepts.isEmpty() ? EnumSet.allOf(ResumeRule.Source.class) : accepts,
            block.text("object", OBJECT).orElse(null)));
  }

  private static ResumeRule.Source source(Block block, String word) throws BadHeaderException {
    for (ResumeRule.Source source : ResumeRule.Source.values()) {
      if (source.word().equals(word)) {
        return source;
      }
    }
    throw block.bad("accepts", "must be of latest, run, gs");
  }
}
