package dev.wrinklefree.sandbox.gcs;

import dev.wrinklefree.sandbox.http.LoopbackHttpServer;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for Google Cloud Storage's JSON API, to which the official client libraries can be
 * pointed.
 *
 * <p>It has: buckets (insert, get, list, delete); objects (list with prefix, delimiter, offsets,
 * paging; get; download with a range; upload by media, multipart and resumable; patch, update,
 * delete, compose, copy, rewrite); generations, metagenerations and the four preconditions; crc32c
 * and md5Hash, which are checked where a client states them; {@code fields}; the API's error
 * documents. It ignores credentials and {@code projection}.
 *
 * <p>It has not, and says so with an error: versioning, soft delete, matchGlob, batch, access
 * control, configuration of notifications, gRPC and the XML API. Notifications themselves are sent
 * by {@link dev.wrinklefree.sandbox.pubsub.BucketNotifications}.
 */
public final class StorageServer implements Closeable {

  private final LoopbackHttpServer http;
  private final ObjectStore store;
  private final Faults faults;
  private final ListingFaults listingFaults;
  private final @Nullable Path temporary;

  private StorageServer(
      LoopbackHttpServer http,
      ObjectStore store,
      Faults faults,
      ListingFaults listingFaults,
      @Nullable Path temporary) {
    this.http = http;
    this.store = store;
    this.faults = faults;
    this.listingFaults = listingFaults;
    this.temporary = temporary;
  }

  /**
   * Starts a server on the system's clock. A directory that a former server left is taken over with
   * its objects.
   *
   * @throws java.net.BindException if the port is taken
   */
  public static StorageServer start(StorageServerSettings settings) throws IOException {
    return start(settings, InstantSource.system());
  }

  /** The same with a clock of the caller's, which gives creation times and generations. */
  public static StorageServer start(StorageServerSettings settings, InstantSource clock)
      throws IOException {
    Path kept = settings.directory();
    Path directory = kept == null ? Files.createTempDirectory("wrinklefree-gcs") : kept;
    ObjectStore store = new ObjectStore(directory, clock);
    Faults faults = new Faults();
    ListingFaults listingFaults = new ListingFaults();
    LoopbackHttpServer http =
        LoopbackHttpServer.start(settings.port(), new StorageApi(store, faults, listingFaults));
    return new StorageServer(http, store, faults, listingFaults, kept == null ? directory : null);
  }

  /** The address to give to a client as its host, without a trailing slash. */
  public URI endpoint() {
    return http.address();
  }

  /** The TCP port that clients connect to. */
  public int port() {
    return http.port();
  }

  /** Creates a bucket unless it exists. */
  public void createBucket(String name) {
    store.createBucket(name);
  }

  /**
   * Refuses the next requests with this status, such as 503 or 429, for tests of a client's
   * patience.
   */
  public void refuseNext(int requests, int status) {
    faults.add(status, requests);
  }

  /**
   * Disturbs the next listing requests of one bucket; a page is one request. Several faults follow
   * each other in the order in which they were asked for.
   */
  public void disturbListings(String bucket, int requests, ListingFault fault) {
    listingFaults.add(bucket, fault, requests);
  }

  /** Takes back all faults of a bucket's listings that did not happen yet. */
  public void calmListings(String bucket) {
    listingFaults.clear(bucket);
  }

  /** How many listing requests of a bucket came, those that met a fault included. */
  public int listingRequests(String bucket) {
    return listingFaults.requests(bucket);
  }

  /** Lets the server's clock go ahead of the given one from now on, or behind if negative. */
  public void shiftClock(Duration by) {
    store.shiftClock(by);
  }

  /** Creates or overwrites an object without an HTTP request, for tests that need many. */
  public void put(String bucket, String name, byte[] content) throws IOException {
    try (Draft draft = store.newDraft()) {
      draft.append(new ByteArrayInputStream(content));
      store.commit(
          new ObjectStore.NewObject(
              bucket, name, ObjectAttributes.ofType(null), Preconditions.none(), null),
          draft,
          draft.finish());
    }
  }

  /**
   * Tells of every object that becomes visible from now on, in that order. The listener must be
   * quick: uploads wait for it.
   */
  public void onFinalize(Consumer<FinalizedObject> listener) {
    store.onCommit(
        (object, overwrote) ->
            listener.accept(
                new FinalizedObject(
                    object.bucket(),
                    object.name(),
                    object.generation(),
                    Instant.ofEpochMilli(object.timeCreated()),
                    overwrote,
                    Resources.object(object, endpoint()).toString())));
  }

  /** Stops the server. Temporary data is deleted. */
  @Override
  public void close() throws IOException {
    http.close();
    if (temporary != null) {
      FileUtils.deleteDirectory(temporary.toFile());
    }
  }
}
