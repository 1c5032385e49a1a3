package dev.wrinklefree.sandbox.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.paging.Page;
import com.google.cloud.NoCredentials;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.ComposeRequest;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official client against the stand-in: what it believes of the real service must hold here.
 */
class GoogleClientTest {

  private static final String BUCKET = "checkpoints";

  private StorageServer server;
  private Storage client;

  @BeforeEach
  void startServer() throws IOException {
    server = StorageServer.start(StorageServerSettings.temporary());
    server.createBucket(BUCKET);
    client = clientOf(server);
  }

  @AfterEach
  void stopServer() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void shouldReadBackWhatASmallUploadWrote() {
    BlobInfo info =
        BlobInfo.newBuilder(BUCKET, "run-1/step 10/wäge+1%.pt")
            .setContentType("application/x-pytorch")
            .setMetadata(Map.of("step", "10"))
            .build();

    Blob created = client.create(info, "weights".getBytes(UTF_8));
    Blob read = client.get(BlobId.of(BUCKET, "run-1/step 10/wäge+1%.pt"));

    assertThat(read.getContent()).asString(UTF_8).isEqualTo("weights");
    assertThat(read.getGeneration()).isEqualTo(created.getGeneration()).isPositive();
    assertThat(read.getMetageneration()).isEqualTo(1);
    assertThat(read.getSize()).isEqualTo(7);
    assertThat(read.getContentType()).isEqualTo("application/x-pytorch");
    assertThat(read.getMetadata()).containsExactly(Map.entry("step", "10"));
    // What md5sum says of "weights".
    assertThat(read.getMd5ToHexString()).isEqualTo("63f4f1e9b725370f459720575cd5f953");
  }

  @Test
  void shouldStateTheChecksumsThatTheClientComputesOfALargeUpload() throws IOException {
    byte[] content = new byte[5 * 1024 * 1024 + 17];
    new Random(42).nextBytes(content);
    BlobInfo info = BlobInfo.newBuilder(BUCKET, "large.pt").build();

    try (WriteChannel channel = client.writer(info)) {
      channel.setChunkSize(1024 * 1024);
      channel.write(ByteBuffer.wrap(content));
      assertThat(client.get(info.getBlobId())).as("before the last chunk").isNull();
    }

    assertThat(client.readAllBytes(info.getBlobId())).isEqualTo(content);
    assertThat(client.get(info.getBlobId()).getSize()).isEqualTo(content.length);
  }

  @Test
  void shouldGiveANewGenerationWhenAnObjectIsOverwritten() {
    Blob first = client.create(BlobInfo.newBuilder(BUCKET, "last.pt").build(), new byte[] {1});
    Blob second = client.create(BlobInfo.newBuilder(BUCKET, "last.pt").build(), new byte[] {2});

    assertThat(second.getGeneration()).isGreaterThan(first.getGeneration());
    assertThat(client.get(BlobId.of(BUCKET, "last.pt", first.getGeneration()))).isNull();
    assertThat(client.get(BlobId.of(BUCKET, "last.pt")).getContent()).containsExactly(2);
  }

  @Test
  void shouldEnforceGenerationConditions() {
    BlobInfo info = BlobInfo.newBuilder(BUCKET, "lock").build();
    Blob created = client.create(info, new byte[0], BlobTargetOption.doesNotExist());

    assertRefused(412, () -> client.create(info, new byte[] {1}, BlobTargetOption.doesNotExist()));
    assertRefused(
        412,
        () ->
            client.delete(
                info.getBlobId(), BlobSourceOption.generationMatch(created.getGeneration() + 1)));
    Blob renamed = created.toBuilder().setMetadata(Map.of("a", "b")).build().update();
    assertThat(renamed.getMetageneration()).isEqualTo(2);
    assertThat(renamed.getGeneration()).isEqualTo(created.getGeneration());
    assertRefused(
        412,
        () -> client.update(renamed.toBuilder().build(), BlobTargetOption.metagenerationMatch(1)));
    assertThat(
            client.delete(
                info.getBlobId(), BlobSourceOption.generationMatch(created.getGeneration())))
        .isTrue();
    assertThat(client.delete(info.getBlobId())).as("a second delete").isFalse();
  }

  @Test
  void shouldListEveryObjectOncePageByPage() {
    for (int i = 0; i < 25; i++) {
      client.create(BlobInfo.newBuilder(BUCKET, "runs/%02d".formatted(i)).build());
    }
    client.create(BlobInfo.newBuilder(BUCKET, "other").build());

    Page<Blob> page =
        client.list(BUCKET, BlobListOption.prefix("runs/"), BlobListOption.pageSize(10));

    assertThat(page.getValues()).hasSize(10);
    assertThat(page.iterateAll())
        .extracting(Blob::getName)
        .hasSize(25)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("runs/"));
  }

  @Test
  void shouldListFoldersAndNothingWhereThereIsNothing() {
    client.create(BlobInfo.newBuilder(BUCKET, "fairy2/a/1.pt").build());
    client.create(BlobInfo.newBuilder(BUCKET, "fairy2/a/2.pt").build());
    client.create(BlobInfo.newBuilder(BUCKET, "fairy2/b/1.pt").build());
    client.create(BlobInfo.newBuilder(BUCKET, "fairy2/note").build());

    assertThat(
            client
                .list(
                    BUCKET,
                    BlobListOption.prefix("fairy2/"),
                    BlobListOption.currentDirectory(),
                    BlobListOption.pageSize(1))
                .iterateAll())
        .extracting(Blob::getName)
        .containsExactlyInAnyOrder("fairy2/a/", "fairy2/b/", "fairy2/note");
    assertThat(client.list(BUCKET, BlobListOption.prefix("none")).iterateAll()).isEmpty();
  }

  @Test
  void shouldComposeAnObjectWithoutMd5() {
    client.create(BlobInfo.newBuilder(BUCKET, "part-1").build(), "ab".getBytes(UTF_8));
    client.create(BlobInfo.newBuilder(BUCKET, "part-2").build(), "cd".getBytes(UTF_8));

    Blob composed = client.compose(ComposeRequest.of(BUCKET, List.of("part-1", "part-2"), "whole"));

    assertThat(composed.getContent()).asString(UTF_8).isEqualTo("abcd");
    assertThat(composed.getComponentCount()).isEqualTo(2);
    assertThat(composed.getMd5()).isNull();
    assertThat(composed.getCrc32c())
        .isEqualTo(
            client
                .create(BlobInfo.newBuilder(BUCKET, "same").build(), "abcd".getBytes(UTF_8))
                .getCrc32c());
  }

  @Test
  void shouldKnowItsBucketsOnly() {
    assertThat(client.get("never-made")).isNull();
    assertRefused(404, () -> client.list("never-made"));
    Bucket made = client.create(BucketInfo.of("another"));
    assertThat(client.get(made.getName())).isNotNull();
    assertRefused(409, () -> client.create(BucketInfo.of("another")));
    assertThat(client.list().iterateAll())
        .extracting(Bucket::getName)
        .containsExactly("another", BUCKET);
  }

  @Test
  void shouldBeTriedAgainByTheClientAfterAPassingFault() {
    server.refuseNext(1, 503);

    assertThat(client.list(BUCKET).iterateAll()).isEmpty();
  }

  @Test
  void shouldKeepObjectsAndNeverRepeatAGenerationWhenRestarted(@TempDir Path directory)
      throws Exception {
    StorageServerSettings settings = new StorageServerSettings(0, directory);
    long generation;
    try (StorageServer first = StorageServer.start(settings);
        Storage storage = clientOf(first)) {
      first.createBucket(BUCKET);
      BlobInfo info = BlobInfo.newBuilder(BUCKET, "kept").setMetadata(Map.of("k", "v")).build();
      generation = storage.create(info, "content".getBytes(UTF_8)).getGeneration();
    }

    try (StorageServer second = StorageServer.start(settings);
        Storage storage = clientOf(second)) {
      Blob kept = storage.get(BUCKET, "kept");
      assertThat(kept.getGeneration()).isEqualTo(generation);
      assertThat(kept.getMetadata()).containsEntry("k", "v");
      assertThat(kept.getContent()).asString(UTF_8).isEqualTo("content");
      assertThat(storage.create(kept.toBuilder().build(), new byte[0]).getGeneration())
          .isGreaterThan(generation);
    }
  }

  private static Storage clientOf(StorageServer server) {
    return StorageOptions.http()
        .setHost(server.endpoint().toString())
        .setProjectId("sandbox")
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  private static void assertRefused(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(status));
  }
}
