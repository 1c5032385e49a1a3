package dev.wrinklefree.launch.validation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.catalog.Catalog;
import dev.wrinklefree.launch.header.ModeRule;
import dev.wrinklefree.launch.header.ModelRule;
import dev.wrinklefree.launch.header.Parameter;
import dev.wrinklefree.launch.header.PrefixPattern;
import dev.wrinklefree.launch.header.ResumeRule;
import dev.wrinklefree.launch.header.TemplateHeader;
import dev.wrinklefree.launch.resume.ResumeWish;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads those fields of a request that its template's header decides about. */
final class HeaderRules {

  /** What a model may be called where the template knows none by name. */
  private static final Pattern WORD = PrefixPattern.VALUE;

  private static final String LATEST = "latest";

  /** Bucket and object in visible ASCII: what Cloud Storage takes and every shell passes on. */
  private static final Pattern URI =
      Pattern.compile("gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/[!-~&&[^\\\\?#*\\[\\]]]{1,1024}");

  private final Catalog catalog;
  private final TemplateHeader header;
  private final Findings findings;

  HeaderRules(Catalog catalog, TemplateHeader header, Findings findings) {
    this.catalog = catalog;
    this.header = header;
    this.findings = findings;
  }

  @Nullable String model(Fields fields) {
    return switch (header.model()) {
      case ModelRule.None ignored -> refused(fields, "model");
      case ModelRule.AsConfigured ignored ->
          fields
              .requiredText("model")
              .flatMap(word -> known("model", word, Code.UNKNOWN_MODEL, catalog.models()))
              .orElse(null);
      case ModelRule.OneOf one ->
          text(fields, "model", one.required())
              .or(() -> Optional.ofNullable(one.byDefault()))
              .flatMap(word -> known("model", word, Code.UNKNOWN_MODEL, one.names()))
              .orElse(null);
      case ModelRule.Any any ->
          text(fields, "model", any.required())
              .or(() -> Optional.ofNullable(any.byDefault()))
              .flatMap(this::word)
              .orElse(null);
    };
  }

  @Nullable String mode(Fields fields) {
    return switch (header.mode()) {
      case ModeRule.None ignored -> refused(fields, "mode");
      case ModeRule.AsConfigured ignored ->
          mode(fields, catalog.modes(), catalog.defaultMode()).orElse(null);
      case ModeRule.OneOf one -> mode(fields, one.names(), one.byDefault()).orElse(null);
    };
  }

  /** The scale; null where the task's own machines are used. */
  @Nullable String scale(Fields fields, @Nullable String model) {
    Optional<String> asked = fields.text("scale");
    if (asked.isPresent()) {
      return known("scale", asked.get(), Code.UNKNOWN_SCALE, catalog.scales().keySet())
          .orElse(null);
    }
    return modelScale(model).orElse(header.scale());
  }

  Map<String, String> parameters(Fields fields) {
    Map<String, Located<String>> given = fields.textsByKey("parameters", Limits.PARAMETERS);
    int total = given.values().stream().mapToInt(value -> value.value().length()).sum();
    if (total > Limits.PARAMETERS_TOTAL) {
      findings.add(
          "parameters",
          Code.BAD_LENGTH,
          "has "
              + total
              + " characters in all, at most "
              + Limits.PARAMETERS_TOTAL
              + " are allowed");
    }
    Map<String, String> values = new TreeMap<>();
    List<String> names = header.parameters().stream().map(Parameter::name).toList();
    given.forEach(
        (name, value) -> {
          if (!names.contains(name)) {
            findings.add(
                value.path(),
                Code.UNKNOWN_PARAMETER,
                () -> "the template has no such parameter" + others(name, names));
          }
        });
    for (Parameter parameter : header.parameters()) {
      @Nullable Located<String> value = given.get(parameter.name());
      if (value != null) {
        check(parameter, value);
        values.put(parameter.name(), value.value());
      } else if (parameter.byDefault() != null) {
        values.put(parameter.name(), parameter.byDefault());
      } else if (parameter.required() && !fields.has("parameters", parameter.name())) {
        findings.add(
            fields.path("parameters") + "." + parameter.name(),
            Code.REQUIRED,
            parameter.name() + " is required" + hint(parameter));
      }
    }
    return values;
  }

  ResumeWish resume(Fields fields) {
    Optional<String> asked = fields.text("resume");
    if (asked.isEmpty()) {
      return new ResumeWish.Anew();
    }
    Optional<ResumeWish> wish = wish(asked.get());
    if (wish.isEmpty()) {
      findings.add(
          "resume",
          Code.BAD_FORMAT,
          "\"" + Texts.shown(asked.get()) + "\" is none of latest, a run id, gs://bucket/object");
      return new ResumeWish.Anew();
    }
    if (header.resume() == null || !header.resume().accepts().contains(source(wish.get()))) {
      findings.add(
          "resume",
          Code.RESUME_UNSUPPORTED,
          header.resume() == null
              ? "jobs of this template always begin anew"
              : "jobs of this template do not go on from that kind of source");
    }
    return wish.get();
  }

  private static Optional<ResumeWish> wish(String text) {
    if (text.equals(LATEST)) {
      return Optional.of(new ResumeWish.Latest());
    }
    if (URI.matcher(text).matches()) {
      return Optional.of(new ResumeWish.At(text));
    }
    return RunId.isLegal(text)
        ? Optional.of(new ResumeWish.OfRun(new RunId(text)))
        : Optional.empty();
  }

  private static ResumeRule.@Nullable Source source(ResumeWish wish) {
    return switch (wish) {
      case ResumeWish.Anew ignored -> null;
      case ResumeWish.Latest ignored -> ResumeRule.Source.LATEST;
      case ResumeWish.OfRun ignored -> ResumeRule.Source.RUN;
      case ResumeWish.At ignored -> ResumeRule.Source.URI;
    };
  }

  private void check(Parameter parameter, Located<String> value) {
    Optional<String> refusal = parameter.refusal(value.value());
    if (refusal.isPresent()) {
      findings.add(value.path(), Code.BAD_PARAMETER, parameter.name() + " " + refusal.get());
    } else if (header.prefix() != null
        && header.prefix().placeholders().contains(parameter.name())
        && !PrefixPattern.VALUE.matcher(value.value()).matches()) {
      findings.add(
          value.path(),
          Code.BAD_PARAMETER,
          parameter.name()
              + " becomes part of an object's name and must match "
              + PrefixPattern.VALUE.pattern());
    }
  }

  private static String hint(Parameter parameter) {
    return parameter.choices().isEmpty()
        ? ""
        : ": one of " + String.join(", ", parameter.choices());
  }

  private static String others(String name, Collection<String> known) {
    return known.isEmpty()
        ? ", nor any other"
        : "; it has: " + String.join(", ", known) + Texts.didYouMean(name, known);
  }

  private Optional<String> modelScale(@Nullable String model) {
    if (model == null) {
      return Optional.empty();
    }
    @Nullable String own =
        header.model() instanceof ModelRule.OneOf one ? one.scales().get(model) : null;
    return own != null ? Optional.of(own) : Optional.ofNullable(catalog.defaultScales().get(model));
  }

  private Optional<String> mode(Fields fields, Collection<String> names, String byDefault) {
    return known("mode", fields.text("mode").orElse(byDefault), Code.UNKNOWN_MODE, names);
  }

  private static Optional<String> text(Fields fields, String field, boolean required) {
    return required ? fields.requiredText(field) : fields.text(field);
  }

  private Optional<String> word(String model) {
    if (WORD.matcher(model).matches()) {
      return Optional.of(model);
    }
    findings.add(
        "model",
        Code.BAD_FORMAT,
        "\"" + Texts.shown(model) + "\" does not match " + WORD.pattern());
    return Optional.empty();
  }

  private Optional<String> known(String path, String word, Code code, Collection<String> known) {
    return Words.known(path, word, code, known, findings);
  }

  private @Nullable String refused(Fields fields, String field) {
    if (fields.text(field).isPresent()) {
      findings.add(field, Code.UNSUPPORTED, "jobs of this template have no " + field);
    }
    return null;
  }
}
