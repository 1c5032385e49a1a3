package dev.wrinklefree.launch.ownership;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.world.Conversation;
import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.testkit.Fixtures;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway that names the senders of events, and a service that wants to know them. */
@QuarkusTest
@WithWorld
@TestProfile(StampedPrincipalTest.WithGateway.class)
@SuppressWarnings("NullAway.Init") // injected
class StampedPrincipalTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HEADER = "x-authenticated-principal";
  private static final String LINGERING =
      "{\"model\":\"smollm2_135m\",\"owner\":\"somebody\",\"environment\":{\"LINGER\":\"yes\"}}";

  private final Conversation conversation = new Conversation();
  private final EventCodec codec = new EventCodec();

  @Inject MeterRegistry meters;
  @Inject EarlyCancelRepository earlyCancels;

  /** The gateway's header is believed, and a cancel needs it. */
  public static final class WithGateway implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "wf.access.principal-header", HEADER,
          "wf.access.kafka-admins", "cost-service",
          "wf.access.kafka-cancels", "require-principal");
    }
  }

  @AfterEach
  void close() {
    conversation.close();
  }

  @Test
  void theNamedSenderOwnsTheRunWhateverTheEventClaims() {
    RunId runId = Fixtures.newRunId();
    send(EventType.LAUNCH_REQUESTED, runId, LINGERING, "anna");

    assertThat(conversation.await(runId, LaunchAccepted.class).owner()).isEqualTo("anna");
    given().get("/launches/" + runId).then().body("ownerAuthenticated", equalTo(true));
  }

  @Test
  void onlyTheOwnerCancelsAndEachRefusalIsCounted() {
    RunId runId = Fixtures.newRunId();
    send(EventType.LAUNCH_REQUESTED, runId, LINGERING, "anna");
    conversation.await(runId, LaunchSubmitted.class);
    double before = refused();

    send(EventType.CANCEL_REQUESTED, runId, "{}", null);
    send(EventType.CANCEL_REQUESTED, runId, "{\"requestedBy\":\"anna\"}", "bert");
    await().atMost(PATIENCE).until(() -> refused() == before + 2);
    given().get("/launches/" + runId).then().body("cancelRequestedAt", nullValue());

    send(EventType.CANCEL_REQUESTED, runId, "{}", "anna");
    awaitCancelled(runId);
  }

  @Test
  void whatSpendsTheMoneyMayBeStoppedByTheServiceThatCountsIt() {
    RunId runId = Fixtures.newRunId();
    send(EventType.LAUNCH_REQUESTED, runId, LINGERING, "anna");
    conversation.await(runId, LaunchSubmitted.class);

    send(EventType.CANCEL_REQUESTED, runId, "{}", "cost-service");
    awaitCancelled(runId);
  }

  @Test
  void aRunOfNobodyIsCancelledByAnybodyWhoMayWrite() {
    RunId runId = Fixtures.newRunId();
    send(EventType.LAUNCH_REQUESTED, runId, LINGERING, null);
    conversation.await(runId, LaunchSubmitted.class);

    send(EventType.CANCEL_REQUESTED, runId, "{}", null);
    awaitCancelled(runId);
  }

  @Test
  void aCancelBeforeTheLaunchCountsIfTheRunTurnsOutToBeItsSenders() {
    RunId own = Fixtures.newRunId();
    RunId others = Fixtures.newRunId();
    double before = refused();
    send(EventType.CANCEL_REQUESTED, own, "{}", "anna");
    send(EventType.CANCEL_REQUESTED, others, "{}", "bert");
    send(EventType.CANCEL_REQUESTED, Fixtures.newRunId(), "{}", null);
    await().atMost(PATIENCE).until(() -> refused() == before + 1);
    await().atMost(PATIENCE).until(() -> isCancelledEarly(own) && isCancelledEarly(others));

    send(EventType.LAUNCH_REQUESTED, own, LINGERING, "anna");
    send(EventType.LAUNCH_REQUESTED, others, LINGERING, "anna");

    assertThat(conversation.await(own, LaunchFailed.class).code())
        .isEqualTo("cancelled-before-submit");
    conversation.await(others, LaunchSubmitted.class);
    assertThat(refused()).isEqualTo(before + 2);
    send(EventType.CANCEL_REQUESTED, others, "{}", "anna");
    awaitCancelled(others);
  }

  private boolean isCancelledEarly(RunId runId) {
    return QuarkusTransaction.requiringNew()
        .call(() -> earlyCancels.findByIdOptional(runId.value()).isPresent());
  }

  private double refused() {
    return meters.get("wf.cancels.refused").counter().count();
  }

  private static void awaitCancelled(RunId runId) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> given().get("/launches/" + runId).then().body("status", equalTo("cancelled")));
  }

  private void send(EventType type, RunId runId, String json, @Nullable String principal) {
    EventAttributes attributes =
        new EventAttributes(
            UUID.randomUUID().toString(),
            Conversation.SOURCE,
            type,
            runId,
            Fixtures.REQUESTED_AT,
            null,
            null,
            null,
            null,
            null);
    ProducerRecord<String, byte[]> record =
        codec.write(attributes, json.getBytes(StandardCharsets.UTF_8));
    if (principal != null) {
      record.headers().add(HEADER, principal.getBytes(StandardCharsets.UTF_8));
    }
    conversation.producer().send(record);
  }
}
