package dev.wrinklefree.contract.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException.Code;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventCodecTest {

  private static final String BODY = "{\"model\":\"smollm2_135m\"}";

  private final EventCodec codec = new EventCodec();
  private final Map<String, String> headers = new LinkedHashMap<>();

  EventCodecTest() {
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", "e-1");
    headers.put("ce_source", "/tests");
    headers.put("ce_type", "dev.wrinklefree.launch.requested.v1");
    headers.put("content-type", "application/json");
  }

  @Test
  void takesTheRunIdFromTheKeyWhereThereIsNoSubject() throws Exception {
    assertThat(codec.readRaw(record("my-run", BODY)).attributes().runId())
        .isEqualTo(new RunId("my-run"));
  }

  @Test
  void takesTheRunIdFromTheSubjectWhereThereIsNoKey() throws Exception {
    headers.put("ce_subject", "my-run");
    assertThat(codec.readRaw(record(null, BODY)).attributes().runId())
        .isEqualTo(new RunId("my-run"));
  }

  @Test
  void derivesTheRunIdOfALaunchRequestThatNamesNone() throws Exception {
    assertThat(codec.readRaw(record(null, BODY)).attributes().runId())
        .isEqualTo(RunId.derivedFrom("/tests", "e-1"));
  }

  @Test
  void refusesACancelRequestThatNamesNoRun() {
    headers.put("ce_type", EventType.CANCEL_REQUESTED.typeName());
    assertUnreadable(record("cancel-requested", null, "{}"), Code.BAD_RUN_ID);
  }

  @Test
  void refusesAMalformedRunId() {
    assertUnreadable(record("Not A Run", BODY), Code.BAD_RUN_ID);
  }

  @Test
  void refusesAKeyThatIsNotTheSubject() {
    headers.put("ce_subject", "other-run");
    assertUnreadable(record("my-run", BODY), Code.BAD_RUN_ID);
  }

  @Test
  void refusesAnUnknownTypeVersion() {
    headers.put("ce_type", "dev.wrinklefree.launch.requested.v9");
    assertUnreadable(record("my-run", BODY), Code.UNKNOWN_TYPE);
  }

  @Test
  void refusesATypeOfAnotherTopic() {
    headers.put("ce_type", EventType.JOB_STATE_CHANGED.typeName());
    assertUnreadable(record("my-run", BODY), Code.UNKNOWN_TYPE);
  }

  @Test
  void refusesARecordWithoutCloudEventsHeaders() {
    headers.clear();
    assertUnreadable(record("my-run", BODY), Code.NOT_A_CLOUD_EVENT);
  }

  @Test
  void refusesARecordWithoutAnId() {
    headers.remove("ce_id");
    assertUnreadable(record("my-run", BODY), Code.NOT_A_CLOUD_EVENT);
  }

  @Test
  void refusesASequenceThatIsNoNumber() {
    headers.put("ce_sequence", "first");
    assertUnreadable(record("my-run", BODY), Code.BAD_ATTRIBUTE);
  }

  @Test
  void refusesDataThatIsNoJsonObject() {
    assertUnreadable(record("my-run", "[1]"), Code.BAD_JSON);
    assertUnreadable(record("my-run", "{\"model\":"), Code.BAD_JSON);
    assertUnreadable(record("my-run", "{\"model\":1,\"model\":2}"), Code.BAD_JSON);
    assertUnreadable(record("my-run", ""), Code.BAD_JSON);
  }

  @Test
  void refusesDeeplyNestedData() {
    assertUnreadable(
        record("my-run", "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"), Code.BAD_JSON);
  }

  @Test
  void refusesDataOverTheLimitWithItsSize() {
    String large = "{\"model\":\"" + "x".repeat(5 * 1024 * 1024) + "\"}";
    assertThatThrownBy(() -> codec.readRaw(record("my-run", large)))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage("too-large: data has 5242892 bytes, at most 262144 are read");
  }

  @Test
  void refusesTypedDataWithoutARequiredFieldByItsName() throws Exception {
    RawEvent raw = codec.readRaw(record("my-run", "{\"budget\":{\"action\":\"alert\"}}"));
    assertThatThrownBy(() -> codec.typed(raw, LaunchRequested.class))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage("bad-data: field budget.limit is required");
  }

  @Test
  void ignoresFieldsItDoesNotKnow() throws Exception {
    RawEvent raw = codec.readRaw(record("my-run", "{\"model\":\"m\",\"addedLater\":true}"));
    assertThat(codec.typed(raw, LaunchRequested.class).model()).isEqualTo("m");
  }

  @Test
  void usesTheBrokersTimeWhereTheEventHasNone() throws Exception {
    assertThat(codec.readRaw(record("my-run", BODY)).attributes().time())
        .isEqualTo(Instant.ofEpochMilli(1_795_424_400_000L));
  }

  @Test
  void writesTheTopicKeyAndHeadersOfTheContract() {
    RunId run = new RunId("my-run");
    Instant at = Instant.parse("2026-11-23T09:00:00Z");
    var attributes =
        new EventAttributes(
            "my-run:2",
            "/launch-service/launch-state",
            EventType.LAUNCH_SUBMITTED,
            run,
            at,
            at,
            2L,
            "e-1",
            "my-run:1",
            null);
    var record = codec.write(new Event<>(attributes, new LaunchSubmitted(run, 7, null, true, at)));

    assertThat(record.topic()).isEqualTo("launch-state");
    assertThat(record.key()).isEqualTo("my-run");
    assertThat(header(record.headers(), "ce_sequence")).isEqualTo("2");
    assertThat(header(record.headers(), "ce_correlationid")).isEqualTo("e-1");
    assertThat(header(record.headers(), "content-type")).isEqualTo("application/json");
    assertThat(record.headers().lastHeader("ce_traceparent")).isNull();
    assertThat(new String(record.value(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"runId\":\"my-run\",\"skypilotJobId\":7,\"adopted\":true,\"submittedAt\":\"2026-11-23T09:00:00Z\"}");
  }

  @Property(seed = "20261123", tries = 2_000)
  void anyBytesAreReadOrRefusedWithAReason(
      @ForAll byte[] value,
      @ForAll @Nullable String key,
      @ForAll String source,
      @ForAll String time) {
    headers.put("ce_source", source);
    headers.put("ce_time", time);
    try {
      codec.read(record("launch-requested", key, value));
    } catch (UnreadableEventException e) {
      assertThat(e.getMessage()).startsWith(e.code().word() + ": ");
    }
  }

  private void assertUnreadable(ConsumerRecord<String, byte[]> record, Code code) {
    assertThatThrownBy(() -> codec.readRaw(record))
        .isInstanceOfSatisfying(
            UnreadableEventException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static String header(org.apache.kafka.common.header.Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private ConsumerRecord<String, byte[]> record(@Nullable String key, String body) {
    return record("launch-requested", key, body);
  }

  private ConsumerRecord<String, byte[]> record(String topic, @Nullable String key, String body) {
    return record(topic, key, body.getBytes(StandardCharsets.UTF_8));
  }

  private ConsumerRecord<String, byte[]> record(String topic, @Nullable String key, byte[] value) {
    RecordHeaders recordHeaders = new RecordHeaders();
    headers.forEach((n, v) -> recordHeaders.add(n, v.getBytes(StandardCharsets.UTF_8)));
    return new ConsumerRecord<>(
        topic,
        0,
        0L,
        1_795_424_400_000L,
        TimestampType.CREATE_TIME,
        0,
        value.length,
        key,
        value,
        recordHeaders,
        Optional.empty());
  }
}
