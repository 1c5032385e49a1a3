package dev.wrinklefree.bench.checkpoints;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.api.gax.paging.Page;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageOptions;
import dev.wrinklefree.bench.bed.ProcessUsage;
import dev.wrinklefree.bench.figure.Percentiles;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The bare listing: asks for the objects of each run's prefix, with as many threads as
 * checkpoint-service has for a bucket, reads the five fields of each that are needed, and forgets
 * them. Reads a number of runs per line, answers with what {@link Answer} says.
 */
final class ListingPeer {

  private static final int THREADS = 16;
  private static final int PAGE = 1_000;
  private static final String FIELDS =
      "nextPageToken,items/name,items/generation,items/size,items/crc32c,items/timeCreated,items/storageClass";

  /**
   * What one listing of all prefixes took.
   *
   * @param objects that were listed
   * @param wallMillis from the first request to the last answer
   * @param cpuMillis of the process
   * @param p50Millis from the first request until the run in the middle was listed
   * @param p99Millis the same of the run that comes after 99 % of them
   */
  record Answer(
      long objects, double wallMillis, double cpuMillis, double p50Millis, double p99Millis) {

    static Answer parse(String line) {
      String[] parts = line.split(" ");
      return new Answer(
          Long.parseLong(parts[0]),
          Double.parseDouble(parts[1]),
          Double.parseDouble(parts[2]),
          Double.parseDouble(parts[3]),
          Double.parseDouble(parts[4]));
    }

    String line() {
      return String.format(
          Locale.ROOT, "%d %f %f %f %f", objects, wallMillis, cpuMillis, p50Millis, p99Millis);
    }
  }

  private interface Lister {
    List<StoredObject> list(String prefix) throws IOException;
  }

  private ListingPeer() {}

  /**
   * @param arguments {@code google} for Google's client or {@code raw} for plain HTTP, and the root
   *     of the API
   */
  public static void main(String[] arguments) throws Exception {
    URI endpoint = URI.create(arguments[1]);
    Lister lister = arguments[0].equals("google") ? google(endpoint) : raw(endpoint);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        System.out.println(measure(threads, lister, Integer.parseInt(line)).line());
      }
    }
  }

  private static Answer measure(ExecutorService threads, Lister lister, int runs) throws Exception {
    long[] done = new long[runs];
    AtomicLong objects = new AtomicLong();
    long cpu = ProcessUsage.own().cpu().toNanos();
    long begin = System.nanoTime();
    List<Callable<Boolean>> work =
        IntStream.range(0, runs)
            .<Callable<Boolean>>mapToObj(
                run ->
                    () -> {
                      objects.addAndGet(lister.list(SyntheticBucket.prefix(run)).size());
                      done[run] = System.nanoTime() - begin;
                      return true;
                    })
            .toList();
    for (Future<Boolean> each : threads.invokeAll(work)) {
      each.get();
    }
    long wall = System.nanoTime() - begin;
    long used = ProcessUsage.own().cpu().toNanos() - cpu;
    Percentiles percentiles = Percentiles.of(done);
    return new Answer(
        objects.get(), wall / 1e6, used / 1e6, percentiles.millis(50), percentiles.millis(99));
  }

  private static Lister google(URI endpoint) {
    Storage storage =
        StorageOptions.http()
            .setHost(endpoint.toString())
            .setProjectId("bench")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    return prefix -> {
      List<StoredObject> objects = new ArrayList<>();
      Page<Blob> page =
          storage.list(
              SyntheticBucket.NAME,
              BlobListOption.prefix(prefix),
              BlobListOption.pageSize(PAGE),
              BlobListOption.fields(
                  BlobField.NAME,
                  BlobField.GENERATION,
                  BlobField.SIZE,
                  BlobField.CRC32C,
                  BlobField.TIME_CREATED,
                  BlobField.STORAGE_CLASS));
      for (Blob blob : page.iterateAll()) {
        objects.add(
            new StoredObject(
                blob.getName(),
                blob.getGeneration(),
                blob.getSize(),
                blob.getCrc32c(),
                blob.getCreateTimeOffsetDateTime().toInstant()));
      }
      return objects;
    };
  }

  private static Lister raw(URI endpoint) {
    JsonFactory json = new JsonFactory();
    return prefix -> {
      List<StoredObject> objects = new ArrayList<>();
      String token = "";
      do {
        URI page =
            endpoint.resolve(
                "/storage/v1/b/%s/o?prefix=%s&maxResults=%d&fields=%s%s"
                    .formatted(
                        SyntheticBucket.NAME,
                        URLEncoder.encode(prefix, StandardCharsets.UTF_8),
                        PAGE,
                        FIELDS,
                        token.isEmpty() ? "" : "&pageToken=" + token));
        HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
        try (InputStream body = connection.getInputStream();
            JsonParser parser = json.createParser(body)) {
          token = read(parser, objects);
        }
      } while (!token.isEmpty());
      return objects;
    };
  }

  private static String read(JsonParser parser, List<StoredObject> objects) throws IOException {
    String token = "";
    String name = "";
    long generation = 0;
    long size = 0;
    String crc32c = "";
    Instant writtenAt = Instant.EPOCH;
    int depth = 0;
    for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
      switch (next) {
        case START_OBJECT -> depth++;
        case END_OBJECT -> {
          depth--;
          if (depth == 1) {
            objects.add(new StoredObject(name, generation, size, crc32c, writtenAt));
          }
        }
        case VALUE_STRING -> {
          String value = parser.getText();
          switch (parser.currentName()) {
            case "nextPageToken" -> token = value;
            case "name" -> name = value;
            case "generation" -> generation = Long.parseLong(value);
            case "size" -> size = Long.parseLong(value);
            case "crc32c" -> crc32c = value;
            case "timeCreated" -> writtenAt = Instant.parse(value);
            default -> {
              // Not needed.
            }
          }
        }
        default -> {
          // Arrays and names of fields.
        }
      }
    }
    return token;
  }
}
