package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The three ways to upload an object. */
final class Uploads {

  private final ObjectStore store;
  private final ResumableUploads resumable;

  Uploads(ObjectStore store) {
    this.store = store;
    this.resumable = new ResumableUploads(store);
  }

  void handle(Request request, String bucket) throws IOException {
    Optional<String> session = request.query().text("upload_id");
    if (session.isPresent()) {
      proceed(request, session.get());
      return;
    }
    String type = request.query().text("uploadType").orElse("");
    switch (type) {
      case "media" -> media(request, bucket);
      case "multipart" -> multipart(request, bucket);
      case "resumable" -> begin(request, bucket);
      default -> throw StorageException.invalid("Invalid value for uploadType: '" + type + "'");
    }
  }

  private void media(Request request, String bucket) throws IOException {
    ObjectNode resource = Resources.JSON.createObjectNode();
    ObjectStore.NewObject target =
        target(request, bucket, resource, request.header("Content-Type"));
    store(
        request, target, UploadHashes.of(resource, request.header("x-goog-hash")), request.body());
  }

  private void multipart(Request request, String bucket) throws IOException {
    MultipartRelated parts = MultipartRelated.read(request.body(), request.header("Content-Type"));
    ObjectNode resource = Request.parse(parts.resource());
    ObjectStore.NewObject target = target(request, bucket, resource, parts.contentType());
    store(
        request, target, UploadHashes.of(resource, request.header("x-goog-hash")), parts.content());
  }

  private void store(
      Request request, ObjectStore.NewObject target, UploadHashes expected, InputStream content)
      throws IOException {
    store.requireBucket(target.bucket());
    try (Draft draft = store.newDraft()) {
      draft.append(content);
      Draft.Checksums checksums = draft.finish();
      expected.require(checksums);
      StoredObject object = store.commit(target, draft, checksums);
      request.answer(200, Resources.object(object, request.server()));
    }
  }

  private void begin(Request request, String bucket) throws IOException {
    ObjectNode resource = request.json();
    ObjectStore.NewObject target =
        target(request, bucket, resource, request.header("X-Upload-Content-Type"));
    String id = resumable.begin(target, UploadHashes.of(resource, request.header("x-goog-hash")));
    String name = URLEncoder.encode(target.name(), StandardCharsets.UTF_8);
    request.answerHeader(
        "Location",
        "%s/upload/storage/v1/b/%s/o?uploadType=resumable&name=%s&upload_id=%s"
            .formatted(request.server(), bucket, name, id));
    request.answerHeader("X-GUploader-UploadID", id);
    request.answer(200);
  }

  private void proceed(Request request, String session) throws IOException {
    if (request.method().equals("DELETE")) {
      resumable.cancel(session);
      // The status that the real API has for a cancelled upload.
      request.answer(499);
      return;
    }
    ResumableUploads.Progress progress =
        resumable.put(session, request.header("Content-Range"), request.body());
    if (progress.object() != null) {
      request.answer(200, Resources.object(progress.object(), request.server()));
    } else {
      if (progress.received() > 0) {
        request.answerHeader("Range", "bytes=0-" + (progress.received() - 1));
      }
      request.answer(308);
    }
  }

  private static ObjectStore.NewObject target(
      Request request, String bucket, ObjectNode resource, @Nullable String contentType) {
    String name = request.query().text("name").orElseGet(() -> resource.path("name").asText(""));
    if (name.isEmpty()) {
      throw StorageException.invalid("Required");
    }
    return new ObjectStore.NewObject(
        bucket,
        name,
        Resources.attributes(resource).orType(contentType),
        Preconditions.of(request.query()),
        null);
  }
}
