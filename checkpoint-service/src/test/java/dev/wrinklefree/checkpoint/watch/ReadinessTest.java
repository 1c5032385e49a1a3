package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.sandbox.gcs.ListingFault;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** What the management port says of the watch. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class ReadinessTest extends WatchScenario {

  @Override
  protected String bucketName() {
    return "ready-" + runId;
  }

  @Test
  void isReadyWithoutRuns() {
    awaitReady();
  }

  @Test
  void isNotReadyWhileAKnownBucketCannotBeListedAndSaysSinceWhenAndWhy() {
    accept();
    awaitListings(1);
    awaitReady();
    server.disturbListings(bucket.name(), Integer.MAX_VALUE, new ListingFault.Refused(503));

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = get("ready");
              assertThat(answer.statusCode()).isEqualTo(503);
              assertThat(answer.body())
                  .contains("checkpoint-watcher", "no successful read since")
                  .contains("gs://" + bucket.name() + " fails since", "http-503");
            });
    assertThat(get("live").statusCode()).isEqualTo(200);

    server.calmListings(bucket.name());
    awaitReady();
  }

  @Test
  void isReadyAlthoughALaunchNamedABucketThatDoesNotExist() {
    accept();
    awaitListings(1);
    var stranger = Fixtures.newRunId();
    accept(stranger, "no-such-bucket");
    awaitFailures(stranger, 3);
    // Longer than the watch's patience, in listings.
    awaitListings(30);

    assertThat(get("ready").statusCode()).isEqualTo(200);
  }

  private static void awaitReady() {
    Awaitility.await().atMost(PATIENCE).until(() -> get("ready").statusCode() == 200);
  }

  private static HttpResponse<String> get(String check) {
    int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
    URI uri = URI.create("http://127.0.0.1:" + port + "/q/health/" + check);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
