package dev.wrinklefree.delivery.webhook;

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
        "webhooks",
        150,
        new RawHttp(server.getPort()),
        new HttpMutator(
            List.of(
                "/webhooks",
                "/webhooks/wh-000000000000000000000000",
                "/webhooks/x/dead-letters",
                "/webhooks/x/dead-letters/y/redeliver"),
            List.of("limit", "runId", "x"),
            List.of("Accept", "Content-Type", "Last-Event-ID"),
            "Bearer " + TestToken.ADMIN.token()));
  }
}
