package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.output.TrainingText;
import dev.wrinklefree.cli.rest.Query;
import dev.wrinklefree.cli.rest.Service;
import java.io.PrintWriter;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wf wandb-status}: what W&amp;B last heard of the runs. */
@Command(
    name = "wandb-status",
    description = "Tell what the newest runs last logged to W&B, as monitor-service read it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: wf wandb-status -p wrinklefree-fairy2"})
public final class WandbStatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-e", "--entity"},
      description = "Only runs of this W&B entity.")
  private @Nullable String entity;

  @Option(
      names = {"-p", "--project"},
      description = "Only runs of this W&B project (default: all that the platform follows).")
  private @Nullable String project;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "5",
      description = "How many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit = 5;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Asks this context's services. */
  public WandbStatusCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    JsonNode answer =
        context
            .services()
            .get(
                Service.MONITOR,
                new Query("/progress").and("limit", limit).and("project", project).toString());
    ArrayNode runs = context.services().mapper().createArrayNode();
    for (JsonNode run : answer.path("progress")) {
      // The address of a run's page begins with its entity.
      if (entity == null || run.path("url").asText("").contains("/" + entity + "/")) {
        runs.add(run);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      ObjectNode document = context.services().mapper().createObjectNode();
      document.set("progress", runs);
      out.println(document);
    } else if (runs.isEmpty()) {
      out.println(
          "No run "
              + (project == null ? "" : "of " + project + " ")
              + "has logged anything. Is the W&B key valid? See: wf check");
    } else {
      runs.forEach(run -> print(run, out));
    }
    return ExitCode.OK;
  }

  private void print(JsonNode run, PrintWriter out) {
    String state = run.path("wandbState").asText("unknown");
    out.println(run.path("runId").asText());
    line(out, "State", new Style(context.ansi()).colour(colour(state), state));
    line(out, "URL", run.path("url").asText(""));
    StringJoiner figures = new StringJoiner(" | ");
    figures.add("Step: " + orDash(run.path("step").asText("")));
    figures.add("Loss: " + orDash(TrainingText.loss(run)));
    figures.add("LR: " + orDash(TrainingText.learningRate(run)));
    out.println("   " + figures);
    line(out, "Tokens", TrainingText.tokens(run));
    line(out, "Last heartbeat", Humane.ago(run.path("heartbeatAt"), context.clock().instant()));
  }

  private static void line(PrintWriter out, String name, String value) {
    if (!value.isEmpty()) {
      out.println("   " + name + ": " + value);
    }
  }

  private static String orDash(String value) {
    return value.isEmpty() ? "-" : value;
  }

  private static String colour(String state) {
    return switch (state) {
      case "running", "finished" -> "green";
      case "failed", "crashed", "killed" -> "red";
      default -> "yellow";
    };
  }
}
