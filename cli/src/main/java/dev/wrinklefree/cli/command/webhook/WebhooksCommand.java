package dev.wrinklefree.cli.command.webhook;

import dev.wrinklefree.cli.command.WfContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wf webhooks}: has events sent to an address. */
@Command(
    name = "webhooks",
    description = {
      "Have the services send events to an address of yours, signed (HMAC-SHA256), with retries.",
      "Each service sends its own events: one webhook per service, all with the same secret."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class WebhooksCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private WebhooksCommand() {}

  /** The command with its subcommands. */
  public static CommandLine line(WfContext context) {
    return new CommandLine(new WebhooksCommand())
        .addSubcommand(new AddWebhook(context))
        .addSubcommand(new ListWebhooks(context))
        .addSubcommand(new RemoveWebhooks(context))
        .addSubcommand(new PingWebhook(context))
        .addSubcommand(new WebhookDeadLetters(context));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which command: add, list, remove, ping or dead-letters?");
  }
}
