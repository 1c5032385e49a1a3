package dev.wrinklefree.cli.command;

import dev.wrinklefree.cli.rest.Progress;
import dev.wrinklefree.cli.rest.ServiceAddresses;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.cli.rest.Token;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * What commands work with.
 *
 * @param services the services
 * @param clock now
 * @param terminal whether the output is a terminal, where lines can be drawn anew
 * @param ansi whether it shows colours
 * @param pollInterval how often a command that waits asks again
 */
public record WfContext(
    Services services, Clock clock, boolean terminal, Ansi ansi, Duration pollInterval) {

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  /**
   * The context of this process.
   *
   * @param environment its environment: addresses, token, and {@code NO_COLOR}; {@code
   *     WF_TERMINAL=true} and {@code WF_PROGRESS=true} are set by the start script where standard
   *     output and standard error are terminals
   */
  public static WfContext ofProcess(Map<String, String> environment) {
    boolean terminal = "true".equals(environment.get("WF_TERMINAL"));
    boolean colours = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new WfContext(
        new Services(
            ServiceAddresses.of(environment),
            Token.of(environment),
            "true".equals(environment.get("WF_PROGRESS"))
                ? Progress.onTerminal(System.err)
                : Progress.SILENT),
        Clock.systemUTC(),
        terminal,
        colours ? Ansi.ON : Ansi.OFF,
        POLL_INTERVAL);
  }
}
