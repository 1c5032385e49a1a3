package dev.wrinklefree.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectorAttributesTest {

  @Test
  void knowsAttributesOfConnectorFrameworkAndKafka() {
    assertThat(
            ConnectorAttributes.unknownIn(
                List.of(
                    "mp.messaging.incoming.a.connector",
                    "mp.messaging.incoming.a.topic",
                    "mp.messaging.incoming.a.throttled.unprocessed-record-max-age.ms",
                    "mp.messaging.incoming.a.max.poll.records",
                    "mp.messaging.incoming.a.dead-letter-queue.topic",
                    "mp.messaging.incoming.a.dead-letter-queue.max.request.size",
                    "%dev,test.mp.messaging.incoming.\"a.b\".group.id",
                    "mp.messaging.outgoing.b.acks",
                    "mp.messaging.connector.smallrye-kafka.failure-strategy",
                    "quarkus.http.port")))
        .isEmpty();
  }

  @Test
  void findsMisspeltAttributesAndThoseOfTheOtherDirection() {
    List<String> wrong =
        List.of(
            "mp.messaging.incoming.a.ordered",
            "mp.messaging.incoming.a.failure-stategy",
            "mp.messaging.incoming.a.dead-letter-queue.max.poll.records",
            "mp.messaging.incoming.a.acks",
            "%prod.mp.messaging.outgoing.b.max.poll.records",
            "mp.messaging.connector.smallrye-kafka.group-id");

    assertThat(ConnectorAttributes.unknownIn(wrong)).containsExactlyInAnyOrderElementsOf(wrong);
  }
}
