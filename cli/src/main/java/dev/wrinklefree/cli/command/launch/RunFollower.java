package dev.wrinklefree.cli.command.launch;

import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.TrainingText;
import dev.wrinklefree.cli.rest.Pending;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.run.Run;
import dev.wrinklefree.cli.run.RunEnd;
import dev.wrinklefree.cli.run.RunFinder;
import dev.wrinklefree.cli.run.RunState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;
import picocli.CommandLine;

/** Waits for a run's end and tells each state on the way. */
final class RunFollower {

  private final WfContext context;
  private final PrintWriter out;
  private final PrintWriter err;

  RunFollower(WfContext context, CommandLine commandLine) {
    this.context = context;
    this.out = commandLine.getOut();
    this.err = commandLine.getErr();
  }

  /**
   * Follows until the run ends.
   *
   * @param json whether only the end is printed, as JSON
   * @return the exit code of the run's outcome
   */
  int follow(String runId, boolean json) throws InterruptedException {
    Instant began = context.clock().instant();
    RunFinder finder = new RunFinder(context.services());
    Run run = awaitKnown(finder, runId);
    String told = "";
    while (true) {
      String word = RunState.word(run.launch(), run.job());
      if (!word.equals(told) && !json) {
        Duration since = Duration.between(began, context.clock().instant());
        out.printf("  %8s  %s%n", Humane.duration(since), word);
        out.flush();
      }
      told = word;
      RunEnd end = run.end();
      if (end != null) {
        tellEnd(run, end, json);
        return end.exitCode();
      }
      if (context.terminal() && !json) {
        tellProgress(run);
      }
      Thread.sleep(context.pollInterval());
      run = finder.refreshed(run);
      context.services().progress().done();
    }
  }

  /** What there is to see while it runs. */
  private void tellProgress(Run run) throws InterruptedException {
    Pending training = context.services().ask(Service.MONITOR, "/progress/" + run.runId());
    Pending money = context.services().ask(Service.COST, "/costs/" + run.runId());
    StringJoiner line = new StringJoiner(", ");
    training.find().map(TrainingText::line).ifPresent(line::add);
    money
        .find()
        .map(cost -> Humane.money(cost.path("spent")))
        .filter(spent -> !spent.isEmpty())
        .ifPresent(spent -> line.add("spent " + spent));
    context.services().progress().say(line.length() == 0 ? "waiting" : line.toString());
  }

  /** The launch is an event on its way: it is known to the service a moment after it was taken. */
  private Run awaitKnown(RunFinder finder, String runId) throws InterruptedException {
    while (context.services().find(Service.LAUNCH, "/launches/" + runId).isEmpty()) {
      Thread.sleep(context.pollInterval());
    }
    return finder.find(runId);
  }

  private void tellEnd(Run run, RunEnd end, boolean json) throws InterruptedException {
    var cost = context.services().find(Service.COST, "/costs/" + run.runId());
    if (json) {
      var document = context.services().mapper().createObjectNode();
      document.put("runId", run.runId());
      document.set("launch", run.launch());
      document.set("job", run.job());
      document.set("cost", cost.orElse(null));
      out.println(document);
      return;
    }
    String spent = cost.map(c -> Humane.money(c.path("spent"))).orElse("");
    PrintWriter where = end.exitCode() == ExitCode.OK ? out : err;
    where.println(end.sentence() + (spent.isEmpty() ? "" : " It cost " + spent + "."));
    where.flush();
  }
}
