package dev.wrinklefree.conformance.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** A new bucket of a server, called by plain HTTP and through Google's own client. */
final class Bucket {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI endpoint;
  private final String name;
  private final Notifications notifications;

  private Bucket(URI endpoint, String name, Notifications notifications) {
    this.endpoint = endpoint;
    this.name = name;
    this.notifications = notifications;
  }

  static Bucket create(URI endpoint, String name, Notifications notifications) {
    Bucket bucket = new Bucket(endpoint, name, notifications);
    HttpResponse<String> created =
        bucket.send("POST", "/storage/v1/b?project=p", "{\"name\": \"" + name + "\"}");
    if (created.statusCode() != 200) {
      throw new AssertionError("no bucket: " + created.statusCode() + " " + created.body());
    }
    return bucket;
  }

  String name() {
    return name;
  }

  /** The same server's bucket that nobody created. */
  Bucket missing() {
    return new Bucket(endpoint, name + "-missing", notifications);
  }

  /** What was told of the bucket's objects, once this one was. */
  List<JsonNode> notifications(String lastObject) {
    return notifications.of(name, lastObject);
  }

  /** Google's client, with nothing of the caller's own. */
  Storage client() {
    return StorageOptions.http()
        .setHost(endpoint.toString())
        .setProjectId("p")
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  HttpResponse<String> get(String below, String... headers) {
    return send("GET", "/storage/v1/b/" + name + below, "", headers);
  }

  HttpResponse<String> post(String below, String body, String... headers) {
    return send("POST", "/storage/v1/b/" + name + below, body, headers);
  }

  HttpResponse<String> patch(String below, String body) {
    return send("PATCH", "/storage/v1/b/" + name + below, body);
  }

  HttpResponse<String> delete(String below) {
    return send("DELETE", "/storage/v1/b/" + name + below, "");
  }

  HttpResponse<String> upload(String query, String body, String... headers) {
    return send("POST", "/upload/storage/v1/b/" + name + "/o?" + query, body, headers);
  }

  HttpResponse<String> download(String object) {
    String path = "/download/storage/v1/b/" + name + "/o/" + encoded(object) + "?alt=media";
    return send("GET", path, "");
  }

  /** Writes a small object and gives its resource. */
  JsonNode put(String object, String content) {
    HttpResponse<String> written =
        upload("uploadType=media&name=" + encoded(object), content, "Content-Type", "text/plain");
    if (written.statusCode() != 200) {
      throw new AssertionError(object + ": " + written.statusCode() + " " + written.body());
    }
    return json(written);
  }

  /** Calls an address that the server gave, such as that of a resumable upload. */
  HttpResponse<String> call(String method, String address, String body, String... headers) {
    URI given = URI.create(address);
    String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
    return send(method, given.getRawPath() + query, body, headers);
  }

  /** Below the bucket, the path of an object. */
  static String object(String object) {
    return "/o/" + encoded(object);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }

  static ObjectNode seen() {
    return MAPPER.createObjectNode();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint + path))
            .timeout(PATIENCE)
            .method(
                method,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body, UTF_8));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " broke off", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
