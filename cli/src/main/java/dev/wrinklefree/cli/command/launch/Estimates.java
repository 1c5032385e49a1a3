package dev.wrinklefree.cli.command.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.rest.Query;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;

/** What a run would cost, as cost-service reckons. */
final class Estimates {

  private Estimates() {}

  static JsonNode ask(Services services, String model, String scale) throws InterruptedException {
    return services.get(
        Service.COST, new Query("/estimates").and("model", model).and("scale", scale).toString());
  }
}
