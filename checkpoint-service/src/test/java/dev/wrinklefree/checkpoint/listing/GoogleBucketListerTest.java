package dev.wrinklefree.checkpoint.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Listed;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Unknown;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.sandbox.gcs.ListingFault;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleBucketListerTest {

  private static final BucketPrefix WHERE = new BucketPrefix("checkpoints", "fairy2/m/run-1/");

  private StorageServer server;
  private Storage storage;
  private final List<StoredObject> objects = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = StorageServer.start(StorageServerSettings.temporary());
    server.createBucket(WHERE.bucket());
    storage = new StorageBeans().storage(config(server.endpoint()));
  }

  @AfterEach
  void stop() throws Exception {
    storage.close();
    server.close();
  }

  @Test
  void saysWhatTheEventNeeds() {
    Instant before = Instant.now().minusSeconds(1);
    long generation = put(WHERE.prefix() + "final_checkpoint.pt", "123456789");

    assertThat(list(1000)).isInstanceOf(Listed.class);

    assertThat(objects).hasSize(1);
    StoredObject object = objects.getFirst();
    assertThat(object.name()).isEqualTo("fairy2/m/run-1/final_checkpoint.pt");
    assertThat(object.generation()).isEqualTo(generation);
    assertThat(object.size()).isEqualTo(9);
    // The check value of CRC-32C (Castagnoli), E3069283, in base64.
    assertThat(object.crc32c()).isEqualTo("4waSgw==");
    assertThat(object.writtenAt()).isBetween(before, Instant.now().plusSeconds(1));
  }

  @Test
  void showsTheLiveGenerationOnly() {
    put(WHERE.prefix() + "final_checkpoint.pt", "old");
    long second = put(WHERE.prefix() + "final_checkpoint.pt", "new");

    list(1000);

    assertThat(objects).extracting(StoredObject::generation).containsExactly(second);
  }

  @Test
  void leavesOtherPrefixesOut() {
    put("fairy2/m/run-10/final_checkpoint.pt", "x");
    put("fairy2/m/final_checkpoint.pt", "x");

    assertThat(list(1000)).isInstanceOf(Listed.class);
    assertThat(objects).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20, 21, 1000})
  void readsEveryPage(int pageSize) {
    List<String> names =
        IntStream.range(0, 20)
            .mapToObj(i -> WHERE.prefix() + "checkpoint_step_%02d.pt".formatted(i))
            .toList();
    names.forEach(name -> put(name, "x"));

    list(pageSize);

    assertThat(objects).extracting(StoredObject::name).containsExactlyElementsOf(names);
  }

  @Test
  void readsMoreObjectsThanGooglesLargestPage() {
    int count = 1001;
    IntStream.range(0, count)
        .forEach(i -> put(WHERE.prefix() + "checkpoint_step_" + i + ".pt", "x"));

    assertThat(list(1000)).isInstanceOf(Listed.class);
    assertThat(objects).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void aRefusalThatPassesIsNotEvenSeen() {
    put(WHERE.prefix() + "final_checkpoint.pt", "x");
    server.refuseNext(2, 503);

    assertThat(list(1000)).isInstanceOf(Listed.class);
    assertThat(objects).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void aRefusalThatLastsMeansUnknown(int status) {
    server.refuseNext(3, status);

    assertThat(list(1000))
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.code()).isEqualTo("http-" + status));
  }

  @Test
  void aFailureBetweenTwoPagesMeansUnknown() {
    for (int i = 0; i < 4; i++) {
      put(WHERE.prefix() + "checkpoint_step_" + i + ".pt", "x");
    }
    BucketLister lister = new GoogleBucketLister(storage, 2);

    ListingOutcome outcome =
        lister.list(
            WHERE,
            object -> {
              objects.add(object);
              if (objects.size() == 2) {
                server.refuseNext(3, 503);
              }
            });

    assertThat(outcome).isInstanceOf(Unknown.class);
  }

  static Stream<Arguments> brokenAnswers() {
    return Stream.of(
        Arguments.of(new ListingFault.Refused(429), "http-429"),
        Arguments.of(new ListingFault.Refused(503), "http-503"),
        Arguments.of(new ListingFault.CutOff(), "broken-answer"),
        Arguments.of(new ListingFault.Truncated(), "broken-answer"),
        Arguments.of(new ListingFault.NotJson(), "broken-answer"),
        Arguments.of(new ListingFault.Nonsense(), "broken-answer"),
        Arguments.of(new ListingFault.TokenRefused(), "http-400"),
        Arguments.of(new ListingFault.PageRepeated(), "broken-answer"),
        Arguments.of(new ListingFault.EmptyPage(), "broken-answer"));
  }

  @ParameterizedTest
  @MethodSource("brokenAnswers")
  void aBrokenAnswerMeansUnknownOnWhateverPage(ListingFault fault, String code) {
    put(WHERE.prefix() + "checkpoint_step_1.pt", "x");
    put(WHERE.prefix() + "checkpoint_step_2.pt", "x");

    server.disturbListings(WHERE.bucket(), 1_000, fault);
    ListingOutcome fromTheFirstPage = list(1);
    server.calmListings(WHERE.bucket());
    ListingOutcome fromTheSecondPage =
        new GoogleBucketLister(storage, 1)
            .list(WHERE, object -> server.disturbListings(WHERE.bucket(), 1_000, fault));

    assertThat(List.of(fromTheFirstPage, fromTheSecondPage))
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> {
                          assertThat(unknown.code()).isEqualTo(code);
                          assertThat(unknown.detail()).isNotBlank().doesNotContain("\n");
                        }));
  }

  @Test
  void aBrokenAnswerThatPassesIsNotEvenSeen() {
    put(WHERE.prefix() + "final_checkpoint.pt", "x");
    server.disturbListings(WHERE.bucket(), 1, new ListingFault.CutOff());

    assertThat(list(1000)).isInstanceOf(Listed.class);
    assertThat(objects).hasSize(1);
  }

  @Test
  void onlySomeFailuresConcernTheWholeBucket() {
    assertThat(List.of("http-429", "http-500", "http-503", "unreachable"))
        .allMatch(code -> new Unknown(code, "").concernsWholeBucket());
    assertThat(List.of("http-400", "http-403", "http-404", "broken-answer", "zonal-bucket"))
        .noneMatch(code -> new Unknown(code, "").concernsWholeBucket());
  }

  @Test
  void anUnknownBucketIsUnknownAndNotEmpty() {
    BucketLister lister = new GoogleBucketLister(storage, 1000);

    assertThat(lister.list(new BucketPrefix("no-such-bucket", "fairy2/"), objects::add))
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.code()).isEqualTo("http-404"));
  }

  @Test
  void aServerThatIsNotThereIsUnknown() throws Exception {
    server.close();

    assertThat(list(1000))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown -> {
              assertThat(unknown.code()).isEqualTo("unreachable");
              assertThat(unknown.detail()).contains("ConnectException");
            });
  }

  private ListingOutcome list(int pageSize) {
    return new GoogleBucketLister(storage, pageSize).list(WHERE, objects::add);
  }

  private long put(String name, String content) {
    return storage
        .create(
            BlobInfo.newBuilder(WHERE.bucket(), name).build(),
            content.getBytes(StandardCharsets.US_ASCII))
        .getGeneration();
  }

  static StorageConfig config(URI host) {
    return new SmallRyeConfigBuilder()
        .withMapping(StorageConfig.class)
        .withSources(
            new PropertiesConfigSource(
                Map.of("wf.gcs.host", host.toString(), "wf.gcs.retry.initial-delay", "PT0.01S"),
                "test",
                500))
        .build()
        .getConfigMapping(StorageConfig.class);
  }
}
