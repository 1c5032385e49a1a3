package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.cli.rest.Query;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.cli.run.RunFinder;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf checkpoints}: what is complete in the bucket. */
@Command(
    name = "checkpoints",
    description = "List complete checkpoints, newest first.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --latest only its address is printed, for use in scripts:",
      "  gsutil cp -r \"$(wf checkpoints RUN --latest)\" ."
    })
public final class CheckpointsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Run id, or the name of the only live run (default: all runs).")
  private @Nullable String run;

  @Option(names = "--latest", description = "Only the address of the newest of that run.")
  private boolean latest;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Asks this context's services. */
  public CheckpointsCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    if (latest && run == null) {
      throw new ParameterException(spec.commandLine(), "--latest needs a RUN");
    }
    String runId = run == null ? null : new RunFinder(services).find(run).runId();
    PrintWriter out = spec.commandLine().getOut();
    if (latest) {
      JsonNode checkpoint =
          services
              .find(Service.CHECKPOINT, "/checkpoints/" + runId + "/latest")
              .orElseThrow(
                  () ->
                      new WfException(
                          ExitCode.NOT_FOUND, runId + " has no complete checkpoint yet"));
      out.println(output.isJson() ? checkpoint : checkpoint.path("uri").asText());
      return ExitCode.OK;
    }
    JsonNode answer =
        services.get(
            Service.CHECKPOINT,
            new Query("/checkpoints").and("limit", limit).and("runId", runId).toString());
    if (output.isJson()) {
      ObjectNode document = services.mapper().createObjectNode();
      document.set("checkpoints", answer.path("checkpoints"));
      out.println(document);
    } else {
      print(answer.path("checkpoints"), out);
    }
    return ExitCode.OK;
  }

  private void print(JsonNode checkpoints, PrintWriter out) {
    Table table = new Table("RUN", "STEP", "WRITTEN", "SIZE", "REVISION", "WHERE");
    for (JsonNode checkpoint : checkpoints) {
      boolean last = "final".equals(checkpoint.path("kind").asText());
      String step = checkpoint.path("step").asText("");
      table.row(
          checkpoint.path("runId").asText(),
          last ? "final" + (step.isEmpty() ? "" : " " + step) : step,
          Humane.ago(checkpoint.path("writtenAt"), context.clock().instant()),
          Humane.bytes(checkpoint.path("totalBytes").asLong()),
          checkpoint.path("revision").asText("1"),
          checkpoint.path("uri").asText());
    }
    if (table.isEmpty()) {
      out.println("There is no complete checkpoint yet.");
    } else {
      table.lines().forEach(out::println);
    }
  }
}
