package dev.wrinklefree.cli;

import dev.wrinklefree.cli.command.AlertsCommand;
import dev.wrinklefree.cli.command.AuditCommand;
import dev.wrinklefree.cli.command.CancelCommand;
import dev.wrinklefree.cli.command.CheckCommand;
import dev.wrinklefree.cli.command.CheckpointsCommand;
import dev.wrinklefree.cli.command.CompletionCommand;
import dev.wrinklefree.cli.command.CostCommand;
import dev.wrinklefree.cli.command.DeadLettersCommand;
import dev.wrinklefree.cli.command.EventsCommand;
import dev.wrinklefree.cli.command.LogsCommand;
import dev.wrinklefree.cli.command.RetiredCommand;
import dev.wrinklefree.cli.command.RunsCommand;
import dev.wrinklefree.cli.command.ShowCommand;
import dev.wrinklefree.cli.command.StatusCommand;
import dev.wrinklefree.cli.command.WandbStatusCommand;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.command.launch.DlmCommand;
import dev.wrinklefree.cli.command.launch.EstimateCommand;
import dev.wrinklefree.cli.command.launch.EvalCommand;
import dev.wrinklefree.cli.command.launch.Fairy2Command;
import dev.wrinklefree.cli.command.launch.LaunchCommand;
import dev.wrinklefree.cli.command.launch.SmokeCommand;
import dev.wrinklefree.cli.command.launch.TemplatesCommand;
import dev.wrinklefree.cli.command.launch.TrainCommand;
import dev.wrinklefree.cli.command.webhook.WebhooksCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands by their names, each made when it is asked for: reading the annotations of all of
 * them takes longer than most of them run.
 */
final class Commands {

  private final Map<String, Supplier<CommandLine>> makers = new LinkedHashMap<>();

  /**
   * All commands.
   *
   * @param whole makes wf with all of them
   */
  Commands(WfContext context, Supplier<CommandLine> whole) {
    add("fairy2", () -> new Fairy2Command(context));
    add("train", () -> new TrainCommand(context));
    add("dlm", () -> new DlmCommand(context));
    add("eval", () -> new EvalCommand(context));
    add("smoke", () -> new SmokeCommand(context));
    add("launch", () -> new LaunchCommand(context));
    add("templates", () -> new TemplatesCommand(context));
    add("estimate", () -> new EstimateCommand(context));
    add("runs", () -> new RunsCommand(context));
    add("show", () -> new ShowCommand(context));
    add("logs", () -> new LogsCommand(context));
    add("events", () -> new EventsCommand(context));
    add("checkpoints", () -> new CheckpointsCommand(context));
    add("cost", () -> new CostCommand(context));
    add("wandb-status", () -> new WandbStatusCommand(context));
    add("alerts", () -> new AlertsCommand(context));
    add("cancel", () -> new CancelCommand(context));
    add("check", () -> new CheckCommand(context));
    add("status", () -> new StatusCommand(context));
    add("audit", () -> new AuditCommand(context));
    makers.put("webhooks", () -> WebhooksCommand.line(context));
    makers.put("dead-letters", () -> DeadLettersCommand.line(context));
    add("completion", () -> new CompletionCommand(whole));
    retire("build", "runs use SkyPilot's own set-up and need no image of ours");
    retire("serve", "this platform trains; serve with: sky serve up");
    retire("serve-down", "this platform trains; stop a service with: sky serve down");
    retire("serve-status", "this platform trains; look at services with: sky serve status");
    retire("distill", "use: wf train --stage 3");
    retire("tcs-distill", "use: wf launch TASK.yaml with that task");
    retire("setup", "use: wf check");
    retire("sky", "use: wf launch TASK.yaml");
  }

  /** Whether there is such a command. */
  boolean has(String name) {
    return makers.containsKey(name);
  }

  /** Adds that one alone. */
  void addTo(CommandLine line, String name) {
    Supplier<CommandLine> maker = makers.get(name);
    if (maker != null) {
      line.addSubcommand(name, maker.get());
    }
  }

  /** Adds all of them. */
  void addAllTo(CommandLine line) {
    makers.forEach((name, maker) -> line.addSubcommand(name, maker.get()));
  }

  private void add(String name, Supplier<Object> maker) {
    makers.put(name, () -> new CommandLine(maker.get()));
  }

  private void retire(String name, String instead) {
    makers.put(
        name,
        () -> {
          RetiredCommand command = new RetiredCommand(instead);
          CommandLine line = new CommandLine(command);
          line.getCommandSpec().usageMessage().hidden(true).description(command.description());
          return line;
        });
  }
}
