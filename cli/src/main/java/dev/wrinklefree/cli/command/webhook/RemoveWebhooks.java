package dev.wrinklefree.cli.command.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.command.OutputOption;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf webhooks remove}. */
@Command(
    name = "remove",
    description = "End webhooks, with what is pending and given up. None if one is unknown.",
    mixinStandardHelpOptions = true)
final class RemoveWebhooks implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "ID", arity = "1..*", description = "As wf webhooks list shows it.")
  private List<String> ids = new ArrayList<>();

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  RemoveWebhooks(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    Map<String, Service> holders = new LinkedHashMap<>();
    for (String id : ids) {
      holders.put(id, Tellers.holder(services, id));
    }
    ObjectNode document = services.mapper().createObjectNode();
    ArrayNode removed = document.putArray("removed");
    for (Map.Entry<String, Service> holder : holders.entrySet()) {
      services.delete(holder.getValue(), "/webhooks/" + holder.getKey());
      removed.add(holder.getKey());
      if (!output.isJson()) {
        spec.commandLine().getOut().println("Removed " + holder.getKey());
      }
    }
    if (output.isJson()) {
      spec.commandLine().getOut().println(document);
    }
    return ExitCode.OK;
  }
}
