package dev.wrinklefree.skypilot;

import static dev.wrinklefree.skypilot.script.Answer.accepted;
import static dev.wrinklefree.skypilot.script.Answer.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.catalog.Catalog;
import dev.wrinklefree.skypilot.catalog.CatalogOffer;
import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.script.ScriptedServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CatalogTest {
  private ScriptedServer server;
  private SkyPilotClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    server.on("/list_accelerators", accepted("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"));
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void readsPricesOfEveryRegion() {
    server.on(
        "/api/get",
        result(
            """
            {"H100":[["GCP","a3-highgpu-8g","H100",8.0,208,80.0,1872.0,87.832,20.044,"us-east4"],
                     ["Lambda","gpu_1x_h100_sxm5","H100",1,26,80,200,4.29,NaN,"us-west-1"]],
             "A100":[["GCP",null,"A100",1,null,null,null,null,1.8,"us-central1"]]}"""));

    Catalog catalog = client.accelerators(List.of("H100", "A100"));

    assertThat(catalog.unreadable()).isZero();
    assertThat(catalog.offers())
        .containsExactly(
            new CatalogOffer(
                "GCP",
                "a3-highgpu-8g",
                "H100",
                new BigDecimal("8"),
                new BigDecimal("87.832"),
                new BigDecimal("20.044"),
                "us-east4"),
            new CatalogOffer(
                "Lambda",
                "gpu_1x_h100_sxm5",
                "H100",
                BigDecimal.ONE,
                new BigDecimal("4.29"),
                null,
                "us-west-1"),
            new CatalogOffer(
                "GCP", null, "A100", BigDecimal.ONE, null, new BigDecimal("1.8"), "us-central1"));
  }

  @Test
  void asksForExactlyTheseNamesWithPricesInAllRegions() {
    server.on("/api/get", result("{}"));

    client.accelerators(List.of("L4", "A100-80GB"));

    JsonNode body = server.seen("/list_accelerators").getFirst().body();
    assertThat(body.path("name_filter").textValue()).isEqualTo("^(L4|A100-80GB)$");
    assertThat(body.path("all_regions").booleanValue()).isTrue();
    assertThat(body.path("require_price").booleanValue()).isTrue();
  }

  @Test
  void countsRowsOfAnotherShape() {
    server.on("/api/get", result("{\"H100\":[[\"GCP\"],7,{}]}"));

    assertThat(client.accelerators(List.of("H100"))).isEqualTo(new Catalog(List.of(), 3));
  }

  @Test
  void refusesAnAnswerOfAnotherShape() {
    server.on("/api/get", result("[]"));

    assertThat(
            catchThrowableOfType(Permanent.class, () -> client.accelerators(List.of("H100")))
                .refusal())
        .isInstanceOf(Refusal.NotUnderstood.class);
  }

  @Test
  void sendsNoExpressionForAName() {
    assertThatThrownBy(() -> client.accelerators(List.of("H100|.*")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.accelerators(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.seen("/list_accelerators")).isEmpty();
  }
}
