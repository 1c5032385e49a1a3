package dev.wrinklefree.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.run.Run;
import dev.wrinklefree.cli.run.RunList;
import dev.wrinklefree.cli.run.RunState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs, one line each. */
public final class RunTable {

  private final Style style;

  /** Prints it in this style. */
  public RunTable(Style style) {
    this.style = style;
  }

  /** The table; its head alone where there are none. */
  public Table table(List<RunList.Line> lines, Instant now) {
    Table table = new Table("RUN", "NAME", "STATE", "GPUS", "WHERE", "REQUESTED", "COST");
    for (RunList.Line line : lines) {
      Run run = line.run();
      table.row(
          run.runId(),
          run.launch().path("name").asText(""),
          state(run),
          Offers.gpus(run.launch().path("accelerators")),
          where(run),
          Humane.ago(run.launch().path("requestedAt"), now),
          money(line.cost()));
    }
    return table;
  }

  /** One line about a run that changed, for output that cannot be drawn anew. */
  public String change(RunList.Line line) {
    Run run = line.run();
    String where = where(run);
    String money = money(line.cost());
    return run.runId()
        + "  "
        + state(run)
        + (where.isEmpty() ? "" : "  " + where)
        + (money.isEmpty() ? "" : "  " + money);
  }

  private String state(Run run) {
    JsonNode job = run.job();
    return job == null ? run.stateWord() : style.state(RunState.jobState(job), run.stateWord());
  }

  private static String where(Run run) {
    JsonNode job = run.job();
    if (job == null || !job.has("placement")) {
      return "";
    }
    JsonNode placement = job.get("placement");
    return Offers.place(placement) + (placement.path("spot").asBoolean() ? " spot" : "");
  }

  private static String money(@Nullable JsonNode cost) {
    if (cost == null) {
      return "";
    }
    String spent = Humane.money(cost.path("spent"));
    return spent.isEmpty() && "unknown".equals(cost.path("pricing").asText()) ? "unknown" : spent;
  }
}
