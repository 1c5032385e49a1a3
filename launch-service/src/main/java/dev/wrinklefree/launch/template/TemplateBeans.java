package dev.wrinklefree.launch.template;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the template library from its configuration. */
@Singleton
class TemplateBeans {

  @Produces
  @Singleton
  TemplateLibrary templateLibrary(TemplatesConfig config) {
    return new TemplateLibrary(config.directory());
  }
}
