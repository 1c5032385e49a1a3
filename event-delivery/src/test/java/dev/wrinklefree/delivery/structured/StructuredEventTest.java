package dev.wrinklefree.delivery.structured;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.value.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StructuredEventTest {

  private static final Instant AT = Instant.parse("2026-11-23T10:00:00.000001Z");
  private static final byte[] DATA =
      "{\"runId\":\"r\",\"loss\":1.50,\"name\":\"Zürich\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void hasEveryAttributeUnderItsNameOnTheTopic() throws IOException {
    EventAttributes attributes =
        new EventAttributes(
            "r:7",
            "/monitor-service/job-state",
            EventType.JOB_STATE_CHANGED,
            new RunId("r"),
            AT,
            AT.plusSeconds(1),
            7L,
            "correlation",
            "causation",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    JsonNode json = new ObjectMapper().readTree(StructuredEvent.of(attributes, DATA));

    assertThat(json)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"specversion":"1.0","id":"r:7","source":"/monitor-service/job-state",
                     "type":"dev.wrinklefree.job.state-changed.v1","subject":"r",
                     "time":"2026-11-23T10:00:00.000001Z","partitionkey":"r",
                     "recordedtime":"2026-11-23T10:00:01.000001Z","sequence":"7",
                     "correlationid":"correlation","causationid":"causation",
                     "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                     "datacontenttype":"application/json",
                     "data":{"runId":"r","loss":1.50,"name":"Zürich"}}
                    """));
  }

  @Test
  void leavesOutWhatAStrangerDidNotSayAndTakesItsDataAsItIs() {
    EventAttributes attributes =
        new EventAttributes(
            "a \"quoted\" id",
            "/somebody",
            EventType.CANCEL_REQUESTED,
            new RunId("r"),
            AT,
            null,
            null,
            null,
            null,
            null);

    String json = StructuredEvent.of(attributes, DATA);

    assertThat(json)
        .contains("\"id\":\"a \\\"quoted\\\" id\"")
        .endsWith("\"data\":{\"runId\":\"r\",\"loss\":1.50,\"name\":\"Zürich\"}}")
        .doesNotContain("sequence", "recordedtime", "correlationid", "causationid", "traceparent");
  }
}
