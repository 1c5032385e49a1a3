package dev.wrinklefree.launch.api;

import dev.wrinklefree.launch.catalog.Catalog;
import dev.wrinklefree.launch.template.TemplateLibrary;
import dev.wrinklefree.launch.template.TemplateSearch;
import dev.wrinklefree.rest.access.Roles;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The kinds of jobs. */
@Path("/templates")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class TemplatesResource {

  private final TemplateLibrary templates;
  private final Catalog catalog;

  TemplatesResource(TemplateLibrary templates, Catalog catalog) {
    this.templates = templates;
    this.catalog = catalog;
  }

  /** The answer. */
  public record Templates(List<TemplateView> templates) {}

  /** All that can be launched now, by name; what is wrong with the others, {@code /checks} says. */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  public Templates list() {
    List<TemplateView> views = new ArrayList<>();
    for (String name : templates.names()) {
      try {
        if (templates.find(name) instanceof TemplateSearch.Found found) {
          views.add(TemplateView.of(found.template(), catalog));
        }
      } catch (UncheckedIOException e) {
        throw LaunchProblems.templatesUnreadable(e);
      }
    }
    return new Templates(views);
  }
}
