package dev.wrinklefree.testkit.fuzz;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Makes requests that are hostile in the path, the query, the headers or the body. */
public final class HttpMutator {

  private static final List<String> METHODS =
      List.of("GET", "GET", "GET", "POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE");

  private static final List<String> SEGMENTS =
      List.of(
          "%00",
          "%2e%2e",
          "..%2f..%2fetc%2fpasswd",
          "%ff%fe",
          "%c0%ae",
          "%",
          "%zz",
          "a%20b",
          "..",
          ".",
          "%0d%0aSet-Cookie:a=b",
          ";jsessionid=1",
          "%E2%80%AE",
          "%25%30%30",
          "~",
          "*",
          "$%7B",
          "%ED%A0%80",
          "no-such-run",
          "@",
          "a+b",
          "%2F",
          "'");

  private static final String JSON = "application/json";

  private static final List<String> TYPES =
      List.of(
          "application/json; charset=utf-16",
          "text/plain",
          "application/cloudevents+json",
          "multipart/form-data",
          "x",
          "/",
          "*/*");

  private final List<String> paths;
  private final List<String> parameters;
  private final List<String> headers;
  private final String authorization;

  /**
   * A mutator for one service.
   *
   * @param paths that it serves; others are made by appending
   * @param parameters of its queries
   * @param headers that it reads
   * @param authorization value of the header of that name
   */
  public HttpMutator(
      List<String> paths, List<String> parameters, List<String> headers, String authorization) {
    this.paths = List.copyOf(paths);
    this.parameters = List.copyOf(parameters);
    this.headers = List.copyOf(headers);
    this.authorization = authorization;
  }

  /** A request without a body: any method, path, query and headers. */
  public byte[] request(SplittableRandom random) {
    return bytes(
        METHODS.get(random.nextInt(METHODS.size())), target(random), random, "", new byte[0]);
  }

  /** The same, with that body, to that path. */
  public byte[] post(String path, byte[] body, SplittableRandom random) {
    String type = random.nextInt(8) > 0 ? JSON : TYPES.get(random.nextInt(TYPES.size()));
    return bytes("POST", path, random, "Content-Type: " + type + "\r\n", body);
  }

  private byte[] bytes(
      String method, String target, SplittableRandom random, String type, byte[] body) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    head.append("Connection: close\r\nAuthorization: ").append(authorization).append("\r\n");
    head.append(type).append("Content-Length: ").append(body.length).append("\r\n");
    for (int more = random.nextInt(3); more > 0; more--) {
      String name = headers.get(random.nextInt(headers.size()));
      head.append(name).append(": ").append(headerValue(random)).append("\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  private String target(SplittableRandom random) {
    StringBuilder target = new StringBuilder(paths.get(random.nextInt(paths.size())));
    for (int more = random.nextInt(3); more > 0; more--) {
      target.append('/').append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
    }
    char separator = '?';
    for (int more = random.nextInt(4); more > 0; more--) {
      String name = parameters.get(random.nextInt(parameters.size()));
      target.append(separator).append(name).append('=').append(queryValue(random));
      separator = '&';
    }
    return target.toString();
  }

  private static String queryValue(SplittableRandom random) {
    if (random.nextBoolean()) {
      return SEGMENTS.get(random.nextInt(SEGMENTS.size()));
    }
    String text = HostileTexts.any(random);
    // The server limits a request line to 4 KiB, which is not what is tried here.
    String cut = text.length() > 200 ? text.substring(0, 200) : text;
    return URLEncoder.encode(cut, StandardCharsets.UTF_8);
  }

  /** On one line: a line break would end the header, and begin another that is as good as any. */
  private static String headerValue(SplittableRandom random) {
    String text = HostileTexts.any(random).replaceAll("[\r\n]", " ");
    return text.length() > 2_000 ? text.substring(0, 2_000) : text;
  }
}
