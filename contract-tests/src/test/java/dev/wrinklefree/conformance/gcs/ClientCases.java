package dev.wrinklefree.conformance.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.transfermanager.ParallelUploadConfig;
import com.google.cloud.storage.transfermanager.TransferManager;
import com.google.cloud.storage.transfermanager.TransferManagerConfig;
import com.google.cloud.storage.transfermanager.UploadResult;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Google's own client for Java, with which the checkpoint service reads. */
final class ClientCases {

  private static final int MEBIBYTE = 1024 * 1024;

  private ClientCases() {}

  static List<Case> all() {
    return List.of(
        client("the client lists as the checkpoint service does", ClientCases::listing),
        client(
            "the client writes and reads",
            (b, client) -> {
              Blob written = client.create(info(b, "a b/ä.pt"), "weights".getBytes(UTF_8));
              return Bucket.seen()
                  .put("content", new String(client.readAllBytes(written.getBlobId()), UTF_8))
                  .put("size", written.getSize())
                  .put("crc32c", written.getCrc32c());
            }),
        client("the client writes in pieces", ClientCases::pieces),
        client(
            "the client writes only what is new",
            (b, client) -> {
              client.create(info(b, "lock"), new byte[0], BlobTargetOption.doesNotExist());
              return refused(
                  () ->
                      client.create(info(b, "lock"), new byte[1], BlobTargetOption.doesNotExist()));
            }),
        client(
            "the client finds nothing where nothing is",
            (b, client) ->
                Bucket.seen().put("absent", client.get(BlobId.of(b.name(), "no")) == null)),
        client(
            "the client lists a bucket that is missing",
            (b, client) ->
                refused(() -> client.list(b.missing().name()).iterateAll().forEach(blob -> {}))),
        client(
            "the client composes",
            (b, client) -> {
              client.create(info(b, "1"), "wei".getBytes(UTF_8));
              client.create(info(b, "2"), "ghts".getBytes(UTF_8));
              Blob all =
                  client.compose(Storage.ComposeRequest.of(b.name(), List.of("1", "2"), "all"));
              return Bucket.seen()
                  .put("content", new String(all.getContent(), UTF_8))
                  .put("md5", all.getMd5() != null);
            }),
        client(
            "the client copies",
            (b, client) -> {
              client.create(info(b, "a"), "weights".getBytes(UTF_8));
              Blob copy =
                  client
                      .copy(Storage.CopyRequest.of(BlobId.of(b.name(), "a"), info(b, "c/d")))
                      .getResult();
              return Bucket.seen().put("content", new String(copy.getContent(), UTF_8));
            }),
        client(
            "the client deletes",
            (b, client) -> {
              client.create(info(b, "a"), new byte[1]);
              return Bucket.seen()
                  .put("first", client.delete(BlobId.of(b.name(), "a")))
                  .put("again", client.delete(BlobId.of(b.name(), "a")));
            }),
        client("the client uploads a folder of files at once", ClientCases::folder));
  }

  @FunctionalInterface
  private interface Use {
    JsonNode with(Bucket bucket, Storage client) throws Exception;
  }

  private static Case client(String name, Use use) {
    return new Case(
        name,
        bucket -> {
          try (Storage client = bucket.client()) {
            return use.with(bucket, client);
          }
        });
  }

  private static JsonNode listing(Bucket bucket, Storage client) {
    for (String name : List.of("run/model.pt", "run/state.pt", "run/last.pt", "other/model.pt")) {
      client.create(info(bucket, name), "123456789".getBytes(UTF_8));
    }
    ObjectNode seen = Bucket.seen();
    client
        .list(
            bucket.name(),
            BlobListOption.prefix("run/"),
            BlobListOption.pageSize(2),
            BlobListOption.fields(
                BlobField.NAME,
                BlobField.GENERATION,
                BlobField.SIZE,
                BlobField.CRC32C,
                BlobField.TIME_CREATED,
                BlobField.STORAGE_CLASS))
        .iterateAll()
        .forEach(
            blob ->
                seen.putObject(blob.getName())
                    .put("size", blob.getSize())
                    .put("crc32c", blob.getCrc32c())
                    .put("generation", blob.getGeneration() > 0)
                    .put("created", blob.getCreateTimeOffsetDateTime() != null)
                    .put("rapid", String.valueOf(blob.getStorageClass()).equals("RAPID")));
    return seen;
  }

  private static JsonNode pieces(Bucket bucket, Storage client) throws Exception {
    byte[] content = new byte[3 * MEBIBYTE + 17];
    new Random(42).nextBytes(content);
    ObjectNode seen = Bucket.seen();
    try (WriteChannel channel = client.writer(info(bucket, "large.pt"))) {
      channel.setChunkSize(MEBIBYTE);
      channel.write(ByteBuffer.wrap(content));
      seen.put("before", client.get(BlobId.of(bucket.name(), "large.pt")) != null);
    }
    Blob written = client.get(BlobId.of(bucket.name(), "large.pt"));
    return seen.put("size", written.getSize()).put("crc32c", written.getCrc32c());
  }

  private static JsonNode folder(Bucket bucket, Storage client) throws Exception {
    Path folder = Files.createTempDirectory("checkpoint");
    List<Path> files = List.of(folder.resolve("model.pt"), folder.resolve("training_state.pt"));
    for (Path file : files) {
      Files.writeString(file, "x".repeat(MEBIBYTE));
    }
    ObjectNode seen = Bucket.seen();
    try (TransferManager manager =
        TransferManagerConfig.newBuilder()
            .setStorageOptions(client.getOptions())
            .setMaxWorkers(2)
            .build()
            .getService()) {
      List<UploadResult> results =
          manager
              .uploadFiles(
                  files,
                  ParallelUploadConfig.newBuilder()
                      .setBucketName(bucket.name())
                      .setPrefix("checkpoint-1000")
                      .setUploadBlobInfoFactory(
                          (name, file) ->
                              BlobInfo.newBuilder(
                                      name, "checkpoint-1000/" + Path.of(file).getFileName())
                                  .build())
                      .build())
              .getUploadResults();
      results.forEach(result -> seen.withArray("/results").add(result.getStatus().name()));
    } finally {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
    seen.set("listing", Seen.page(bucket.get("/o")));
    return seen;
  }

  private static ObjectNode refused(Runnable call) {
    try {
      call.run();
      return Bucket.seen().put("refused", false);
    } catch (StorageException e) {
      return Bucket.seen().put("refused", true).put("code", e.getCode());
    }
  }

  private static BlobInfo info(Bucket bucket, String name) {
    return BlobInfo.newBuilder(bucket.name(), name).build();
  }
}
