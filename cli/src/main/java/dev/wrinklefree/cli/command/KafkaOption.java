package dev.wrinklefree.cli.command;

import dev.wrinklefree.cli.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of commands that work on the topics. */
public final class KafkaOption {

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description =
          "Kafka's address (default: WF_KAFKA_BOOTSTRAP_SERVERS, else localhost:9092). SASL and TLS:"
              + " the file of client properties that WF_KAFKA_PROPERTIES names.")
  private @Nullable String bootstrap;

  KafkaSettings settings(WfContext context) {
    return KafkaSettings.of(context.services().addresses(), bootstrap);
  }
}
