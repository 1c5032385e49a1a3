package dev.wrinklefree.launch.template;

import dev.wrinklefree.launch.catalog.Catalog;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the template library from its configuration. */
@Singleton
class TemplateBeans {

  @Produces
  @Singleton
  TemplateLibrary templateLibrary(TemplatesConfig config, Catalog catalog) {
    return new TemplateLibrary(config.directory(), catalog.scales().keySet());
  }
}
