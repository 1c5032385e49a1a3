package dev.wrinklefree.checkpoint.listing;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.json.gson.GsonFactory;
import com.google.cloud.RetryHelper;
import com.google.cloud.RetryHelper.RetryHelperException;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Pages of listings by {@code objects.list} of Cloud Storage's JSON API: with the connections,
 * credentials and repetitions of Google's client, but without its classes for objects.
 */
final class GooglePages {

  private final StorageOptions options;
  private final HttpRequestFactory requests;
  private final String root;
  private final int size;

  /**
   * @param storage whose options count
   * @param size objects of a page, at most 1000
   */
  GooglePages(Storage storage, int size) {
    this.options = storage.getOptions();
    HttpTransportOptions transport = (HttpTransportOptions) options.getTransportOptions();
    this.requests =
        transport
            .getHttpTransportFactory()
            .create()
            .createRequestFactory(transport.getHttpRequestInitializer(options));
    this.root = options.getHost().replaceFirst("/+$", "");
    this.size = size;
  }

  /**
   * One page.
   *
   * @param token of the page before; null for the first
   * @throws StorageException if there is no answer that can be read, or it is a refusal
   * @throws MalformedPageException if the answer is no page
   */
  ListingPage page(BucketPrefix where, @Nullable String token) {
    GenericUrl url = new GenericUrl(url(where, token), true);
    try {
      return RetryHelper.runWithRetries(
          () -> ask(url),
          options.getRetrySettings(),
          StorageRetryStrategy.getDefaultStorageRetryStrategy().getIdempotentHandler(),
          options.getClock());
    } catch (RetryHelperException e) {
      if (e.getCause() instanceof MalformedPageException malformed) {
        throw malformed;
      }
      throw StorageException.translateAndThrow(e);
    }
  }

  private ListingPage ask(GenericUrl url) {
    try {
      HttpResponse response =
          requests.buildGetRequest(url).setThrowExceptionOnExecuteError(false).execute();
      if (!response.isSuccessStatusCode()) {
        throw GoogleJsonResponseException.from(GsonFactory.getDefaultInstance(), response);
      }
      // Read to its end: the connection serves the next request then.
      try (InputStream body = response.getContent()) {
        return ListingPage.read(body);
      }
    } catch (IOException e) {
      throw StorageException.translate(e);
    }
  }

  private String url(BucketPrefix where, @Nullable String token) {
    String url =
        "%s/storage/v1/b/%s/o?prefix=%s&maxResults=%d&fields=%s&projection=noAcl&prettyPrint=false"
            .formatted(
                root,
                encoded(where.bucket()),
                encoded(where.prefix()),
                size,
                encoded(ListingPage.FIELDS));
    return token == null ? url : url + "&pageToken=" + encoded(token);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
