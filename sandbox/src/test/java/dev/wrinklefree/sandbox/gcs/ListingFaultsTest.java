package dev.wrinklefree.sandbox.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingFaultsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final HttpClient http = HttpClient.newHttpClient();
  private StorageServer server;

  @BeforeEach
  void start() throws IOException {
    server = StorageServer.start(StorageServerSettings.temporary(), InstantSource.fixed(NOW));
    for (String bucket : List.of("bkt", "other")) {
      server.createBucket(bucket);
      server.put(bucket, "a", "1".getBytes(UTF_8));
      server.put(bucket, "b", "2".getBytes(UTF_8));
    }
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    http.close();
  }

  @Test
  void disturbsSoManyListingsOfOneBucketOnly() throws Exception {
    server.disturbListings("bkt", 2, new ListingFault.Refused(429));

    assertThat(list("bkt", "").statusCode()).isEqualTo(429);
    assertThat(list("other", "").statusCode()).isEqualTo(200);
    assertThat(list("bkt", "").statusCode()).isEqualTo(429);
    assertThat(list("bkt", "").statusCode()).isEqualTo(200);
    assertThat(server.listingRequests("bkt")).isEqualTo(3);
  }

  @Test
  void takesFaultsBack() throws Exception {
    server.disturbListings("bkt", 100, new ListingFault.Refused(503));
    server.calmListings("bkt");

    assertThat(list("bkt", "").statusCode()).isEqualTo(200);
  }

  @Test
  void cutsTheConnectionInTheBody() {
    server.disturbListings("bkt", 1, new ListingFault.CutOff());

    assertThatThrownBy(() -> list("bkt", "")).isInstanceOf(IOException.class);
  }

  @Test
  void endsTheJsonTooEarly() throws Exception {
    String whole = list("bkt", "").body();
    server.disturbListings("bkt", 1, new ListingFault.Truncated());

    HttpResponse<String> answer = list("bkt", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(whole).startsWith(answer.body()).hasSizeGreaterThan(answer.body().length());
  }

  @Test
  void refusesTheTokenOfASecondPageOnly() throws Exception {
    server.disturbListings("bkt", 1, new ListingFault.TokenRefused());

    assertThat(list("bkt", "maxResults=1").statusCode()).isEqualTo(200);
    assertThat(list("bkt", "maxResults=1&pageToken=YQ==").statusCode()).isEqualTo(400);
  }

  @Test
  void repeatsTheFirstPage() throws Exception {
    String first = list("bkt", "maxResults=1").body();
    server.disturbListings("bkt", 1, new ListingFault.PageRepeated());

    assertThat(list("bkt", "maxResults=1&pageToken=YQ==").body()).isEqualTo(first);
  }

  @Test
  void answersLate() throws Exception {
    server.disturbListings("bkt", 1, new ListingFault.Delayed(Duration.ofMillis(200)));
    long begun = System.nanoTime();

    assertThat(list("bkt", "").statusCode()).isEqualTo(200);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(199));
  }

  @Test
  void shiftsTheTimesOfObjects() throws Exception {
    server.shiftClock(Duration.ofDays(-1));
    server.put("bkt", "c", "3".getBytes(UTF_8));

    assertThat(list("bkt", "").body()).contains("\"timeCreated\":\"2026-11-22T10:00:00.000Z\"");
  }

  @Test
  void tellsOfEachObjectThatBecomesVisible() throws Exception {
    List<FinalizedObject> told = new ArrayList<>();
    server.onFinalize(told::add);
    server.put("bkt", "a", "3".getBytes(UTF_8));
    server.put("bkt", "c", "4".getBytes(UTF_8));

    assertThat(told).extracting(FinalizedObject::name).containsExactly("a", "c");
    assertThat(told.getFirst().at()).isEqualTo(NOW);
    assertThat(told.getFirst().overwroteGeneration()).isLessThan(told.getFirst().generation());
    assertThat(told.getLast().overwroteGeneration()).isNull();
    assertThat(told.getLast().resource()).contains("\"kind\":\"storage#object\"");
  }

  private HttpResponse<String> list(String bucket, String query)
      throws IOException, InterruptedException {
    URI uri = URI.create(server.endpoint() + "/storage/v1/b/" + bucket + "/o?" + query);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
