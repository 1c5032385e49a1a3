package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wf status}: are the services well? */
@Command(
    name = "status",
    description = "Tell whether the services are well.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Asks this context's services. */
  public StatusCommand(WfContext context) {
    this.context = context;
  }

  private record Health(Service service, boolean ready, String why) {}

  @Override
  public Integer call() throws InterruptedException {
    List<Health> all = new ArrayList<>();
    for (Service service : Service.values()) {
      all.add(health(service));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(json(all));
    } else {
      table(all).lines().forEach(out::println);
    }
    return all.stream().allMatch(Health::ready) ? ExitCode.OK : ExitCode.UNREACHABLE;
  }

  private Health health(Service service) throws InterruptedException {
    try {
      HttpResponse<String> response = context.services().readiness(service);
      return new Health(service, response.statusCode() == 200, why(response));
    } catch (WfException e) {
      return new Health(service, false, String.valueOf(e.getMessage()));
    }
  }

  /** Names the checks that are down, with the data they give. */
  private String why(HttpResponse<String> response) {
    if (response.statusCode() == 200) {
      return "";
    }
    StringJoiner why = new StringJoiner("; ");
    try {
      for (JsonNode check : context.services().mapper().readTree(response.body()).path("checks")) {
        if ("DOWN".equals(check.path("status").asText())) {
          JsonNode data = check.path("data");
          why.add(check.path("name").asText() + (data.isEmpty() ? "" : " " + data));
        }
      }
    } catch (JsonProcessingException e) {
      why.add("HTTP status " + response.statusCode());
    }
    return why.toString();
  }

  private Table table(List<Health> all) {
    Services services = context.services();
    Style style = new Style(context.ansi());
    Table table = new Table("SERVICE", "ADDRESS", "READY", "WHY");
    for (Health health : all) {
      table.row(
          health.service().serviceName(),
          services.addresses().url(health.service()).toString(),
          health.ready() ? style.colour("green", "yes") : style.colour("red", "no"),
          health.why());
    }
    return table;
  }

  private ObjectNode json(List<Health> all) {
    ObjectNode document = context.services().mapper().createObjectNode();
    ArrayNode services = document.putArray("services");
    for (Health health : all) {
      ObjectNode entry =
          services
              .addObject()
              .put("service", health.service().serviceName())
              .put("address", context.services().addresses().url(health.service()).toString())
              .put("ready", health.ready());
      if (!health.why().isEmpty()) {
        entry.put("why", health.why());
      }
    }
    return document;
  }
}
