package dev.wrinklefree.sandbox.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wire: what a client sees that speaks plain HTTP. */
class StorageServerTest {

  private static final String OBJECTS = "/storage/v1/b/bkt/o";
  private static final String UPLOAD = "/upload/storage/v1/b/bkt/o";
  private static final int GRANULE = 256 * 1024;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private StorageServer server;

  @BeforeEach
  void startServer() throws IOException {
    server =
        StorageServer.start(
            StorageServerSettings.temporary(),
            InstantSource.fixed(Instant.parse("2026-11-23T10:00:00.123Z")));
    server.createBucket("bkt");
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
    http.close();
  }

  @Test
  void shouldDescribeAnObjectAsTheApiDoes() throws Exception {
    JsonNode object = json.readTree(upload("a/b c.pt", "weights").body());

    assertThat(object.path("kind").asText()).isEqualTo("storage#object");
    assertThat(object.path("name").asText()).isEqualTo("a/b c.pt");
    assertThat(object.path("size").isTextual()).as("64-bit numbers are strings").isTrue();
    assertThat(object.path("generation").asText()).isEqualTo("1795428000123000");
    assertThat(object.path("id").asText()).isEqualTo("bkt/a/b c.pt/1795428000123000");
    assertThat(object.path("crc32c").asText()).isEqualTo("kj6qRQ==");
    assertThat(object.path("timeCreated").asText()).isEqualTo("2026-11-23T10:00:00.123Z");
    assertThat(object.path("timeFinalized").asText()).isEqualTo("2026-11-23T10:00:00.123Z");
    assertThat(object.path("selfLink").asText()).endsWith("/storage/v1/b/bkt/o/a%2Fb%20c.pt");
    assertThat(send("GET", OBJECTS + "/a%2Fb%20c.pt").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldRaiseGenerationsEvenWhenTheClockStandsStill() throws Exception {
    long first = json.readTree(upload("x", "1").body()).path("generation").asLong();
    long second = json.readTree(upload("y", "2").body()).path("generation").asLong();

    assertThat(second).isEqualTo(first + 1);
  }

  @Test
  void shouldLeaveOutItemsWhenThereAreNone() throws Exception {
    HttpResponse<String> answer = send("GET", OBJECTS + "?prefix=none&projection=full");

    assertThat(answer.body()).isEqualTo("{\"kind\":\"storage#objects\"}");
  }

  @Test
  void shouldAnswerOnlyTheFieldsThatAreAskedFor() throws Exception {
    upload("a", "x");

    assertThat(send("GET", OBJECTS + "?fields=nothing").body()).isEqualTo("{}");
    assertThat(send("GET", OBJECTS + "?fields=items/name,items(size,nothing)").body())
        .isEqualTo("{\"items\":[{\"name\":\"a\",\"size\":\"1\"}]}");
    assertThat(send("GET", OBJECTS + "?fields=items(name").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldAnswerErrorsInTheApisShape() throws Exception {
    HttpResponse<String> answer = send("GET", OBJECTS + "/nothing");

    assertThat(answer.statusCode()).isEqualTo(404);
    JsonNode error = json.readTree(answer.body()).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(404);
    assertThat(error.path("message").asText()).isEqualTo("No such object: bkt/nothing");
    assertThat(error.path("errors").get(0).path("reason").asText()).isEqualTo("notFound");
    assertThat(send("GET", OBJECTS + "/nothing?alt=media").body())
        .isEqualTo("No such object: bkt/nothing");
  }

  @Test
  void shouldRefuseWhatItDoesNotHave() throws Exception {
    assertThat(send("GET", OBJECTS + "?matchGlob=**").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/batch/storage/v1").statusCode()).isEqualTo(404);
    assertThat(send("GET", OBJECTS + "?maxResults=ten").statusCode()).isEqualTo(400);
    assertThat(send("GET", OBJECTS + "?pageToken=%21").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldHideAResumableUploadUntilItsLastByte() throws Exception {
    byte[] content = new byte[GRANULE + 10];
    Arrays.fill(content, (byte) 7);
    String session = beginResumable("large", "{\"metadata\":{\"step\":\"5\"}}");

    HttpResponse<String> first =
        put(session, "bytes 0-" + (GRANULE - 1) + "/*", Arrays.copyOf(content, GRANULE));
    assertThat(first.statusCode()).isEqualTo(308);
    assertThat(first.headers().firstValue("Range")).contains("bytes=0-262143");
    assertThat(send("GET", OBJECTS + "/large").statusCode()).isEqualTo(404);
    assertThat(send("GET", OBJECTS).body()).doesNotContain("large");

    HttpResponse<String> question = put(session, "bytes */*", new byte[0]);
    assertThat(question.statusCode()).isEqualTo(308);
    assertThat(question.headers().firstValue("Range")).contains("bytes=0-262143");

    String lastRange = "bytes " + GRANULE + "-" + (content.length - 1) + "/" + content.length;
    byte[] rest = Arrays.copyOfRange(content, GRANULE, content.length);
    JsonNode object = json.readTree(put(session, lastRange, rest).body());
    assertThat(object.path("size").asText()).isEqualTo("262154");
    assertThat(object.path("metadata").path("step").asText()).isEqualTo("5");
    assertThat(getBytes(OBJECTS + "/large?alt=media")).isEqualTo(content);
    assertThat(put(session, "bytes */" + content.length, new byte[0]).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldTakeARepeatedChunkOnceAndRefuseAGap() throws Exception {
    byte[] chunk = new byte[GRANULE];
    String session = beginResumable("retried", "");
    put(session, "bytes 0-262143/*", chunk);

    assertThat(put(session, "bytes 0-262143/*", chunk).headers().firstValue("Range"))
        .contains("bytes=0-262143");
    assertThat(put(session, "bytes 524288-786431/*", chunk).statusCode()).isEqualTo(400);
    assertThat(put(session, "bytes 262144-262145/*", new byte[2]).statusCode())
        .as("an odd size before the last chunk")
        .isEqualTo(400);
    JsonNode object = json.readTree(put(session, "bytes */262144", new byte[0]).body());
    assertThat(object.path("size").asText()).isEqualTo("262144");
  }

  @Test
  void shouldCheckConditionsWhenAResumableUploadEnds() throws Exception {
    String session = beginAt(UPLOAD + "?uploadType=resumable&name=once&ifGenerationMatch=0", "");
    upload("once", "somebody else was first");

    assertThat(put(session, null, new byte[] {1}).statusCode()).isEqualTo(412);
  }

  @Test
  void shouldForgetACancelledUpload() throws Exception {
    String session = beginResumable("given-up", "");

    assertThat(sendTo("DELETE", session).statusCode()).isEqualTo(499);
    assertThat(put(session, null, new byte[] {1}).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldRefuseAnUploadThatWasDamagedOnTheWay() throws Exception {
    String body =
        "--B\r\nContent-Type: application/json\r\n\r\n"
            + "{\"name\":\"damaged\",\"crc32c\":\"AAAAAA==\"}\r\n"
            + "--B\r\nContent-Type: text/plain\r\n\r\nweights\r\n--B--\r\n";
    HttpResponse<String> answer =
        http.send(
            request(UPLOAD + "?uploadType=multipart")
                .header("Content-Type", "multipart/related; boundary=B")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Provided CRC32C", "AAAAAA==", "kj6qRQ==");
    assertThat(send("GET", OBJECTS + "/damaged").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldKeepBytesThatLookLikeABoundary() throws Exception {
    String content = "line\r\n--\r\n\r\n";
    String body =
        "--B\r\n\r\n{\"name\":\"tricky\"}\r\n--B\r\nContent-Type: text/x\r\n\r\n"
            + content
            + "\r\n--B--";
    http.send(
        request(UPLOAD + "?uploadType=multipart")
            .header("Content-Type", "multipart/related; boundary=\"B\"")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());

    HttpResponse<String> read = send("GET", OBJECTS + "/tricky?alt=media");
    assertThat(read.body()).isEqualTo(content);
    assertThat(read.headers().firstValue("Content-Type")).contains("text/x");
  }

  @Test
  void shouldServeRanges() throws Exception {
    upload("range", "0123456789");

    assertThat(ranged("bytes=2-4").body()).isEqualTo("234");
    assertThat(ranged("bytes=2-4").statusCode()).isEqualTo(206);
    assertThat(ranged("bytes=2-4").headers().firstValue("Content-Range")).contains("bytes 2-4/10");
    assertThat(ranged("bytes=7-").body()).isEqualTo("789");
    assertThat(ranged("bytes=-2").body()).isEqualTo("89");
    assertThat(ranged("bytes=10-").statusCode()).isEqualTo(416);
  }

  @Test
  void shouldAnswerNotModifiedWhenAReaderHasTheGeneration() throws Exception {
    String generation = json.readTree(upload("same", "1").body()).path("generation").asText();

    assertThat(send("GET", OBJECTS + "/same?ifGenerationNotMatch=" + generation).statusCode())
        .isEqualTo(304);
    assertThat(send("GET", OBJECTS + "/same?ifGenerationMatch=1").statusCode()).isEqualTo(412);
  }

  @Test
  void shouldRemoveAMetadataEntryWhenItIsPatchedToNull() throws Exception {
    String session = beginResumable("noted", "{\"metadata\":{\"a\":\"1\",\"b\":\"2\"}}");
    put(session, null, new byte[] {1});
    HttpResponse<String> answer =
        http.send(
            request(OBJECTS + "/noted")
                .header("X-HTTP-Method-Override", "PATCH")
                .POST(BodyPublishers.ofString("{\"metadata\":{\"a\":null,\"c\":\"3\"}}"))
                .build(),
            BodyHandlers.ofString());

    JsonNode object = json.readTree(answer.body());
    assertThat(object.path("metadata").toString()).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
    assertThat(object.path("metageneration").asText()).isEqualTo("2");
  }

  private HttpResponse<String> upload(String name, String content) throws Exception {
    String encoded = URLEncoder.encode(name, UTF_8);
    return http.send(
        request(UPLOAD + "?uploadType=media&name=" + encoded)
            .POST(BodyPublishers.ofString(content))
            .build(),
        BodyHandlers.ofString());
  }

  private String beginResumable(String name, String resource) throws Exception {
    return beginAt(UPLOAD + "?uploadType=resumable&name=" + name, resource);
  }

  private String beginAt(String path, String resource) throws Exception {
    HttpResponse<String> answer =
        http.send(
            request(path).POST(BodyPublishers.ofString(resource)).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> put(String session, @Nullable String contentRange, byte[] content)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(session)).PUT(BodyPublishers.ofByteArray(content));
    if (contentRange != null) {
      request.header("Content-Range", contentRange);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> ranged(String range) throws Exception {
    return http.send(
        request(OBJECTS + "/range?alt=media").header("Range", range).build(),
        BodyHandlers.ofString());
  }

  private byte[] getBytes(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofByteArray()).body();
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return sendTo(method, server.endpoint() + path);
  }

  private HttpResponse<String> sendTo(String method, String address) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).method(method, BodyPublishers.noBody()).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.endpoint() + path));
  }
}
