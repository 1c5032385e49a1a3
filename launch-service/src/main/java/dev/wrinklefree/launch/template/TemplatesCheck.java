package dev.wrinklefree.launch.template;

import dev.wrinklefree.launch.catalog.LaunchConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready only with a usable default template: without it nearly every request would be rejected. */
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
    TemplateSearch search;
    try {
      search = templates.find(config.defaultTemplate());
    } catch (UncheckedIOException e) {
      return response.down().withData("unreadable", String.valueOf(e.getMessage())).build();
    }
    return switch (search) {
      case TemplateSearch.Found found -> response.up().build();
      case TemplateSearch.Missing missing ->
          response.down().withData("missing", config.defaultTemplate()).build();
      case TemplateSearch.Unusable unusable ->
          response.down().withData(config.defaultTemplate(), unusable.reason()).build();
    };
  }
}
