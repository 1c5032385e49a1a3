package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.check.Readiness;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  @Override
  public Integer call() throws InterruptedException {
    Map<Service, Readiness> asked = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      asked.put(service, new Readiness(context.services(), service));
    }
    List<Readiness.Health> all = new ArrayList<>();
    for (Map.Entry<Service, Readiness> one : asked.entrySet()) {
      all.add(health(one.getKey(), one.getValue()));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(json(all));
    } else {
      table(all).lines().forEach(out::println);
    }
    return all.stream().allMatch(Readiness.Health::ready) ? ExitCode.OK : ExitCode.UNREACHABLE;
  }

  private static Readiness.Health health(Service service, Readiness asked)
      throws InterruptedException {
    try {
      return asked.health();
    } catch (WfException e) {
      return new Readiness.Health(service, false, String.valueOf(e.getMessage()));
    }
  }

  private Table table(List<Readiness.Health> all) {
    Services services = context.services();
    Style style = new Style(context.ansi());
    Table table = new Table("SERVICE", "ADDRESS", "READY", "WHY");
    for (Readiness.Health health : all) {
      table.row(
          health.service().serviceName(),
          services.addresses().url(health.service()).toString(),
          health.ready() ? style.colour("green", "yes") : style.colour("red", "no"),
          health.why());
    }
    return table;
  }

  private ObjectNode json(List<Readiness.Health> all) {
    ObjectNode document = context.services().mapper().createObjectNode();
    ArrayNode services = document.putArray("services");
    for (Readiness.Health health : all) {
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
