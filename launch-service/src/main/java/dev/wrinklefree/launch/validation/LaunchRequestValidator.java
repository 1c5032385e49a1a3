package dev.wrinklefree.launch.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.catalog.Catalog;
import dev.wrinklefree.launch.header.OverrideUse;
import dev.wrinklefree.launch.header.TemplateHeader;
import dev.wrinklefree.launch.resume.ResumeWish;
import dev.wrinklefree.launch.template.TaskTemplate;
import dev.wrinklefree.launch.template.TemplateLibrary;
import dev.wrinklefree.launch.template.TemplateSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a request's JSON to the contract and to the catalog, and tells all that is wrong at once.
 * Any JSON gets a verdict. The same validator answers the topic and the REST interface.
 */
public final class LaunchRequestValidator {

  private static final List<String> FIELDS =
      List.of(
          "template",
          "name",
          "model",
          "mode",
          "scale",
          "overrides",
          "environment",
          "secrets",
          "clouds",
          "spot",
          "budget",
          "labels",
          "owner",
          "parameters",
          "resume",
          "task");

  private static final Pattern NAME = Pattern.compile("[A-Za-z]([A-Za-z0-9_.-]*[A-Za-z0-9])?");

  private final Catalog catalog;
  private final TemplateLibrary templates;

  /** A validator by that catalog and those templates. */
  public LaunchRequestValidator(Catalog catalog, TemplateLibrary templates) {
    this.catalog = catalog;
    this.templates = templates;
  }

  /**
   * Judges a request.
   *
   * @param data the event's data, or the same as a REST body
   */
  public Verdict validate(JsonNode data) {
    if (!(data instanceof ObjectNode object)) {
      return new Verdict.Invalid(
          List.of(new Violation(null, Code.WRONG_TYPE.word(), "the request must be an object")));
    }
    Findings findings = new Findings();
    Fields fields = new Fields(object, "", findings);

    // In the order of the contract's fields, which is the order of the answer.
    @Nullable TaskTemplate template = template(fields, findings).orElse(null);
    @Nullable String name = name(fields, template, findings).orElse(null);
    // A header of no template at all still lets the other fields be judged.
    HeaderRules rules =
        new HeaderRules(
            catalog, template == null ? headerOfNone(object) : template.header(), findings);
    @Nullable String model = rules.model(fields);
    @Nullable String mode = rules.mode(fields);
    @Nullable String scale = rules.scale(fields, model);
    List<String> overrides = overrides(fields, template, findings);
    Map<String, String> environment = environment(fields, template, findings);
    List<String> secrets = secrets(fields, findings);
    List<CloudCandidate> clouds = CloudsReader.read(fields, catalog.clouds(), findings);
    Optional<Boolean> spot = fields.bool("spot");
    Optional<Budget> budget =
        fields.object("budget").flatMap(given -> BudgetReader.read(given, findings));
    Map<String, String> labels = labels(fields, findings);
    Optional<String> owner = owner(fields, findings);
    Map<String, String> parameters = template == null ? Map.of() : rules.parameters(fields);
    ResumeWish resume = template == null ? new ResumeWish.Anew() : rules.resume(fields);
    fields.refuseOthers(FIELDS);

    if (!findings.isEmpty() || template == null) {
      return new Verdict.Invalid(findings.toList());
    }
    return new Verdict.Valid(
        new ValidRequest(
            template,
            name == null ? template.friendlyName() : name,
            model,
            mode,
            scale,
            scale == null ? null : catalog.accelerators(scale),
            clouds.isEmpty() ? places(template, scale) : clouds,
            spot.orElse(template.foreign() ? null : (Boolean) template.spot()),
            overrides,
            environment,
            secrets,
            budget.orElse(null),
            labels,
            owner.orElse(null),
            parameters,
            resume));
  }

  private static TemplateHeader headerOfNone(ObjectNode request) {
    return request.hasNonNull("task") ? TemplateHeader.foreignSilent() : TemplateHeader.SILENT;
  }

  /** Where a run goes whose request names no cloud; empty means that its task says where. */
  private List<CloudCandidate> places(TaskTemplate template, @Nullable String scale) {
    boolean own = template.foreign() || (scale == null && !template.machines().clouds().isEmpty());
    return own ? List.of() : catalog.cloudOrder();
  }

  private Optional<TaskTemplate> template(Fields fields, Findings findings) {
    Optional<String> task = fields.text("task");
    if (task.isPresent()) {
      if (fields.text("template").isPresent()) {
        findings.add("task", Code.EXCLUSIVE, "a request has a template or a task, not both");
      }
      if (!catalog.foreignTasks()) {
        findings.add("task", Code.UNSUPPORTED, "only templates are launched here");
        return Optional.empty();
      }
      return new ForeignTaskRule(catalog.secrets(), findings).read(task.get());
    }
    String name = or(fields, "template", catalog.defaultTemplate());
    return switch (templates.find(name)) {
      case TemplateSearch.Found found -> Optional.of(found.template());
      case TemplateSearch.Missing ignored -> {
        List<String> known = templates.names();
        findings.add(
            "template",
            Code.UNKNOWN_TEMPLATE,
            "there is no template \""
                + Texts.shown(name)
                + "\"; there are: "
                + String.join(", ", known)
                + Texts.didYouMean(name, known));
        yield Optional.empty();
      }
      case TemplateSearch.Unusable unusable -> {
        findings.add(
            "template",
            Code.UNUSABLE_TEMPLATE,
            "the template " + name + " cannot be used: " + unusable.reason());
        yield Optional.empty();
      }
    };
  }

  private static Optional<String> name(
      Fields fields, @Nullable TaskTemplate template, Findings findings) {
    Optional<String> asked = fields.text("name");
    Optional<String> name =
        asked.isEmpty() && template != null && template.foreign()
            ? Optional.of(template.friendlyName())
            : asked;
    if (name.isPresent()
        && (name.get().length() > Limits.NAME || !NAME.matcher(name.get()).matches())) {
      findings.add(
          asked.isPresent() ? "name" : "task.name",
          Code.BAD_FORMAT,
          "a name matches " + NAME.pattern() + " and has at most " + Limits.NAME + " characters");
    }
    return name;
  }

  private static List<String> overrides(
      Fields fields, @Nullable TaskTemplate template, Findings findings) {
    OverrideUse use =
        template == null ? TemplateHeader.SILENT.overrides() : template.header().overrides();
    List<String> overrides = new ArrayList<>();
    for (Located<String> override : fields.texts("overrides", Limits.OVERRIDES)) {
      OverrideRule.check(override.value(), use)
          .ifPresent(found -> findings.add(override.path(), found.code(), found.message()));
      overrides.add(override.value());
    }
    if (!use.taken() && !overrides.isEmpty()) {
      findings.add("overrides", Code.UNSUPPORTED, "jobs of this template take no overrides");
    }
    int total = overrides.stream().mapToInt(String::length).sum();
    if (total > Limits.OVERRIDES_TOTAL) {
      findings.add(
          "overrides",
          Code.BAD_LENGTH,
          "has "
              + total
              + " characters in all, at most "
              + Limits.OVERRIDES_TOTAL
              + " are allowed");
    }
    return overrides;
  }

  private static Map<String, String> environment(
      Fields fields, @Nullable TaskTemplate template, Findings findings) {
    Map<String, String> environment = new TreeMap<>();
    fields
        .textsByKey("environment", Limits.VARIABLES)
        .forEach(
            (name, value) -> {
              EnvironmentRule.checkName(name, template)
                  .or(() -> EnvironmentRule.checkValue(value.value()))
                  .ifPresent(found -> findings.add(value.path(), found.code(), found.message()));
              environment.put(name, value.value());
            });
    return environment;
  }

  private List<String> secrets(Fields fields, Findings findings) {
    List<String> secrets = new ArrayList<>(catalog.standingSecrets());
    List<String> asked = new ArrayList<>();
    for (Located<String> secret : fields.texts("secrets", Limits.SECRETS)) {
      Optional<String> known =
          Words.known(
              secret.path(), secret.value(), Code.UNKNOWN_SECRET, catalog.secrets(), findings);
      if (known.isPresent() && asked.contains(secret.value())) {
        findings.add(secret.path(), Code.DUPLICATE, secret.value() + " is listed twice");
      }
      asked.add(secret.value());
    }
    asked.stream().filter(name -> !secrets.contains(name)).forEach(secrets::add);
    return secrets;
  }

  private static Map<String, String> labels(Fields fields, Findings findings) {
    Map<String, String> labels = new TreeMap<>();
    fields
        .textsByKey("labels", Limits.LABELS)
        .forEach(
            (key, value) -> {
              LabelRule.check(key, value.value())
                  .ifPresent(found -> findings.add(value.path(), found.code(), found.message()));
              labels.put(key, value.value());
            });
    return labels;
  }

  private static Optional<String> owner(Fields fields, Findings findings) {
    Optional<String> owner = fields.text("owner");
    if (owner.isPresent() && (owner.get().isBlank() || owner.get().length() > Limits.OWNER)) {
      findings.add("owner", Code.BAD_LENGTH, "an owner has 1 to " + Limits.OWNER + " characters");
    } else if (owner.isPresent() && Texts.hasBadCharacter(owner.get())) {
      findings.add(
          "owner",
          Code.BAD_CHARACTER,
          "an owner must not hold control characters or invisible ones");
    }
    return owner;
  }

  private static String or(Fields fields, String field, String otherwise) {
    return fields.text(field).orElse(otherwise);
  }
}
