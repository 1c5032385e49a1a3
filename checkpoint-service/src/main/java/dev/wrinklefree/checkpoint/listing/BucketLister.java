package dev.wrinklefree.checkpoint.listing;

import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.util.function.Consumer;

/** Reads what a bucket holds at this moment. */
public interface BucketLister {

  /**
   * Lists the live generation of every finalised object below a prefix, page by page. Blocks for as
   * long as the client's retries take.
   *
   * @param where what to list
   * @param sink takes each object, in the order of names; what it took counts only if the outcome
   *     is {@link ListingOutcome.Listed}
   */
  ListingOutcome list(BucketPrefix where, Consumer<StoredObject> sink);
}
