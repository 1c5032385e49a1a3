package dev.wrinklefree.cli.command.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.command.OutputOption;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf webhooks dead-letters}. */
@Command(
    name = "dead-letters",
    description = "List what could not be delivered, newest first, or send it again.",
    mixinStandardHelpOptions = true)
final class WebhookDeadLetters implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "ID", description = "As wf webhooks list shows it.")
  private String id = "";

  @Option(names = "--redeliver", description = "Send all of them again, in order.")
  private boolean redeliver;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  WebhookDeadLetters(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    Service holder = Tellers.holder(services, id);
    String path = "/webhooks/" + id + "/dead-letters";
    PrintWriter out = spec.commandLine().getOut();
    if (redeliver) {
      JsonNode answer =
          services.post(holder, path + "/redeliver", services.mapper().createObjectNode());
      out.println(
          output.isJson()
              ? answer
              : answer.path("redelivered").asText() + " are sent again. See: wf webhooks list");
      return ExitCode.OK;
    }
    JsonNode answer = services.get(holder, path + "?limit=1000");
    if (output.isJson()) {
      out.println(answer);
      return ExitCode.OK;
    }
    Table table = new Table("DELIVERY", "RUN", "TYPE", "GIVEN UP", "TRIES", "REASON");
    for (JsonNode letter : answer.path("deadLetters")) {
      table.row(
          letter.path("deliveryId").asText(),
          letter.path("runId").asText(""),
          letter.path("type").asText(""),
          Humane.ago(letter.path("deadAt"), context.clock().instant()),
          letter.path("tries").asText(""),
          letter.path("reason").asText(""));
    }
    if (table.isEmpty()) {
      out.println("Everything was delivered, or still is being tried.");
    } else {
      table.lines().forEach(out::println);
    }
    return ExitCode.OK;
  }
}
