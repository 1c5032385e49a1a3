package dev.wrinklefree.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What several services say, where one that is away should not hide what the others know. The
 * person is told who was away, and the exit code says it, too.
 */
public final class PartialView {

  private final Map<Service, String> away = new LinkedHashMap<>();

  /** The answer; empty on 404, and where the service cannot be reached. */
  public Optional<JsonNode> find(Pending pending) throws InterruptedException {
    try {
      return pending.find();
    } catch (WfException e) {
      if (e.exitCode() != ExitCode.UNREACHABLE) {
        throw e;
      }
      away.put(pending.service(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * Tells who was away.
   *
   * @return the exit code of what was found
   */
  public int conclude(PrintWriter err) {
    away.values().forEach(message -> err.println("wf: " + message));
    return away.isEmpty() ? ExitCode.OK : ExitCode.UNREACHABLE;
  }
}
