package dev.wrinklefree.cost;

import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import dev.wrinklefree.testkit.secured.SecuredBroker;
import dev.wrinklefree.testkit.secured.SecuredKafkaProfile;
import dev.wrinklefree.testkit.secured.SecuredService;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** Every Kafka client of the service, with TLS, SASL and the shipped ACLs alone. */
@QuarkusTest
@TestProfile(SecuredKafkaTest.Secured.class)
@SuppressWarnings("NullAway.Init") // injected
class SecuredKafkaTest {

  private static final String SERVICE = "cost-service";

  SecuredBroker broker;

  @Inject Outbox outbox;
  @Inject Config config;

  /** The service on such a broker. */
  public static final class Secured extends SecuredKafkaProfile {

    /** With what else it needs. */
    public Secured() {
      super(SERVICE, List.of());
    }
  }

  @Test
  void mayReadWhatItIsConfiguredToRead() {
    List<String> topics =
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
            .filter(name -> name.matches("mp[.]messaging[.]incoming[.][^.]+[.]topic"))
            .map(name -> config.getValue(name, String.class))
            .toList();

    new SecuredService(broker, SERVICE).mustBeAllowedToRead(topics);
  }

  @Test
  void mayReadWhatItStreams() {
    new SecuredService(broker, SERVICE).mustBeAllowedToStream(List.of("running-cost", "run-alert"));
  }

  @Test
  void consumesAndWritesDeadLetters() {
    new SecuredService(broker, SERVICE).mustDeadLetterWhatItCannotRead();
  }

  @Test
  void publishesByItsRelay() {
    new SecuredService(broker, SERVICE).mustPublishByItsRelay(this::append);
  }

  private void append(RunId runId, EventData data) {
    Instant now = Instant.now();
    QuarkusTransaction.requiringNew()
        .run(() -> outbox.append(new OutboundEvent(runId, data, now, now, null, null, null)));
  }
}
