package dev.wrinklefree.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.testkit.ConnectorAttributes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ChannelsTest {

  @Test
  void noAttributeOfAChannelIsMisspelt() throws IOException {
    assertThat(ConnectorAttributes.unknownInConfigurationFiles()).isEmpty();
  }

  @Test
  void everyChannelHasATopicOfTheContractAndEveryIncomingOneItsDeadLetters() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = ChannelsTest.class.getResourceAsStream("/application.properties")) {
      properties.load(in);
    }
    for (String name : properties.stringPropertyNames()) {
      if (name.matches("mp\\.messaging\\.(incoming|outgoing)\\.[^.]+\\.topic")) {
        assertThat(Topic.named(properties.getProperty(name))).as(name).isPresent();
      }
      if (name.matches("mp\\.messaging\\.incoming\\.[^.]+\\.topic")) {
        String deadLetters = name.replaceAll("topic$", "dead-letter-queue.topic");
        assertThat(properties.getProperty(deadLetters))
            .isEqualTo(properties.getProperty(name) + Topic.DEAD_LETTER_SUFFIX);
      }
    }
  }

  @Test
  void aSendThatFailedOnceDoesNotTakeTheServiceForDead() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = ChannelsTest.class.getResourceAsStream("/application.properties")) {
      properties.load(in);
    }
    for (String name : properties.stringPropertyNames()) {
      if (name.matches("mp\\.messaging\\.outgoing\\.[^.]+\\.topic")) {
        String health = name.replaceAll("topic$", "health-enabled");
        assertThat(properties.getProperty(health)).as(health).isEqualTo("false");
      }
    }
  }
}
