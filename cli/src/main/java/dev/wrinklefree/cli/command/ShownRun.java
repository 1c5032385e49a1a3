package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.output.RunStory;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.rest.PartialView;
import dev.wrinklefree.cli.run.RunFacts;
import java.io.PrintWriter;

/** Shows a run in full. */
final class ShownRun {

  private final WfContext context;
  private final PrintWriter out;
  private final PrintWriter err;

  ShownRun(WfContext context, PrintWriter out, PrintWriter err) {
    this.context = context;
    this.out = out;
    this.err = err;
  }

  /** Returns the exit code. */
  int show(String run, boolean json) throws InterruptedException {
    PartialView view = new PartialView();
    RunFacts facts = RunFacts.of(run, context.services(), view);
    if (json) {
      out.println(document(facts));
    } else {
      new RunStory(new Style(context.ansi()), context.clock().instant())
          .lines(facts)
          .forEach(out::println);
    }
    return view.conclude(err);
  }

  private ObjectNode document(RunFacts facts) {
    ObjectNode document = context.services().mapper().createObjectNode();
    document.put("runId", facts.run().runId()).put("state", facts.run().stateWord());
    document.set("launch", facts.run().launch());
    document.set("job", facts.run().job());
    document.set("progress", facts.progress());
    document.set("checkpoints", facts.checkpoints());
    document.set("cost", facts.cost());
    document.set("alerts", facts.alerts());
    return document;
  }
}
