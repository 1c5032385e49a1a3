package dev.wrinklefree.bench.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a command took from its start to its end.
 *
 * @param wallSeconds on the clock
 * @param cpuSeconds of it and of all that it waited for, in user and kernel mode
 */
public record CommandTime(double wallSeconds, double cpuSeconds) {

  /**
   * Runs a command to its end under the shell's {@code time}.
   *
   * @param builder of the command; its environment and folder count
   * @param log where what it prints goes
   * @throws IOException if it ends with another code than 0
   */
  static CommandTime measure(ProcessBuilder builder, Path log)
      throws IOException, InterruptedException {
    Path times = log.resolveSibling(log.getFileName() + ".times");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "bash",
            "-c",
            "TIMEFORMAT='%3R %3U %3S'; { time \"$@\" >\"$0\" 2>&1; } 2>\"$0.times\"",
            log.toString()));
    command.addAll(builder.command());
    int code = builder.command(command).start().waitFor();
    if (code != 0) {
      throw new IOException("%s ended with code %d: see %s".formatted(command.get(4), code, log));
    }
    String[] seconds = Files.readString(times).strip().split(" ", 3);
    return new CommandTime(
        Double.parseDouble(seconds[0]),
        Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]));
  }
}
