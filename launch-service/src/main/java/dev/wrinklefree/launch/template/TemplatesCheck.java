package dev.wrinklefree.launch.template;

import dev.wrinklefree.launch.catalog.LaunchConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready only with a usable default template: without it nearly every request would be rejected. Any
 * other that cannot be used is listed with its reason.
 */
@Readiness
@ApplicationScoped
class TemplatesCheck implements HealthCheck {

  private final TemplateLibrary templates;
  private final LaunchConfig config;

  TemplatesCheck(TemplateLibrary templates, LaunchConfig config) {
    this.templates = templates;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("task-templates")
            .withData("directory", templates.directory().toString());
    boolean usable = false;
    for (String name : templates.names()) {
      Optional<String> problem = problem(name);
      usable |= problem.isEmpty() && name.equals(config.defaultTemplate());
      problem.ifPresent(reason -> response.withData(name, reason));
    }
    if (!templates.names().contains(config.defaultTemplate())) {
      response.withData("missing", config.defaultTemplate());
    }
    return (usable ? response.up() : response.down()).build();
  }

  private Optional<String> problem(String name) {
    try {
      return switch (templates.find(name)) {
        case TemplateSearch.Found ignored -> Optional.empty();
        case TemplateSearch.Missing ignored -> Optional.of("it is gone");
        case TemplateSearch.Unusable unusable -> Optional.of(unusable.reason());
      };
    } catch (UncheckedIOException e) {
      return Optional.of("it cannot be read just now");
    }
  }
}
