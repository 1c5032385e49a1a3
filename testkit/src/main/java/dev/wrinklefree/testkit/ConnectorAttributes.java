package dev.wrinklefree.testkit;

import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.kafka.KafkaConnector;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Finds misspelt attributes of messaging channels. The connector passes on whatever it does not
 * know, and Kafka's clients ignore it, so that a typing error changes nothing and says nothing.
 */
public final class ConnectorAttributes {

  /** Attributes of the messaging framework itself, which no connector declares. */
  private static final Set<String> OF_THE_FRAMEWORK =
      Set.of("connector", "enabled", "concurrency", "pausable", "initially-paused", "late-binding");

  private static final String DEAD_LETTER = "dead-letter-queue.";

  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "(?:%[\\w,-]+\\.)?mp\\.messaging\\."
              + "(?<direction>incoming|outgoing|connector)\\.(?:\"[^\"]+\"|[^.\"]+)\\.(?<name>.+)");

  private ConnectorAttributes() {}

  /**
   * The unknown attributes in the module's {@code application.properties} and in all {@code
   * META-INF/microprofile-config.properties} on the class path, in all profiles.
   */
  public static Set<String> unknownInConfigurationFiles() throws IOException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Set<String> names = new TreeSet<>();
    for (String file :
        List.of("application.properties", "META-INF/microprofile-config.properties")) {
      for (URL url : Collections.list(loader.getResources(file))) {
        Properties properties = new Properties();
        try (InputStream in = url.openStream()) {
          properties.load(in);
        }
        names.addAll(properties.stringPropertyNames());
      }
    }
    return unknownIn(names);
  }

  /** Those of the property names that set an attribute which nothing reads. */
  public static Set<String> unknownIn(Collection<String> propertyNames) {
    Set<String> unknown = new TreeSet<>();
    for (String property : propertyNames) {
      Matcher matcher = ATTRIBUTE.matcher(property);
      if (matcher.matches() && !isKnown(matcher.group("direction"), matcher.group("name"))) {
        unknown.add(property);
      }
    }
    return unknown;
  }

  private static boolean isKnown(String direction, String name) {
    if (OF_THE_FRAMEWORK.contains(name)) {
      return true;
    }
    return switch (direction) {
      case "incoming" -> isIncoming(name);
      case "outgoing" -> isOutgoing(name);
      default -> isIncoming(name) || isOutgoing(name);
    };
  }

  private static boolean isIncoming(String name) {
    return isDeclared(name, ConnectorAttribute.Direction.INCOMING)
        || ConsumerConfig.configNames().contains(name)
        || (name.startsWith(DEAD_LETTER) && isOutgoing(name.substring(DEAD_LETTER.length())));
  }

  private static boolean isOutgoing(String name) {
    return isDeclared(name, ConnectorAttribute.Direction.OUTGOING)
        || ProducerConfig.configNames().contains(name);
  }

  private static boolean isDeclared(String name, ConnectorAttribute.Direction direction) {
    for (ConnectorAttribute attribute :
        KafkaConnector.class.getAnnotationsByType(ConnectorAttribute.class)) {
      boolean fits =
          attribute.direction() == direction
              || attribute.direction() == ConnectorAttribute.Direction.INCOMING_AND_OUTGOING;
      if (fits && (attribute.name().equals(name) || attribute.alias().equals(name))) {
        return true;
      }
    }
    return false;
  }
}
