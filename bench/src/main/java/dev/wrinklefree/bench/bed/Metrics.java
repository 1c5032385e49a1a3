package dev.wrinklefree.bench.bed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a service tells of itself at {@code /q/metrics}. */
public final class Metrics implements AutoCloseable {

  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;

  /** Of that service. */
  public Metrics(RunningService service) {
    address = service.management().resolve("/q/metrics");
  }

  /**
   * The value of a metric now, all its labels together.
   *
   * @param name as Prometheus has it, for example {@code wf_cost_tick_seconds_sum}
   * @return 0 where the service has not told of it yet
   */
  public double sum(String name) throws IOException, InterruptedException {
    var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException(address + " answered " + answer.statusCode());
    }
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    http.close();
  }
}
