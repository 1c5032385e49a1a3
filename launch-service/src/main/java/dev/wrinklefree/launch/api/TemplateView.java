package dev.wrinklefree.launch.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wrinklefree.launch.catalog.Catalog;
import dev.wrinklefree.launch.header.ModeRule;
import dev.wrinklefree.launch.header.ModelRule;
import dev.wrinklefree.launch.header.Parameter;
import dev.wrinklefree.launch.header.TemplateHeader;
import dev.wrinklefree.launch.template.TaskTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of job that can be launched.
 *
 * @param name as requests say it
 * @param description one sentence; absent where the template has none
 * @param parameters its own values, in the order of its header
 * @param models the models that it knows by name; empty where it takes none, or any
 * @param anyModel whether it takes models that it does not know by name
 * @param modelRequired whether a request must name a model
 * @param defaultModel model of a request that names none
 * @param modes its modes; empty where it has none
 * @param defaultMode mode of a request that names none
 * @param scales the scales that a request may name
 * @param resume whether it can go on from a checkpoint
 * @param checkpoints whether it writes checkpoints
 * @param friendlyName what its runs are called where a request does not say
 */
public record TemplateView(
    String name,
    @Nullable String description,
    List<ParameterView> parameters,
    List<String> models,
    boolean anyModel,
    boolean modelRequired,
    @Nullable String defaultModel,
    List<String> modes,
    @Nullable String defaultMode,
    List<String> scales,
    boolean resume,
    boolean checkpoints,
    String friendlyName) {

  /**
   * A value that a kind of job takes.
   *
   * @param type string, integer, number, boolean or choice
   * @param byDefault value of a request that gives none
   * @param choices the words of a choice
   * @param pattern regular expression that a string must match
   */
  public record ParameterView(
      String name,
      String type,
      boolean required,
      @JsonProperty("default") @Nullable String byDefault,
      @Nullable List<String> choices,
      @Nullable String pattern,
      @Nullable String description) {

    static ParameterView of(Parameter parameter) {
      return new ParameterView(
          parameter.name(),
          parameter.type().word(),
          parameter.required(),
          parameter.byDefault(),
          parameter.choices().isEmpty() ? null : parameter.choices(),
          parameter.pattern() == null ? null : parameter.pattern().pattern(),
          parameter.description());
    }
  }

  static TemplateView of(TaskTemplate template, Catalog catalog) {
    TemplateHeader header = template.header();
    ModelRule model = header.model();
    return new TemplateView(
        template.name(),
        header.description(),
        header.parameters().stream().map(ParameterView::of).toList(),
        models(model, catalog),
        model instanceof ModelRule.Any,
        isRequired(model),
        defaultModel(model),
        modes(header.mode(), catalog),
        defaultMode(header.mode(), catalog),
        List.copyOf(catalog.scales().keySet()),
        header.resume() != null,
        header.checkpoints() != null,
        template.friendlyName());
  }

  private static List<String> models(ModelRule rule, Catalog catalog) {
    return switch (rule) {
      case ModelRule.AsConfigured ignored -> List.copyOf(catalog.models());
      case ModelRule.None ignored -> List.of();
      case ModelRule.OneOf one -> one.names();
      case ModelRule.Any ignored -> List.of();
    };
  }

  private static boolean isRequired(ModelRule rule) {
    return switch (rule) {
      case ModelRule.AsConfigured ignored -> true;
      case ModelRule.None ignored -> false;
      case ModelRule.OneOf one -> one.required();
      case ModelRule.Any any -> any.required();
    };
  }

  private static @Nullable String defaultModel(ModelRule rule) {
    return switch (rule) {
      case ModelRule.AsConfigured ignored -> null;
      case ModelRule.None ignored -> null;
      case ModelRule.OneOf one -> one.byDefault();
      case ModelRule.Any any -> any.byDefault();
    };
  }

  private static List<String> modes(ModeRule rule, Catalog catalog) {
    return switch (rule) {
      case ModeRule.AsConfigured ignored -> List.copyOf(catalog.modes());
      case ModeRule.None ignored -> List.of();
      case ModeRule.OneOf one -> one.names();
    };
  }

  private static @Nullable String defaultMode(ModeRule rule, Catalog catalog) {
    return switch (rule) {
      case ModeRule.AsConfigured ignored -> catalog.defaultMode();
      case ModeRule.None ignored -> null;
      case ModeRule.OneOf one -> one.byDefault();
    };
  }
}
