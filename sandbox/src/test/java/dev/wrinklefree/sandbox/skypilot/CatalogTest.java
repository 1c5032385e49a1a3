package dev.wrinklefree.sandbox.skypilot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
  private SkyPilotServer server;
  private SkyPilotCalls calls;

  @BeforeEach
  void start(@TempDir Path state) throws IOException {
    server = new SkyPilotServer(SkyPilotCalls.quick(state)).start();
    calls = new SkyPilotCalls(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsPricesOfEveryRegionAsListsInsideOfAString() throws Exception {
    JsonNode prices = prices(body("^A10G$").put("all_regions", true));

    assertThat(prices.fieldNames()).toIterable().containsExactly("A10G");
    assertThat(prices.get("A10G")).hasSize(5);
    JsonNode row = prices.get("A10G").get(1);
    assertThat(row.get(0).textValue()).isEqualTo("AWS");
    assertThat(row.get(3).doubleValue()).isEqualTo(1.0);
    assertThat(row.get(7).decimalValue()).isEqualByComparingTo("1.067");
    assertThat(row.get(8).decimalValue()).isEqualByComparingTo("0.439");
    assertThat(row.get(9).textValue()).isEqualTo("eu-north-1");
    assertThat(prices.get("A10G").get(0).get(8).isNull()).isTrue();
  }

  @Test
  void tellsOnlyTheCheapestRegionUnlessAllAreAskedFor() throws Exception {
    JsonNode rows = prices(body("^A10G$")).get("A10G");

    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get(9).textValue()).isEqualTo("us-east-1");
  }

  @Test
  void findsTheExpressionAnywhereInAName() throws Exception {
    assertThat(prices(body("A100")).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("A100", "A100-80GB");
    assertThat(prices(body("a10g").put("case_sensitive", false)).fieldNames())
        .toIterable()
        .containsExactly("A10G");
  }

  @Test
  void failsARequestWithABrokenExpression() throws Exception {
    assertThat(calls.outcome("/list_accelerators", body("(")).statusCode()).isEqualTo(500);
  }

  @Test
  void enablesTheCloudsThatItSells() throws Exception {
    String id = SkyPilotCalls.requestId(calls.get("/enabled_clouds"));

    JsonNode answer = new ObjectMapper().readTree(calls.get("/api/get?request_id=" + id).body());

    JsonNode clouds = new ObjectMapper().readTree(answer.path("return_value").textValue());
    assertThat(clouds).extracting(JsonNode::textValue).contains("aws", "gcp", "nebius");
  }

  private JsonNode prices(ObjectNode body) throws IOException, InterruptedException {
    return calls.value("/list_accelerators", body);
  }

  private static ObjectNode body(String name) {
    return SkyPilotCalls.body().put("name_filter", name);
  }
}
