package dev.wrinklefree.testkit.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.io.IOException;
import java.util.List;

/** Hostile requests to a running service: each is answered, and none is a failure. */
public final class HttpSiege {

  private static final String PROBLEM = "application/problem+json";

  /** Where Netty and Vert.x refuse a request before it is one: too long, or not HTTP. */
  private static final List<Integer> BEFORE_ALL = List.of(400, 413, 414, 431);

  private static final List<String> TRACES =
      List.of("Exception", "\tat ", "java.lang.", "SQLSTATE");

  private HttpSiege() {}

  /**
   * Runs a campaign of requests without a body.
   *
   * @throws AssertionError for the first answer that is not as it must be
   */
  public static void run(String service, int cases, RawHttp http, HttpMutator mutator) {
    FuzzCampaign campaign = FuzzCampaign.ofDear(service, cases);
    campaign.run((random, number) -> judged(http.send(mutator.request(random))));
    campaign.report();
  }

  /**
   * The status of an answer that is as it must be: not a failure, without a trace of what is
   * inside, and a problem if it is a refusal.
   *
   * @throws AssertionError if it is not
   */
  public static String judged(RawHttp.Answer answer) throws IOException {
    require(answer.status() >= 200 && answer.status() < 500, "a failure", answer);
    for (String trace : TRACES) {
      require(!(answer.head() + answer.body()).contains(trace), "has " + trace, answer);
    }
    if (answer.status() >= 400 && !answer.is(PROBLEM)) {
      boolean early = BEFORE_ALL.contains(answer.status()) && answer.body().isEmpty();
      require(early, "no problem", answer);
    } else if (answer.status() >= 400 && !answer.body().isEmpty()) {
      JsonNode problem = ContractJson.mapper().readTree(answer.body());
      boolean sound =
          problem.path("status").intValue() == answer.status()
              && problem.path("type").asText().startsWith("/problems/");
      require(sound, "not a sound problem", answer);
    }
    return Integer.toString(answer.status());
  }

  private static void require(boolean holds, String otherwise, RawHttp.Answer answer) {
    if (!holds) {
      throw new AssertionError(otherwise + ": " + answer);
    }
  }
}
