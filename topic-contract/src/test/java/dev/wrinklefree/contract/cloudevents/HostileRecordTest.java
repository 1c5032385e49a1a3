package dev.wrinklefree.contract.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException.Code;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records made to confuse: each is refused with its code and a reason that repeats no value. */
class HostileRecordTest {

  private static final String BODY = "{\"model\":\"smollm2_135m\"}";
  private static final String SECRET = "hf_abcdefghijklmnopqrstuvwxyz0123456789";
  private static final long NOW = 1_795_424_400_000L;

  private final EventCodec codec = new EventCodec();
  private final RecordHeaders headers = new RecordHeaders();

  HostileRecordTest() {
    set("ce_specversion", "1.0");
    set("ce_id", "e-1");
    set("ce_source", "/tests");
    set("ce_type", EventType.LAUNCH_REQUESTED.typeName());
    set("content-type", "application/json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"a\":2}|a field is given twice, at line 1, column 11",
        "{\"a\":{\"b\":1,\"b\":2}}|a field is given twice",
        "{\"a\":1} {\"a\":2}|it is not one JSON value",
        "{\"a\":1|it ends too early",
        "{\"a\":NaN}|it is not JSON",
        "{\"a\":Infinity}|it is not JSON",
        "{\"a\":-Infinity}|it is not JSON",
        "{\"a\":1e999999}|field a is a number beyond any range",
        "{\"a\":[{\"b\":-1e400}]}|field a[0].b is a number beyond any range",
        "{\"a\":\"\\ud800\"}|field a is no text: half a surrogate pair",
        "{\"\\udc00\":1}|the name of a field of the data is no text",
        "{'a':1}|it is not JSON",
        "{\"a\":01}|it is not JSON",
        "{a:1}|it is not JSON",
        "{\"a\":1,}|it is not JSON",
        "/* */{\"a\":1}|it is not JSON",
        "[]|the data is not a JSON object",
        "null|the data is not a JSON object",
        "` `|the data is not a JSON object"
      })
  void dataThatTwoReadersCouldReadDifferentlyIsRefused(String json, String reason) {
    assertThat(refused(record(json), Code.BAD_JSON)).startsWith("bad-json: " + reason);
  }

  @Test
  void jsonBombsAreRefusedAtOnce() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    String digits = "{\"a\":" + "9".repeat(200_000) + "}";
    String name = "{\"" + "n".repeat(100_000) + "\":1}";
    for (String bomb : new String[] {deep, digits, name}) {
      long start = System.nanoTime();
      assertThat(refused(record(bomb), Code.BAD_JSON))
          .startsWith("bad-json: it is too deep or too long");
      assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(1_000);
    }
  }

  @Test
  void aQuarterMegabyteOfFieldsIsReadOnceAndQuickly() throws Exception {
    StringBuilder fields = new StringBuilder("{\"model\":\"m\"");
    for (int i = 0; i < 25_000; i++) {
      fields.append(",\"").append(i).append("\":0");
    }

    assertThat(codec.readRaw(record(fields + "}")).data()).hasSize(25_001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "windows-1252"})
  void dataThatIsNotUtf8IsRefused(String charset) {
    byte[] bytes = "{\"model\":\"modèle\"}".getBytes(Charset.forName(charset));

    assertThat(refused(record("my-run", bytes, NOW), Code.BAD_JSON)).startsWith("bad-json: it is");
  }

  @Test
  void anOverlongEncodingIsNotUtf8() {
    byte[] bytes = "{\"model\":\"..\"}".getBytes(StandardCharsets.UTF_8);
    bytes[10] = (byte) 0xC0;
    bytes[11] = (byte) 0x80;

    assertThat(refused(record("my-run", bytes, NOW), Code.BAD_JSON))
        .isEqualTo("bad-json: it is not UTF-8");
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws Exception {
    assertThat(codec.readRaw(record("\uFEFF" + BODY)).data().path("model").textValue())
        .isEqualTo("smollm2_135m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_id", "ce_source", "ce_type", "ce_specversion", "content-type"})
  void aRepeatedHeaderIsRefused(String name) {
    headers.add(name, headers.lastHeader(name).value());

    assertThat(refused(record(BODY), Code.BAD_ATTRIBUTE)).contains(name + "\" is given twice");
  }

  @Test
  void aHeaderRepeatedInOtherLettersIsRefused() {
    headers.add("ce_ID", "other".getBytes(StandardCharsets.UTF_8));

    refused(record(BODY), Code.BAD_ATTRIBUTE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ce_id", "ce_source", "ce_type", "ce_specversion", "ce_time", "ce_subject"})
  void aHeaderWithoutAValueOrWithoutUtf8OrEnormousIsRefused(String name) {
    headers.remove(name).add(name, null);
    assertThat(refused(record(BODY), Code.BAD_ATTRIBUTE)).contains("has no value");
    headers.remove(name).add(name, new byte[] {'a', (byte) 0xFF});
    assertThat(refused(record(BODY), Code.BAD_ATTRIBUTE)).contains("is not UTF-8");
    headers.remove(name).add(name, new byte[500_000]);
    assertThat(refused(record(BODY), Code.BAD_ATTRIBUTE)).contains("has 500000 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_id", "ce_source", "ce_type", "ce_specversion"})
  void aRequiredHeaderThatIsMissingOrEmptyIsRefused(String name) {
    headers.remove(name);
    refused(record(BODY), Code.NOT_A_CLOUD_EVENT);
    set(name, "");
    assertThat(refusal(record(BODY))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"e\r\nce_type: x", "e\u0000", "e\u202Etxt", "e\u200B1", "e\u2028", "\uFEFFe", " "})
  void anIdThatIsNotWhatItLooksLikeIsRefused(String id) {
    set("ce_id", id);

    assertThat(refused(record(BODY), Code.BAD_ATTRIBUTE)).startsWith("bad-attribute: ce_id must");
  }

  @Test
  void lineBreaksInAttributesForgeNoLineOfALog() {
    set("ce_type", "x\r\n2026-11-23 ERROR forged\u202E" + "y".repeat(5_000));

    assertThat(refused(record(BODY), Code.UNKNOWN_TYPE))
        .doesNotContainPattern("[\\p{Cntrl}\\u202E]")
        .hasSizeLessThan(450);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.3", "0.1", "2.0", "1", "one"})
  void anotherVersionOfCloudEventsIsRefused(String version) {
    set("ce_specversion", version);

    refused(record(BODY), Code.NOT_A_CLOUD_EVENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "application/cloudevents-batch+json",
        "text/xml",
        "application/json; charset=utf-16",
        "application/jsonp",
        ""
      })
  void anotherContentTypeIsRefused(String contentType) {
    set("content-type", contentType);

    assertThat(refused(record(BODY), Code.NOT_A_CLOUD_EVENT)).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON; charset=UTF-8"})
  void jsonInUtf8IsTaken(String contentType) throws Exception {
    set("content-type", contentType);

    assertThat(codec.readRaw(record(BODY)).attributes().id()).isEqualTo("e-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-12-31T23:59:59Z",
        "-0001-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "9999-12-31T23:59:59-18:00",
        "2026-02-30T00:00:00Z",
        "yesterday",
        "1795424400"
      })
  void aTimeOutOfRangeIsRefused(String time) {
    set("ce_time", time);
    assertThat(refusal(record(BODY)).code()).isIn(Code.BAD_ATTRIBUTE, Code.NOT_A_CLOUD_EVENT);
    headers.remove("ce_time");
    set("ce_recordedtime", time);
    refused(record(BODY), Code.BAD_ATTRIBUTE);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE})
  void aRecordTimeStampOutOfRangeIsRefused(long timestamp) {
    assertThat(
            refused(
                record("my-run", BODY.getBytes(StandardCharsets.UTF_8), timestamp),
                Code.BAD_ATTRIBUTE))
        .contains("time stamp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../other", "a%2e%2e", "a/b", "a\u0000", "A", "a\nb", "раn", "a\u200Bb", "-a", ""})
  void aRunIdThatCouldLeaveItsPrefixIsRefused(String runId) {
    set("ce_subject", runId);

    assertThat(refusal(record(null, BODY.getBytes(StandardCharsets.UTF_8), NOW))).isNotNull();
  }

  @Test
  void noReasonRepeatsAValueOfTheData() throws Exception {
    String[] broken = {
      "{\"environment\":{\"HF_TOKEN\":" + SECRET + "}}", "{\"a\":\"" + SECRET + "}", SECRET
    };
    for (String json : broken) {
      assertThat(refused(record(json), Code.BAD_JSON)).doesNotContain("hf_", SECRET);
    }
    String[] wrong = {
      "{\"runId\":\"my-run\",\"skypilotJobId\":\"%s\"}",
      "{\"runId\":\"%s\",\"skypilotJobId\":1}",
      "{\"runId\":\"my-run\",\"skypilotJobId\":1,\"adopted\":\"%s\"}",
      "{\"runId\":\"my-run\",\"skypilotJobId\":1,\"adopted\":true,\"submittedAt\":\"%s\"}"
    };
    for (String json : wrong) {
      RawEvent raw = codec.readRaw(record(json.replace("%s", SECRET)));
      assertThat(untyped(raw, LaunchSubmitted.class))
          .startsWith("bad-data: field ")
          .doesNotContain(SECRET);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'runId':'r','skypilotJobId':1.5}|skypilotJobId",
        "{'runId':'r','skypilotJobId':'1'}|skypilotJobId",
        "{'runId':'r','skypilotJobId':true}|skypilotJobId",
        "{'runId':'r','skypilotJobId':99999999999999999999}|skypilotJobId",
        "{'runId':'r','skypilotJobId':1,'adopted':1}|adopted",
        "{'runId':'r','skypilotJobId':1,'adopted':true,'submittedAt':1795424400}|submittedAt",
        "{'runId':'r','skypilotJobId':1,'adopted':true,'submittedAt':'+12026-01-01T00:00:00Z'}|submittedAt",
        "{'runId':7}|runId",
        "{'runId':'../r'}|runId",
        "{'runId':'r','requestedBy':'a\\u0000b'}|requestedBy"
      })
  void aValueOfAnotherTypeIsNamedAndRefused(String json, String field) throws Exception {
    RawEvent raw = codec.readRaw(record(json.replace('\'', '"')));

    assertThat(untyped(raw, LaunchSubmitted.class)).startsWith("bad-data: field " + field + " ");
  }

  @Test
  void anObjectInPlaceOfATextIsRefused() throws Exception {
    assertThat(untyped(codec.readRaw(record("{\"reason\":{}}")), CancelRequested.class))
        .startsWith("bad-data: field reason ");
    assertThat(untyped(codec.readRaw(record("{\"reason\":5}")), CancelRequested.class))
        .startsWith("bad-data: field reason ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'model':'m','environment':{'A':null}}|environment.A",
        "{'model':'m','overrides':['a=1',null]}|overrides[1]",
        "{'model':'m','clouds':[null]}|clouds[0]"
      })
  void aNullWithinAListOrAMapIsRefused(String json, String field) throws Exception {
    RawEvent raw = codec.readRaw(record(json.replace('\'', '"')));

    assertThat(untyped(raw, LaunchRequested.class))
        .isEqualTo("bad-data: field " + field + " must not be null");
  }

  @Test
  void moneyBeyondAllMeasureIsRefused() throws Exception {
    RawEvent raw =
        codec.readRaw(
            record("{\"budget\":{\"limit\":{\"amount\":\"1e999999999\",\"currency\":\"USD\"}}}"));

    assertThat(untyped(raw, LaunchAccepted.class)).startsWith("bad-data: field budget.limit");
  }

  @Test
  void anUppercaseLocaleChangesNothing() throws Exception {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(codec.readRaw(record(BODY)).attributes().id()).isEqualTo("e-1");
    } finally {
      Locale.setDefault(before);
    }
  }

  private String untyped(RawEvent raw, Class<? extends EventData> as) {
    UnreadableEventException e =
        catchThrowableOfType(UnreadableEventException.class, () -> codec.typed(raw, as));
    assertThat(e.code()).isEqualTo(Code.BAD_DATA);
    return String.valueOf(e.getMessage());
  }

  private String refused(ConsumerRecord<String, byte[]> record, Code code) {
    UnreadableEventException refusal = refusal(record);
    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
    return String.valueOf(refusal.getMessage());
  }

  private UnreadableEventException refusal(ConsumerRecord<String, byte[]> record) {
    return catchThrowableOfType(UnreadableEventException.class, () -> codec.readRaw(record));
  }

  private void set(String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private ConsumerRecord<String, byte[]> record(String body) {
    return record("my-run", body.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private ConsumerRecord<String, byte[]> record(
      @Nullable String key, byte[] value, long timestamp) {
    return new ConsumerRecord<>(
        "launch-requested",
        0,
        0L,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        value.length,
        key,
        value,
        headers,
        Optional.empty());
  }
}
