package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code wf webhooks}. */
class WebhooksTest extends ScriptedPlatformTest {

  private static final String WEBHOOK =
      """
      {"id":"wh-%s","url":"https://ci.example/hook","owner":"ada","pending":2,"deadLetters":1,
       "createdAt":"2026-11-23T09:00:00Z","lastDeliveredAt":"2026-11-23T09:59:00Z",
       "lastFailure":"HTTP status 500"%s}
      """;

  @Test
  void allServicesGetTheSecretThatTheFirstOneMade() throws Exception {
    launch.answer("POST /webhooks", 201, WEBHOOK.formatted("1", ",\"secret\":\"whsec_abc\""));
    for (ScriptedService other : new ScriptedService[] {monitor, checkpoint, cost}) {
      other.answer("POST /webhooks", 201, WEBHOOK.formatted("2", ",\"secret\":\"whsec_abc\""));
    }
    assertThat(wf("webhooks", "add", "https://ci.example/hook")).isEqualTo(ExitCode.OK);
    assertThat(sent(launch, "POST /webhooks"))
        .isEqualTo(json("{\"url\":\"https://ci.example/hook\"}"));
    assertThat(sent(cost, "POST /webhooks"))
        .isEqualTo(json("{\"url\":\"https://ci.example/hook\",\"secret\":\"whsec_abc\"}"));
    assertThat(out.toString()).containsOnlyOnce("whsec_abc").contains("wf webhooks ping wh-1");
  }

  @Test
  void aTypeIsAskedOfThoseWhoTellIt() throws Exception {
    for (ScriptedService teller : new ScriptedService[] {monitor, checkpoint, cost}) {
      teller.answer("POST /webhooks", 201, WEBHOOK.formatted("3", ",\"secret\":\"whsec_abc\""));
    }
    assertThat(
            wf("webhooks", "add", "https://x.example", "--type", "run.alerted.v1,cost.updated.v1"))
        .isEqualTo(ExitCode.OK);
    assertThat(launch.requests()).isEmpty();
    assertThat(sent(monitor, "POST /webhooks").path("types"))
        .isEqualTo(json("[\"dev.wrinklefree.run.alerted.v1\"]"));
    assertThat(sent(cost, "POST /webhooks").path("types"))
        .isEqualTo(
            json("[\"dev.wrinklefree.run.alerted.v1\",\"dev.wrinklefree.cost.updated.v1\"]"));
  }

  @Test
  void aTypeThatNobodyTellsIsRefused() {
    assertThat(wf("webhooks", "add", "https://x.example", "--type", "launch.requested.v1"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("no service tells \"launch.requested.v1\"").hasLineCount(1);
  }

  @Test
  void theListSaysHowDeliveriesGo() {
    monitor.answer("GET /webhooks?limit=1000", 200, list("webhooks", WEBHOOK.formatted("1", "")));
    assertThat(wf("webhooks", "list")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsPattern(
            "monitor-service +wh-1 +all +1m 00s ago +2 +1 +HTTP status 500 +https://ci");
  }

  @Test
  void removingFindsWhoseItIs() {
    cost.answer("GET /webhooks/wh-1", 200, WEBHOOK.formatted("1", ""))
        .answer("DELETE /webhooks/wh-1", 204, "");
    assertThat(wf("webhooks", "remove", "wh-1")).isEqualTo(ExitCode.OK);
    assertThat(cost.requests()).contains("DELETE /webhooks/wh-1");
    assertThat(wf("webhooks", "remove", "wh-1", "wh-2")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(cost.requests()).filteredOn(r -> r.startsWith("DELETE")).hasSize(1);
  }

  @Test
  void aPingThatIsNotTakenIsAnError() {
    launch
        .answer("GET /webhooks/wh-1", 200, WEBHOOK.formatted("1", ""))
        .answer(
            "POST /webhooks/wh-1/ping",
            200,
            "{\"delivered\":false,\"answer\":\"HTTP status 500\",\"millis\":12}");
    assertThat(wf("webhooks", "ping", "wh-1")).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(out.toString()).isEqualTo("Not delivered: HTTP status 500, 12 ms\n");
  }

  @Test
  void deadLettersAreListedAndSentAgain() {
    launch
        .answer("GET /webhooks/wh-1", 200, WEBHOOK.formatted("1", ""))
        .answer(
            "GET /webhooks/wh-1/dead-letters?limit=1000",
            200,
            """
            {"deadLetters":[{"deliveryId":"msg_1","runId":"my-run","type":"t","tries":8,
             "deadAt":"2026-11-23T09:00:00Z","reason":"HTTP status 500"}]}
            """)
        .answer("POST /webhooks/wh-1/dead-letters/redeliver", 202, "{\"redelivered\":1}");
    assertThat(wf("webhooks", "dead-letters", "wh-1")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).containsPattern("msg_1 +my-run +t +1h 00m ago +8 +HTTP status 500");
    assertThat(wf("webhooks", "dead-letters", "wh-1", "--redeliver")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).endsWith("1 are sent again. See: wf webhooks list\n");
  }
}
