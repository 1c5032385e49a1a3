package dev.wrinklefree.launch.validation;

import dev.wrinklefree.launch.catalog.Catalog;
import dev.wrinklefree.launch.template.TemplateLibrary;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one validator. */
@Singleton
class ValidationBeans {

  @Produces
  @Singleton
  LaunchRequestValidator launchRequestValidator(Catalog catalog, TemplateLibrary templates) {
    return new LaunchRequestValidator(catalog, templates);
  }
}
