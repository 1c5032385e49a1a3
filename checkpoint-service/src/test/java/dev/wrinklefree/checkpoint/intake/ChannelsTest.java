package dev.wrinklefree.checkpoint.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.testkit.ConnectorAttributes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ChannelsTest {

  @Test
  void everyAttributeOfAChannelIsOneThatIsRead() throws IOException {
    assertThat(ConnectorAttributes.unknownInConfigurationFiles()).isEmpty();
  }

  @Test
  void theChannelReadsItsTopicAndFeedsItsDeadLetters() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = getClass().getResourceAsStream("/application.properties")) {
      properties.load(in);
    }
    String channel = "mp.messaging.incoming." + LaunchStateConsumer.CHANNEL + ".";

    assertThat(properties)
        .containsEntry(channel + "topic", Topic.LAUNCH_STATE.topicName())
        .containsEntry(channel + "dead-letter-queue.topic", Topic.LAUNCH_STATE.deadLetterName());
  }
}
