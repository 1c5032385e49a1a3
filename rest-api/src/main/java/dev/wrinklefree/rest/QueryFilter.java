package dev.wrinklefree.rest;

import dev.wrinklefree.contract.value.Violation;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;

/**
 * Refuses queries with a NUL character. It is part of no word that anybody looks for, and no
 * PostgreSQL text can hold it: without this, looking for it would be an error of the service.
 */
@Provider
class QueryFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    List<Violation> violations =
        request.getUriInfo().getQueryParameters().entrySet().stream()
            .filter(parameter -> hasNul(parameter.getKey()) || anyHasNul(parameter))
            .map(
                parameter ->
                    new Violation(
                        parameter.getKey().replace('\0', '?'),
                        "bad-character",
                        "must not hold a NUL character"))
            .toList();
    if (!violations.isEmpty()) {
      throw Problems.badParameters(violations);
    }
  }

  private static boolean anyHasNul(Map.Entry<String, List<String>> parameter) {
    return parameter.getValue().stream().anyMatch(QueryFilter::hasNul);
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }
}
