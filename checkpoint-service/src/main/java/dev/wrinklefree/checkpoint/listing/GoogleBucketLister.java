package dev.wrinklefree.checkpoint.listing;

import com.google.cloud.BaseServiceException;
import com.google.cloud.storage.Storage;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Listed;
import dev.wrinklefree.checkpoint.listing.ListingOutcome.Unknown;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists with the few fields that are needed. Cloud Storage listings are strongly consistent and
 * show finalised objects only, except in zonal buckets (storage class {@code RAPID}), which show
 * objects that are still appended to: those are refused.
 */
final class GoogleBucketLister implements BucketLister {

  private static final Logger LOGGER = LoggerFactory.getLogger(GoogleBucketLister.class);

  private static final String BROKEN_ANSWER = "broken-answer";

  private final Storage storage;
  private final int pageSize;
  private volatile @Nullable GooglePages pages;

  GoogleBucketLister(Storage storage, int pageSize) {
    this.storage = storage;
    this.pageSize = pageSize;
  }

  @Override
  public ListingOutcome list(BucketPrefix where, Consumer<StoredObject> sink) {
    try {
      return listPages(where, sink);
    } catch (BaseServiceException e) {
      return unknown(e);
    } catch (RuntimeException e) {
      // The client has no exception of its own for an answer that is JSON and nonsense.
      LOGGER.atDebug().addKeyValue("prefix", where).setCause(e).log("Listing cannot be read");
      return new Unknown(BROKEN_ANSWER, firstLine(e.toString()));
    }
  }

  private ListingOutcome listPages(BucketPrefix where, Consumer<StoredObject> sink) {
    GooglePages bucket = pages();
    Set<String> beginnings = new HashSet<>();
    ListingPage page = bucket.page(where, null);
    while (true) {
      if (page.zonal()) {
        return new Unknown("zonal-bucket", "zonal buckets show objects that are not finalised");
      }
      if (!page.objects().isEmpty()
          && !beginnings.add("name " + page.objects().getFirst().name())) {
        return new Unknown(BROKEN_ANSWER, "the page that begins with an object came twice");
      }
      page.objects().forEach(sink);
      String token = page.nextToken();
      if (token == null) {
        return new Listed();
      }
      // Without this a server that repeats itself is listed for ever.
      if (!beginnings.add("token " + token)) {
        return new Unknown(BROKEN_ANSWER, "the same page token came twice");
      }
      page = bucket.page(where, token);
    }
  }

  /** Made by the first listing: that is when Google's client looks for its credentials. */
  private GooglePages pages() {
    GooglePages known = pages;
    if (known == null) {
      known = new GooglePages(storage, pageSize);
      pages = known;
    }
    return known;
  }

  private static Unknown unknown(BaseServiceException e) {
    if (e.getCode() > 0) {
      return new Unknown("http-" + e.getCode(), firstLine(e.getMessage()));
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new Unknown(
        isOfTheConnection(cause) ? Unknown.UNREACHABLE : BROKEN_ANSWER,
        firstLine(cause.toString()));
  }

  private static boolean isOfTheConnection(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof SSLException;
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "no detail" : text.lines().findFirst().orElse("no detail");
  }
}
