package dev.wrinklefree.cli.command.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.Offers;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Checks a launch request and tells what it would cost. It asks an address of its own: a service
 * that does not know it answers 404 and launches nothing.
 */
final class DryRun {

  private final Services services;
  private final PrintWriter out;

  DryRun(WfContext context, PrintWriter out) {
    this.services = context.services();
    this.out = out;
  }

  /** Returns the exit code; a request that would be rejected is rejected here, too. */
  int run(ObjectNode request, boolean json) throws InterruptedException {
    JsonNode plan = services.post(Service.LAUNCH, "/dry-runs", request);
    Optional<JsonNode> estimate =
        plan.has("model") && plan.has("scale")
            ? Optional.of(
                Estimates.ask(services, plan.get("model").asText(), plan.get("scale").asText()))
            : Optional.empty();
    if (json) {
      ObjectNode document = services.mapper().createObjectNode();
      document.set("plan", plan);
      document.set("estimate", estimate.orElse(null));
      out.println(document);
      return ExitCode.OK;
    }
    out.println("This would be launched; nothing was.");
    plan.fields().forEachRemaining(field -> tell(field.getKey(), Humane.plain(field.getValue())));
    if (estimate.isPresent()) {
      out.println();
      Offers.lines(estimate.get(), plan.path("spot").asBoolean()).forEach(out::println);
    } else {
      out.println("What it would cost is not known before it runs.");
    }
    return ExitCode.OK;
  }

  private void tell(String name, String value) {
    if (!value.isEmpty()) {
      out.printf("  %-12s %s%n", name, value);
    }
  }
}
