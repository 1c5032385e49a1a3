package dev.wrinklefree.cli.command;

import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.output.RunTable;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.rest.EventStream;
import dev.wrinklefree.cli.rest.PartialView;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.run.RunFilter;
import dev.wrinklefree.cli.run.RunList;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Shows runs as they change: a terminal is drawn anew, elsewhere each change is a line. The
 * services' event streams say when to look; what they do not tell is looked for now and then.
 */
final class RunsWatch {

  /** With a stream that tells, money is all that changes in between. */
  private static final int POLLS_PER_LOOK = 5;

  private final WfContext context;
  private final PrintWriter out;
  private final PrintWriter err;
  private final int most;
  private final RunFilter filter;
  private final Semaphore changes = new Semaphore(0);
  private volatile boolean told;

  RunsWatch(WfContext context, PrintWriter out, PrintWriter err, int most, RunFilter filter) {
    this.context = context;
    this.out = out;
    this.err = err;
    this.most = most;
    this.filter = filter;
  }

  int run(boolean json) throws InterruptedException {
    RunTable table = new RunTable(new Style(context.ansi()));
    RunList list = new RunList(context.services());
    Map<String, String> shown = new HashMap<>();
    listen(Service.LAUNCH, "/launches/events");
    listen(Service.MONITOR, "/jobs/events");
    while (!Thread.currentThread().isInterrupted()) {
      changes.drainPermits();
      PartialView view = new PartialView();
      List<RunList.Line> lines = list.newest(most, filter, view);
      if (json) {
        printChanged(
            lines, shown, line -> RunsCommand.json(context, List.of(line)).at("/runs/0") + "");
      } else if (context.terminal()) {
        draw(table, lines);
      } else {
        Instant now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        printChanged(lines, shown, line -> now + "  " + table.change(line));
      }
      view.conclude(err);
      out.flush();
      await();
    }
    return ExitCode.OK;
  }

  private void draw(RunTable table, List<RunList.Line> lines) {
    StringBuilder screen = new StringBuilder("\u001b[H");
    Instant now = context.clock().instant();
    table.table(lines, now).lines().forEach(line -> screen.append(line).append("\u001b[K\n"));
    screen.append("\u001b[K\n").append(now.truncatedTo(ChronoUnit.SECONDS));
    screen.append("  Ctrl-C ends it.\u001b[K\n\u001b[J");
    out.print(screen);
  }

  private void printChanged(
      List<RunList.Line> lines,
      Map<String, String> shown,
      java.util.function.Function<RunList.Line, String> text) {
    for (RunList.Line line : lines.reversed()) {
      // Money moves all the time; a line is worth a new state or place.
      String key = line.run().stateWord() + placement(line);
      if (!key.equals(shown.put(line.run().runId(), key))) {
        out.println(text.apply(line));
      }
    }
  }

  private static String placement(RunList.Line line) {
    return line.run().job() == null ? "" : line.run().job().path("placement").toString();
  }

  private void await() throws InterruptedException {
    long poll = context.pollInterval().toMillis();
    if (changes.tryAcquire(told ? POLLS_PER_LOOK * poll : poll, TimeUnit.MILLISECONDS)) {
      // Events come in flocks: one look is enough for those of the same moment.
      TimeUnit.MILLISECONDS.sleep(Math.min(poll, 200));
    }
  }

  /** Where a service has no such stream, or it breaks off, looking now and then remains. */
  private void listen(Service service, String path) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (EventStream events = context.services().events(service, path, null)) {
                told = true;
                while (events.next().isPresent()) {
                  changes.release();
                }
              } catch (IOException | dev.wrinklefree.cli.WfException e) {
                // As above.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                told = false;
              }
            });
  }
}
