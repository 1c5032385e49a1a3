package dev.wrinklefree.bench.checkpoints;

import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.CheckpointWritten.Layout;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.RunId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A bucket of which nothing is kept: the names of its objects follow from their number. Each run
 * has the same checkpoints, each a directory of five objects. All digits are padded, so that the
 * order of names is the order of numbers, as a listing has it.
 */
final class SyntheticBucket {

  static final String NAME = "wrinklefree-checkpoints";

  /** A model in four shards and the trainer's state. */
  static final List<String> MEMBERS =
      List.of(
          "model-00001-of-00004.safetensors",
          "model-00002-of-00004.safetensors",
          "model-00003-of-00004.safetensors",
          "model-00004-of-00004.safetensors",
          "training_state.pt");

  static final CheckpointLayout LAYOUT =
      new CheckpointLayout(
          List.of(new CheckpointLayout.Pattern("checkpoint-{step}/", MEMBERS, false)));

  private static final String HOME = "fairy2/smollm2_135m/";
  private static final String CRC32C = "yZRlqg==";
  private static final long OBJECT_BYTES = 540_000_000;
  private static final int FIRST_STEP = 100_000;
  private static final int STEPS_BETWEEN = 100;

  private final int runs;
  private final List<Instant> writtenAt = new ArrayList<>();
  private List<byte[]> tails = List.of();

  /**
   * @param runs that have a prefix in it, up to 100,000
   */
  SyntheticBucket(int runs) {
    this.runs = runs;
  }

  static RunId runId(int run) {
    return new RunId(String.format(Locale.ROOT, "bench-%05d", run));
  }

  /** A run's own prefix. */
  static String prefix(int run) {
    return HOME + runId(run) + "/";
  }

  /** Adds a checkpoint to every run. */
  synchronized void add(Instant at) {
    writtenAt.add(at.truncatedTo(ChronoUnit.MILLIS));
    List<byte[]> all = new ArrayList<>(tails);
    int checkpoint = writtenAt.size() - 1;
    for (int member = 0; member < MEMBERS.size(); member++) {
      all.add(tail(object(0, checkpoint, member)).getBytes(StandardCharsets.UTF_8));
    }
    tails = List.copyOf(all);
  }

  /** How many checkpoints each run has. */
  synchronized int checkpoints() {
    return writtenAt.size();
  }

  /** What checkpoint-service says of a checkpoint. */
  synchronized CheckpointWritten checkpoint(int run, int checkpoint) {
    List<StoredObject> objects =
        IntStream.range(0, MEMBERS.size())
            .mapToObj(member -> object(run, checkpoint, member))
            .toList();
    return new CheckpointWritten(
        runId(run),
        Kind.STEP,
        step(checkpoint),
        Layout.DIRECTORY,
        "gs://" + NAME + "/" + directory(run, checkpoint),
        1,
        objects,
        OBJECT_BYTES * MEMBERS.size(),
        writtenAt.get(checkpoint),
        writtenAt.get(checkpoint));
  }

  /** The directory of a checkpoint, with a trailing slash. */
  static String directory(int run, int checkpoint) {
    return prefix(run) + "checkpoint-" + step(checkpoint) + "/";
  }

  /**
   * One page of a listing as JSON.
   *
   * @param prefix of a run, or what all runs' prefixes begin with
   * @param token of the page before; empty for the first page
   * @param limit most objects of the page
   * @throws IllegalArgumentException if the token is none or the prefix is of some runs only
   */
  byte[] page(String prefix, String token, int limit) {
    List<byte[]> known;
    synchronized (this) {
      known = tails;
    }
    long each = known.size();
    long from;
    long to;
    if (prefix.length() < prefix(0).length() && prefix(0).startsWith(prefix)) {
      from = 0;
      to = runs * each;
    } else {
      int run = runOf(prefix);
      from = run * each;
      to = run < 0 ? from : from + each;
    }
    long begin = token.isEmpty() ? from : Long.parseLong(token);
    if (begin < from || begin > to) {
      throw new IllegalArgumentException("pageToken is of another listing");
    }
    long end = Math.min(to, begin + limit);
    ByteArrayOutputStream json = new ByteArrayOutputStream(1 << 17);
    json.writeBytes(ascii("{\"kind\":\"storage#objects\""));
    if (end < to) {
      json.writeBytes(ascii(",\"nextPageToken\":\"" + end + "\""));
    }
    String separator = ",\"items\":[";
    byte[] head = new byte[0];
    long headOf = -1;
    for (long i = begin; i < end; i++) {
      if (i / each != headOf) {
        headOf = i / each;
        head = ascii("{\"name\":\"" + prefix((int) headOf));
      }
      json.writeBytes(ascii(separator));
      json.writeBytes(head);
      json.writeBytes(known.get((int) (i % each)));
      separator = ",";
    }
    json.writeBytes(ascii(begin < end ? "]}" : "}"));
    return json.toByteArray();
  }

  /** The run that has this prefix, or -1: then nothing lies there. */
  private int runOf(String prefix) {
    String home = HOME + "bench-";
    if (!prefix.startsWith(home)) {
      return -1;
    }
    String digits = prefix.substring(home.length());
    if (!digits.matches("\\d{5}/")) {
      throw new IllegalArgumentException("prefix is neither one run's nor all runs'");
    }
    int run = Integer.parseInt(digits.substring(0, digits.length() - 1));
    return run < runs ? run : -1;
  }

  private StoredObject object(int run, int checkpoint, int member) {
    Instant at = writtenAt.get(checkpoint);
    return new StoredObject(
        directory(run, checkpoint) + MEMBERS.get(member),
        at.toEpochMilli() * 1_000 + member,
        OBJECT_BYTES,
        CRC32C,
        at);
  }

  /** All of an item behind the run's prefix. */
  private static String tail(StoredObject object) {
    return "%s\",\"bucket\":\"%s\",\"generation\":\"%d\",\"size\":\"%d\",\"crc32c\":\"%s\",\"timeCreated\":\"%s\",\"storageClass\":\"STANDARD\"}"
        .formatted(
            object.name().substring(prefix(0).length()),
            NAME,
            object.generation(),
            object.size(),
            object.crc32c(),
            object.writtenAt());
  }

  private static long step(int checkpoint) {
    return FIRST_STEP + (long) STEPS_BETWEEN * checkpoint;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
