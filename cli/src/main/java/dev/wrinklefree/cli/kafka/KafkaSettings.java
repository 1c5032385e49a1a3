package dev.wrinklefree.cli.kafka;

import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.rest.ServiceAddresses;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Kafka: {@code WF_KAFKA_BOOTSTRAP_SERVERS} or {@code kafka.bootstrap.servers} in wf's
 * settings file, and for SASL and TLS a file of Kafka client properties, by {@code
 * WF_KAFKA_PROPERTIES} or {@code kafka.properties}. Secrets are only ever in that file.
 *
 * @param client Kafka client properties
 */
public record KafkaSettings(Map<String, String> client) {

  /** How long the broker may stay silent. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final String BOOTSTRAP = "bootstrap.servers";
  private static final String DEFAULT_BOOTSTRAP = "localhost:9092";

  /** Copies the properties. */
  public KafkaSettings {
    client = Map.copyOf(client);
  }

  /**
   * The settings.
   *
   * @param bootstrap as given on the command line; null if it is not
   * @throws WfException if the file cannot be read
   */
  public static KafkaSettings of(ServiceAddresses addresses, @Nullable String bootstrap) {
    Map<String, String> client = new HashMap<>();
    addresses.setting("kafka.properties").ifPresent(path -> client.putAll(read(Path.of(path))));
    addresses.setting("kafka.bootstrap.servers").ifPresent(value -> client.put(BOOTSTRAP, value));
    if (bootstrap != null) {
      client.put(BOOTSTRAP, bootstrap);
    }
    client.putIfAbsent(BOOTSTRAP, DEFAULT_BOOTSTRAP);
    return new KafkaSettings(client);
  }

  /** Where the broker is. */
  public String bootstrapServers() {
    return client.getOrDefault(BOOTSTRAP, DEFAULT_BOOTSTRAP);
  }

  private static Map<String, String> read(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      // The message of a malformed file could quote a secret.
      throw new WfException(ExitCode.USAGE, "cannot read the Kafka properties of " + path + ".");
    }
    Map<String, String> read = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
    return read;
  }
}
