package dev.wrinklefree.cli.command.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.command.OutputOption;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.rest.Services;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf webhooks ping}. */
@Command(
    name = "ping",
    description = "Send a signed test event now; exit code 1 unless the receiver takes it.",
    mixinStandardHelpOptions = true)
final class PingWebhook implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "ID", description = "As wf webhooks list shows it.")
  private String id = "";

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  PingWebhook(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    JsonNode ping =
        services.post(
            Tellers.holder(services, id),
            "/webhooks/" + id + "/ping",
            services.mapper().createObjectNode());
    boolean delivered = ping.path("delivered").asBoolean();
    spec.commandLine()
        .getOut()
        .println(
            output.isJson()
                ? ping
                : (delivered ? "Delivered: " : "Not delivered: ")
                    + ping.path("answer").asText()
                    + ", "
                    + ping.path("millis").asText()
                    + " ms");
    return delivered ? ExitCode.OK : ExitCode.UNEXPECTED;
  }
}
