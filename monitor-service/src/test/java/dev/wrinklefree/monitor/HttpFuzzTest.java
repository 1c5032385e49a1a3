package dev.wrinklefree.monitor;

import dev.wrinklefree.testkit.access.TestToken;
import dev.wrinklefree.testkit.fuzz.HttpMutator;
import dev.wrinklefree.testkit.fuzz.HttpSiege;
import dev.wrinklefree.testkit.fuzz.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that no client would send. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithScriptedSkyPilot
@SuppressWarnings("NullAway.Init") // Quarkus sets the address
class HttpFuzzTest {

  @TestHTTPResource URI server;

  @Test
  void anyPathQueryAndHeadersAreAnswered() {
    HttpSiege.run(
        "jobs",
        150,
        new RawHttp(server.getPort()),
        new HttpMutator(
            List.of("/jobs", "/jobs/no-such-run", "/jobs/no-such-run/logs", "/"),
            List.of("limit", "state", "follow", "tail", "x"),
            List.of("Accept", "traceparent", "Content-Type"),
            "Bearer " + TestToken.ADMIN.token()));
  }
}
