package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Objects made of others: composed, copied, and rewritten, which here is done in one call. */
final class Copies {

  private static final int MAX_COMPOSED = 32;

  private final ObjectStore store;

  Copies(ObjectStore store) {
    this.store = store;
  }

  /** Makes an object of the contents of up to 32 others of its bucket, one after another. */
  StoredObject compose(Request request, String bucket, String name) throws IOException {
    ObjectNode body = request.json();
    JsonNode sources = body.path("sourceObjects");
    if (sources.isEmpty() || sources.size() > MAX_COMPOSED) {
      throw StorageException.invalid(
          "The number of source components provided (%d) must be 1 to %d."
              .formatted(sources.size(), MAX_COMPOSED));
    }
    try (Draft draft = store.newDraft()) {
      int components = 0;
      for (JsonNode source : sources) {
        OptionalLong generation =
            source.hasNonNull("generation")
                ? OptionalLong.of(source.get("generation").asLong())
                : OptionalLong.empty();
        StoredObject part =
            append(draft, bucket, source.path("name").asText(), generation, condition(source));
        components += part.componentCount() == null ? 1 : part.componentCount();
      }
      ObjectAttributes attributes = Resources.attributes(body.path("destination"));
      return commit(request, draft, bucket, name, attributes, components);
    }
  }

  /** Makes an object of another's content; what is said of it comes with it, unless replaced. */
  StoredObject copy(
      Request request, String bucket, String name, String targetBucket, String targetName)
      throws IOException {
    ObjectNode replacement = request.json();
    store.requireBucket(targetBucket);
    try (Draft draft = store.newDraft()) {
      StoredObject source =
          append(
              draft,
              bucket,
              name,
              request.query().number("sourceGeneration"),
              Preconditions.ofSource(request.query()));
      ObjectAttributes attributes =
          replacement.isEmpty()
              ? source.attributes()
              : Resources.attributes(replacement).orType(source.attributes().contentType());
      return commit(request, draft, targetBucket, targetName, attributes, source.componentCount());
    }
  }

  private StoredObject append(
      Draft draft, String bucket, String name, OptionalLong generation, Preconditions conditions)
      throws IOException {
    ObjectStore.OpenObject open = store.open(bucket, name, generation, conditions);
    try (InputStream content = Channels.newInputStream(open.content())) {
      draft.append(content);
    }
    return open.object();
  }

  private StoredObject commit(
      Request request,
      Draft draft,
      String bucket,
      String name,
      ObjectAttributes attributes,
      @Nullable Integer components)
      throws IOException {
    Preconditions conditions = Preconditions.of(request.query());
    return store.commit(
        new ObjectStore.NewObject(bucket, name, attributes, conditions, components),
        draft,
        draft.finish());
  }

  private static Preconditions condition(JsonNode source) {
    JsonNode match = source.path("objectPreconditions").path("ifGenerationMatch");
    Preconditions none = Preconditions.none();
    return match.isMissingNode()
        ? none
        : new Preconditions(
            OptionalLong.of(match.asLong()),
            none.generationNotMatch(),
            none.metagenerationMatch(),
            none.metagenerationNotMatch());
  }
}
