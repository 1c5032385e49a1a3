package dev.wrinklefree.skypilot;

import static dev.wrinklefree.skypilot.script.Answer.accepted;
import static dev.wrinklefree.skypilot.script.Answer.json;
import static dev.wrinklefree.skypilot.script.Answer.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.script.Answer;
import dev.wrinklefree.skypilot.script.ScriptedServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EnabledCloudsTest {
  private ScriptedServer server;
  private SkyPilotClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void namesTheClouds() {
    server.on("/enabled_clouds", accepted("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"));
    server.on("/api/get", result("[\"nebius\",\"gcp\"]"));

    assertThat(client.enabledClouds()).containsExactly("nebius", "gcp");
    assertThat(server.seen("/enabled_clouds").getFirst().method()).isEqualTo("GET");
  }

  @Test
  void viewersAreForbiddenToAsk() {
    assertThat(refusal(json(403, "{\"detail\":\"Forbidden\"}")))
        .isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void anythingElseIsNotUnderstood() {
    server.on("/api/get", result("{\"gcp\":true}"));
    assertThat(refusal(accepted("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed")))
        .isInstanceOf(Refusal.NotUnderstood.class);
  }

  private Refusal refusal(Answer answer) {
    server.on("/enabled_clouds", answer);
    return catchThrowableOfType(Permanent.class, client::enabledClouds).refusal();
  }
}
