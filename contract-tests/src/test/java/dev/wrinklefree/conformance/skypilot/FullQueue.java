package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ten thousand jobs in every status that SkyPilot has, told to a server once. */
final class FullQueue {

  static final int JOBS = 10_000;

  /** Ids far from those that the server gives, and the names that tell these jobs from others. */
  static final int FIRST_ID = 1_000_001;

  static final String NAME = "full-queue-";

  static final List<String> STATUSES =
      List.of(
          "PENDING",
          "SUBMITTED",
          "STARTING",
          "RUNNING",
          "WINDING_DOWN",
          "RECOVERING",
          "CANCELLING",
          "SUCCEEDED",
          "CANCELLED",
          "FAILED",
          "FAILED_SETUP",
          "FAILED_PRECHECKS",
          "FAILED_NO_RESOURCE",
          "FAILED_CONTROLLER");

  /** Two of three jobs are ada's, the rest are grace's. */
  private static final List<String> USERS = List.of("ab12cd34", "ab12cd34", "cd34ef56");

  private static final List<String> NAMES = List.of("ada", "ada", "grace");
  private static final List<String> RESOURCES =
      List.of("1x[L4:1][Spot]", "1x[H100:8]", "1x[CPU:2+]");
  private static final long EPOCH = 1_790_000_000;

  private FullQueue() {}

  /** Tells a host of them, and makes the server know their users. */
  static void fill(Server server) {
    for (int user = 1; user < USERS.size(); user++) {
      ObjectNode body = Server.body();
      body.putObject("env_vars")
          .put("SKYPILOT_USER_ID", USERS.get(user))
          .put("SKYPILOT_USER", NAMES.get(user));
      server.value("/jobs/queue/v2", body.put("name_match", NAME));
    }
    server.host().fill(rows());
  }

  private static ArrayNode rows() {
    ArrayNode rows = Server.MAPPER.createArrayNode();
    for (int i = 0; i < JOBS; i++) {
      rows.add(row(i, STATUSES.get(Math.floorMod(i * 31 + i / 7, STATUSES.size()))));
    }
    return rows;
  }

  private static ObjectNode row(int i, String status) {
    boolean ended =
        status.startsWith("FAILED") || List.of("SUCCEEDED", "CANCELLED").contains(status);
    boolean started =
        !List.of("PENDING", "SUBMITTED", "STARTING", "FAILED_PRECHECKS", "FAILED_NO_RESOURCE")
            .contains(status);
    double submitted = EPOCH + i * 10.25;
    double begun = submitted + 90.5;
    double recovered = begun + 600;
    int recoveries = started ? i % 4 : 0;
    double last = recoveries > 0 ? recovered : begun;
    double end = last + 1_000 + i % 977;
    ObjectNode row = Server.MAPPER.createObjectNode();
    row.put("job_id", FIRST_ID + i).put("job_name", NAME + "%05d".formatted(i * 7 % JOBS));
    row.put("task_name", NAME + "task").put("status", status);
    row.put("user_hash", USERS.get(i % USERS.size())).put("user_name", NAMES.get(i % USERS.size()));
    row.put("resources", RESOURCES.get(i % RESOURCES.size())).put("priority", i % 1_000);
    row.putObject("metadata").put("wrinklefree_run_id", "run-" + i);
    put(row, "submitted_at", status.equals("PENDING") ? null : submitted);
    put(row, "start_at", started ? begun : null);
    put(row, "end_at", ended ? end : null);
    row.put("last_recovered_at", started ? last : -1).put("recovery_count", recoveries);
    double ranBefore = recoveries > 0 ? 500.25 : 0;
    row.put("job_duration", started ? ranBefore + (ended ? end - last : 0) : 0);
    if (status.startsWith("FAILED")) {
      row.put("failure_reason", "it went wrong: \"%s\"\nand äöü 漢字".formatted(i));
    } else {
      row.putNull("failure_reason");
    }
    return row;
  }

  private static void put(ObjectNode row, String column, @Nullable Double value) {
    if (value == null) {
      row.putNull(column);
    } else {
      row.put(column, value);
    }
  }
}
