package dev.wrinklefree.cli.command;

import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.run.Run;
import dev.wrinklefree.cli.run.RunFinder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf logs}: what the task printed. */
@Command(
    name = "logs",
    description = "Print a run's log; with -f until the run ends.",
    mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RUN", description = "Run id, or the name of the only live run.")
  private String run = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the run ends.")
  private boolean follow;

  @Option(names = "--tail", paramLabel = "N", description = "Only the last N lines.")
  private @Nullable Integer tail;

  @Mixin private OutputOption output = new OutputOption();

  /** The line printed last; a stream that is opened again begins with it. */
  private @Nullable String last;

  private final WfContext context;

  /** Reads logs through this context's services. */
  public LogsCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    RunFinder finder = new RunFinder(context.services());
    Run found = finder.find(run);
    InputStream log = open(found, tail);
    while (!copied(log)) {
      found = finder.refreshed(found);
      if (!follow || !found.isLive()) {
        throw new WfException(
            ExitCode.UNREACHABLE,
            "the log stream of " + found.runId() + " broke off; run it again");
      }
      // The service follows through recoveries; it was restarted, or the line was cut.
      spec.commandLine()
          .getErr()
          .println("The log stream broke off; following again. A few lines may be missing.");
      spec.commandLine().getErr().flush();
      Thread.sleep(context.pollInterval());
      log = open(found, 1);
    }
    return ExitCode.OK;
  }

  /** Whether the stream came to its end, and was not cut. */
  private boolean copied(InputStream log) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8))) {
      print(lines);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private InputStream open(Run found, @Nullable Integer lastLines) throws InterruptedException {
    String path =
        "/jobs/"
            + found.runId()
            + "/logs?follow="
            + follow
            + (lastLines == null ? "" : "&tail=" + lastLines);
    RunFinder finder = new RunFinder(context.services());
    Run now = found;
    boolean told = false;
    while (true) {
      Optional<InputStream> log = context.services().stream(Service.MONITOR, path);
      if (log.isPresent()) {
        return log.get();
      }
      if (!follow || !now.isLive()) {
        throw new WfException(
            ExitCode.NOT_FOUND,
            found.runId() + " has no log yet: its job has not started. Wait for it with -f.");
      }
      if (!told) {
        spec.commandLine().getErr().println("Waiting for " + found.runId() + " to start …");
        told = true;
      }
      Thread.sleep(context.pollInterval());
      now = finder.refreshed(now);
    }
  }

  private void print(BufferedReader lines) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String line = lines.readLine();
    if (line != null && line.equals(last)) {
      line = lines.readLine();
    }
    while (line != null) {
      last = line;
      if (output.isJson()) {
        out.println(context.services().mapper().createObjectNode().put("line", line));
      } else {
        out.println(line);
      }
      out.flush();
      line = lines.readLine();
    }
  }
}
