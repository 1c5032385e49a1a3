package dev.wrinklefree.checkpoint.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import dev.wrinklefree.checkpoint.diff.PrefixChange.Completed;
import dev.wrinklefree.checkpoint.diff.PrefixComparison;
import dev.wrinklefree.checkpoint.diff.RecordedPrefix;
import dev.wrinklefree.checkpoint.diff.RecordedPrefix.Published;
import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Listed;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tools that trainers upload with, and this service's reader beside them: it sees one complete
 * checkpoint, neither earlier nor twice. Runs only where {@code contract.python} names an
 * interpreter that has the packages google-cloud-storage and gsutil, and asks a server of others
 * too where {@code contract.gcs} is its address.
 */
@EnabledIfSystemProperty(named = "contract.python", matches = ".+")
class UploadersTest {

  private static final String PREFIX = "fairy2/smollm2-135m/run 1/";
  private static final int NOT_INSTALLED = 3;
  private static final String NULL_ON_DELETE = "'NoneType' object has no attribute 'items'";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final int MODEL_BYTES = 5 * 1024 * 1024 + 17;
  private static final int STATE_BYTES = 3 * 1024 * 1024;

  private static final Map<String, Integer> FILES =
      Map.of("model.pt", MODEL_BYTES, "training_state.pt", STATE_BYTES, "rng.json", 2);

  @ParameterizedTest
  @ValueSource(
      strings = {"python_client", "transfer_manager", "rename_at_the_end", "gsutil", "gcloud"})
  void standInShowsOneCompleteCheckpoint(String tool, @TempDir Path directory) throws Exception {
    try (StorageServer server = StorageServer.start(StorageServerSettings.temporary())) {
      hold(tool, directory, server.endpoint(), false);
    }
  }

  @ParameterizedTest
  @EnabledIfSystemProperty(named = "contract.gcs", matches = ".+")
  @ValueSource(
      strings = {"python_client", "transfer_manager", "rename_at_the_end", "gsutil", "gcloud"})
  void realServerShowsOneCompleteCheckpoint(String tool, @TempDir Path directory) throws Exception {
    hold(tool, directory, URI.create(System.getProperty("contract.gcs")), true);
  }

  /**
   * @param nullOnDelete whether the server may answer a deletion with the word null, as
   *     fake-gcs-server does: gsutil then says that it failed, although nothing did
   */
  private void hold(String tool, Path directory, URI endpoint, boolean nullOnDelete)
      throws Exception {
    String bucket = "from-" + tool.replace('_', '-');
    Path folder = Files.createDirectory(directory.resolve("checkpoint-1000"));
    Random random = new Random(42);
    for (Map.Entry<String, Integer> file : FILES.entrySet()) {
      byte[] content = new byte[file.getValue()];
      random.nextBytes(content);
      Files.write(folder.resolve(file.getKey()), content);
    }
    try (Storage storage = new StorageBeans().storage(GoogleBucketListerTest.config(endpoint))) {
      storage.create(BucketInfo.of(bucket));
      Reader reader = new Reader(new GoogleBucketLister(storage, 2), bucket);

      String trouble = upload(tool, endpoint, bucket, folder, reader);
      List<StoredObject> left = reader.look();

      if (!nullOnDelete || !trouble.contains(NULL_ON_DELETE)) {
        assertThat(trouble).isEmpty();
      }
      assertThat(reader.completed).hasSize(1);
      Completed checkpoint = reader.completed.getFirst();
      assertThat(checkpoint.slot().name()).isEqualTo(PREFIX + "checkpoint-1000/");
      assertThat(checkpoint.slot().step()).isEqualTo(1000);
      assertThat(
              checkpoint.objects().stream()
                  .collect(Collectors.toMap(StoredObject::name, StoredObject::size)))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  PREFIX + "checkpoint-1000/model.pt", (long) MODEL_BYTES,
                  PREFIX + "checkpoint-1000/training_state.pt", (long) STATE_BYTES));
      assertThat(left).extracting(StoredObject::name).as("parts that nobody removed").hasSize(3);
    }
  }

  /** What a tool that failed said; empty if it did not. */
  private String upload(String tool, URI endpoint, String bucket, Path folder, Reader reader)
      throws IOException, InterruptedException {
    Path log = folder.resolveSibling("log");
    Process process =
        new ProcessBuilder(
                System.getProperty("contract.python"),
                "src/test/python/uploaders.py",
                tool,
                endpoint.toString(),
                bucket,
                PREFIX,
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Instant end = Instant.now().plus(PATIENCE);
      while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
        assertThat(Instant.now()).as("%s", tool).isBefore(end);
        reader.look();
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assumeFalse(process.exitValue() == NOT_INSTALLED, tool + " is not installed");
    String said = Files.readString(log);
    return process.exitValue() == 0 ? "" : "exit " + process.exitValue() + ": " + said;
  }

  /** Lists as the service does, and remembers what it would have told. */
  private static final class Reader {

    private final GoogleBucketLister lister;
    private final BucketPrefix where;
    private final PrefixComparison comparison = new PrefixComparison(Duration.ofMinutes(15));
    private final CheckpointNames names = CheckpointNames.of(null);
    private final Map<String, Published> published = new HashMap<>();
    private final List<Completed> completed = new ArrayList<>();

    Reader(GoogleBucketLister lister, String bucket) {
      this.lister = lister;
      this.where = new BucketPrefix(bucket, PREFIX);
    }

    List<StoredObject> look() {
      List<StoredObject> objects = new ArrayList<>();
      assertThat(lister.list(where, objects::add)).isInstanceOf(Listed.class);
      comparison
          .compare(PREFIX, names, new RecordedPrefix(Map.of(), published), objects, Instant.now())
          .completed()
          .forEach(this::publish);
      return objects;
    }

    private void publish(Completed checkpoint) {
      completed.add(checkpoint);
      published.put(
          checkpoint.slot().name(),
          new Published(
              checkpoint.revision(),
              checkpoint.objects().stream()
                  .collect(Collectors.toMap(StoredObject::name, StoredObject::generation))));
    }
  }
}
