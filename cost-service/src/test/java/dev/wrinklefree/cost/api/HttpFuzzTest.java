package dev.wrinklefree.cost.api;

import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.access.TestToken;
import dev.wrinklefree.testkit.fuzz.HttpMutator;
import dev.wrinklefree.testkit.fuzz.HttpSiege;
import dev.wrinklefree.testkit.fuzz.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that no client would send. */
@QuarkusTest
@WithPlatform
@SuppressWarnings("NullAway.Init") // Quarkus sets the address
class HttpFuzzTest {

  @TestHTTPResource URI server;

  @Test
  void anyPathQueryAndHeadersAreAnswered() {
    HttpSiege.run(
        "costs",
        150,
        new RawHttp(server.getPort()),
        new HttpMutator(
            List.of(
                "/costs",
                "/costs/no-such-run",
                "/costs/no-such-run/what-if",
                "/alerts",
                "/prices",
                "/checks",
                "/estimates",
                "/"),
            List.of("limit", "model", "scale", "runId", "open", "x"),
            List.of("Accept", "traceparent", "Content-Type"),
            "Bearer " + TestToken.ADMIN.token()));
  }
}
