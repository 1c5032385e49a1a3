package dev.wrinklefree.sandbox;

import dev.wrinklefree.sandbox.kafka.KafkaBroker;
import dev.wrinklefree.sandbox.kafka.KafkaBrokerSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The Kafka broker alone. */
@Command(name = "kafka", description = "The Kafka broker.")
final class KafkaPartCommand extends PartCommand.Part {

  @Option(
      names = "--door",
      paramLabel = "NAME:PORT:ADVERTISED",
      converter = DoorConverter.class,
      description = "A further port, whose clients are sent to another: that of a proxy.")
  private List<KafkaBrokerSettings.Door> doors = List.of();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A broker setting by Kafka's own name.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Override
  AutoCloseable start() throws IOException {
    return KafkaBroker.start(new KafkaBrokerSettings(port, state, doors, properties));
  }

  static final class DoorConverter implements ITypeConverter<KafkaBrokerSettings.Door> {
    @Override
    public KafkaBrokerSettings.Door convert(String text) {
      String[] fields = text.split(":", -1);
      if (fields.length != 3) {
        throw new TypeConversionException("a door is NAME:PORT:ADVERTISED, not " + text);
      }
      return new KafkaBrokerSettings.Door(
          fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2]));
    }
  }
}
