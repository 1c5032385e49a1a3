package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** {@code objects.list}, with the faults that a test asked for. */
final class ListingApi {

  private final ObjectStore store;
  private final ListingFaults faults;

  ListingApi(ObjectStore store, ListingFaults faults) {
    this.store = store;
    this.faults = faults;
  }

  void handle(Request request, String bucket) throws IOException {
    boolean firstPage = request.query().text("pageToken").isEmpty();
    ListingFault fault = faults.next(bucket, firstPage).orElse(null);
    if (fault == null) {
      request.answer(200, page(request, bucket));
      return;
    }
    switch (fault) {
      case ListingFault.Refused refused -> throw StorageException.injected(refused.status());
      case ListingFault.TokenRefused refused ->
          throw StorageException.invalid("Invalid value for pageToken");
      case ListingFault.CutOff cut -> {
        byte[] whole = bytes(page(request, bucket));
        request.answerCutOff(Arrays.copyOf(whole, whole.length / 2), whole.length);
      }
      case ListingFault.Truncated truncated -> {
        byte[] whole = bytes(page(request, bucket));
        request.answerJson(Arrays.copyOf(whole, whole.length / 2));
      }
      case ListingFault.NotJson html ->
          request.answerText(200, "<html><body>Please sign in</body></html>");
      case ListingFault.Nonsense nonsense ->
          request.answerJson(
              "{\"items\":[{\"name\":\"x\",\"generation\":\"last\"}]}"
                  .getBytes(StandardCharsets.UTF_8));
      case ListingFault.PageRepeated repeated ->
          request.answer(200, page(request, bucket, Listing.Request.firstOf(request.query())));
      case ListingFault.EmptyPage empty ->
          request.answer(200, Resources.JSON.createObjectNode().put("nextPageToken", token("")));
      case ListingFault.Delayed delayed -> {
        try {
          Thread.sleep(delayed.delay());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("the server ends", e);
        }
        request.answer(200, page(request, bucket));
      }
    }
  }

  private ObjectNode page(Request request, String bucket) {
    return page(request, bucket, Listing.Request.of(request.query()));
  }

  private ObjectNode page(Request request, String bucket, Listing.Request asked) {
    return Resources.listing(store.list(bucket, asked), request.server());
  }

  private static byte[] bytes(ObjectNode document) {
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String token(String name) {
    return Base64.getUrlEncoder().encodeToString((name + "/").getBytes(StandardCharsets.UTF_8));
  }
}
