package dev.wrinklefree.launch.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.launch.world.WithWorld;
import dev.wrinklefree.testkit.access.TestToken;
import dev.wrinklefree.testkit.fuzz.FuzzCampaign;
import dev.wrinklefree.testkit.fuzz.HttpMutator;
import dev.wrinklefree.testkit.fuzz.JsonMutator;
import dev.wrinklefree.testkit.fuzz.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client would send: each is refused with a problem, and none is a failure. */
@QuarkusTest
@WithWorld
@SuppressWarnings("NullAway.Init") // Quarkus sets the address
class HttpFuzzTest {

  private static final String PROBLEM = "application/problem+json";
  private static final String SECRET = "hf" + "_abcdefghijklmnopqrstuvwxyzABCDEFGH";
  private static final String AUTHORIZATION = "Bearer " + TestToken.ADMIN.token();

  /** Where Netty and Vert.x refuse a request before it is one: too long, or not HTTP. */
  private static final List<Integer> BEFORE_ALL = List.of(400, 413, 414, 431);

  private final HttpMutator mutator =
      new HttpMutator(
          List.of(
              "/launches", "/launches/no-such-run", "/launches/", "/", "//launches", "/q/health"),
          List.of("limit", "name", "reason", "requestedBy", "x", ""),
          List.of("Idempotency-Key", "traceparent", "Accept", "X-Forwarded-For", "Content-Type"),
          AUTHORIZATION);
  @TestHTTPResource URI server;

  @Test
  void anyPathQueryAndHeadersAreAnswered() {
    FuzzCampaign campaign = FuzzCampaign.ofDear("http", 300);

    campaign.run(
        (random, number) -> judged(new RawHttp(server.getPort()).send(mutator.request(random))));

    campaign.report();
  }

  @Test
  void anyBodyIsAnswered() {
    FuzzCampaign campaign = FuzzCampaign.ofDear("bodies", 300);

    campaign.run(
        (random, number) ->
            judged(
                new RawHttp(server.getPort())
                    .send(mutator.post("/launches", body(random), random))));

    campaign.report();
    assertThat(campaign.toString()).contains("422=", "400=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /launches?name=%00",
        "GET /launches?name=a%00b&limit=1",
        "GET /launches?name=%ED%A0%80",
        "GET /launches?limit=99999999999999999999",
        "GET /launches/%00",
        "GET /launches/..%2f..%2fetc%2fpasswd",
        "GET /launches/%2e%2e%2f",
        "DELETE /launches/%00",
        "DELETE /launches/no-such-run?reason=%00&requestedBy=%0d%0a",
        "GET /launches/%",
        "GET /%zz",
        "PROPFIND /launches"
      })
  void whatCannotBeIsNoFailure(String line) throws IOException {
    judged(new RawHttp(server.getPort()).send(request(line, "", new byte[0])));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":%s}|400",
        "{\"model\":\"%s\"}|422",
        "{\"model\":\"smollm2_135m\",\"environment\":{\"A\":\"%s\"}}|422",
        "{\"model\":\"smollm2_135m\",\"environment\":{\"HF_TOKEN\":\"%s\"}}|422",
        "{\"model\":\"smollm2_135m\",\"overrides\":[\"%s\"]}|422",
        "{\"model\":\"smollm2_135m\",\"%s\":1}|422",
        "{\"model\":\"smollm2_135m\",\"runId\":\"%s\"}|422",
        "%s|400"
      })
  void noAnswerRepeatsASecret(String body, int status) throws IOException {
    byte[] bytes = body.replace("%s", SECRET).getBytes(StandardCharsets.UTF_8);

    RawHttp.Answer answer =
        new RawHttp(server.getPort())
            .send(request("POST /launches", "Content-Type: application/json\r\n", bytes));

    assertThat(answer.status()).isEqualTo(status);
    judged(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "é", "", " ", "\tx"})
  void aKeyThatCouldBecomeAnotherHeaderIsRefusedByName(String key) throws IOException {
    RawHttp.Answer answer =
        new RawHttp(server.getPort())
            .send(
                request(
                    "POST /launches",
                    "Content-Type: application/json\r\nIdempotency-Key: x" + key + "y\r\n",
                    "{\"model\":\"none\"}".getBytes(StandardCharsets.UTF_8)));

    assertThat(judged(answer)).isIn("400", "422");
  }

  private static byte[] body(SplittableRandom random) {
    ObjectNode hopeless = RequestSeeds.hopeless();
    hopeless.put("note", SECRET);
    ObjectNode mutated = JsonMutator.mutated(hopeless, RequestSeeds.FIELDS, random);
    return random.nextInt(8) == 0
        ? JsonMutator.flipped(JsonMutator.text(mutated).getBytes(StandardCharsets.UTF_8), random)
        : JsonMutator.bytes(mutated, random);
  }

  private static byte[] request(String line, String headers, byte[] body) {
    byte[] head =
        (line
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                + AUTHORIZATION
                + "\r\n"
                + headers
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  /** The status of an answer that is as it must be. */
  private static String judged(RawHttp.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.toString()).isBetween(200, 499);
    assertThat(answer.head() + answer.body())
        .doesNotContain(SECRET, "Exception", "\tat ", "dev.wrinklefree.launch.", "java.lang.");
    if (answer.status() >= 400 && !answer.body().isEmpty()) {
      assertThat(answer.is(PROBLEM)).as(answer.toString()).isTrue();
      JsonNode problem = ContractJson.mapper().readTree(answer.body());
      assertThat(problem.path("status").intValue()).isEqualTo(answer.status());
      assertThat(problem.path("type").textValue()).startsWith("/problems/");
      problem.path("violations").forEach(v -> assertThat(v.path("code").textValue()).isNotEmpty());
    } else if (answer.status() >= 400 && !answer.is(PROBLEM)) {
      // An answer to HEAD has no body, but its content type.
      assertThat(answer.status()).as(answer.toString()).isIn(BEFORE_ALL);
    }
    return Integer.toString(answer.status());
  }
}
