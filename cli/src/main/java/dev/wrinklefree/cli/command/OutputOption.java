package dev.wrinklefree.cli.command;

import dev.wrinklefree.cli.output.OutputFormat;
import picocli.CommandLine.Option;

/** The option that every command has. */
final class OutputOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How to print the result (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TABLE;

  boolean isJson() {
    return format == OutputFormat.JSON;
  }
}
