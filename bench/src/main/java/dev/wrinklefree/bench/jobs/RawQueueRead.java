package dev.wrinklefree.bench.jobs;

import com.sun.management.OperatingSystemMXBean;
import dev.wrinklefree.skypilot.jobs.QueueFields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/**
 * Reads the unfinished jobs as monitor-service asks for them, page after page, and does nothing
 * with the bytes. For each number on its standard input it reads them that often and prints one
 * line: nanoseconds and CPU nanoseconds per reading, and its bytes.
 */
final class RawQueueRead {

  /** Of a page, as the service is shipped. */
  static final int PAGE_SIZE = 200;

  private static final String REQUEST_ID = "X-SkyPilot-Request-ID";

  private final URI endpoint;
  private final int pages;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private long bytes;

  private RawQueueRead(URI endpoint, int pages) {
    this.endpoint = endpoint;
    this.pages = pages;
  }

  /**
   * @param arguments endpoint, unfinished jobs
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    RawQueueRead queue =
        new RawQueueRead(URI.create(arguments[0]), Integer.parseInt(arguments[1]) / PAGE_SIZE + 1);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      answers.println(queue.measure(Integer.parseInt(order)));
    }
  }

  private String measure(int readings) throws IOException, InterruptedException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    bytes = 0;
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    readings(readings);
    long wall = System.nanoTime() - start;
    cpu = system.getProcessCpuTime() - cpu;
    return "%d %d %d".formatted(wall / readings, cpu / readings, bytes / readings);
  }

  /** A full last page is followed by one more, as a client cannot know that it was the last. */
  private void readings(int count) throws IOException, InterruptedException {
    for (int reading = 0; reading < count; reading++) {
      for (int page = 1; page <= pages; page++) {
        bytes += page(page);
      }
    }
  }

  private int page(int number) throws IOException, InterruptedException {
    String fields = "\"" + String.join("\",\"", QueueFields.STATE) + "\"";
    String question =
        """
        {"env_vars":{"SKYPILOT_USER_ID":"wrinklefree","SKYPILOT_USER":"wrinklefree"},\
        "refresh":false,"skip_finished":true,"all_users":true,"name_match":null,\
        "page":%d,"limit":%d,"fields":[%s]}"""
            .formatted(number, PAGE_SIZE, fields);
    HttpResponse<byte[]> submitted =
        http.send(
            request("/jobs/queue/v2").POST(BodyPublishers.ofString(question)).build(),
            BodyHandlers.ofByteArray());
    String id = submitted.headers().firstValue(REQUEST_ID).orElseThrow();
    HttpResponse<byte[]> answer =
        http.send(request("/api/get?request_id=" + id).GET().build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("HTTP " + answer.statusCode());
    }
    return submitted.body().length + answer.body().length;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(endpoint + path))
        .header("Content-Type", "application/json")
        .header("X-SkyPilot-API-Version", "55")
        .header("X-SkyPilot-Version", "0.13.0");
  }
}
