package dev.wrinklefree.cli.command.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.command.OutputOption;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.cli.rest.PartialView;
import dev.wrinklefree.cli.rest.Pending;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wf webhooks list}. */
@Command(
    name = "list",
    description = "List your webhooks of all services, and how their deliveries go.",
    mixinStandardHelpOptions = true)
final class ListWebhooks implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  ListWebhooks(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    List<Pending> asked =
        Arrays.stream(Service.values()).map(s -> services.ask(s, "/webhooks?limit=1000")).toList();
    PartialView view = new PartialView();
    ArrayNode all = services.mapper().createArrayNode();
    for (Pending pending : asked) {
      Optional<JsonNode> answer = view.find(pending);
      if (answer.isPresent()) {
        for (JsonNode webhook : answer.get().path("webhooks")) {
          all.add(Tellers.named(services, pending.service(), webhook));
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      ObjectNode document = services.mapper().createObjectNode();
      document.set("webhooks", all);
      out.println(document);
    } else if (all.isEmpty()) {
      out.println("You have no webhook. Make one: wf webhooks add URL");
    } else {
      print(all, out);
    }
    return view.conclude(spec.commandLine().getErr());
  }

  private void print(JsonNode webhooks, PrintWriter out) {
    Table table =
        new Table("SERVICE", "ID", "RUN", "DELIVERED", "PENDING", "DEAD", "LAST FAILURE", "URL");
    for (JsonNode webhook : webhooks) {
      String disabled = webhook.path("disabledReason").asText("");
      table.row(
          webhook.path("service").asText(),
          webhook.path("id").asText(),
          webhook.path("runId").asText("all"),
          Humane.ago(webhook.path("lastDeliveredAt"), context.clock().instant()),
          webhook.path("pending").asText("0"),
          webhook.path("deadLetters").asText("0"),
          disabled.isEmpty() ? webhook.path("lastFailure").asText("") : "disabled: " + disabled,
          webhook.path("url").asText());
    }
    table.lines().forEach(out::println);
  }
}
