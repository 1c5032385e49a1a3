package dev.wrinklefree.checkpoint.listing;

import com.google.cloud.storage.Storage;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the lister a bean. */
@Singleton
class ListingBeans {

  @Produces
  @Singleton
  BucketLister bucketLister(Storage storage, StorageConfig config) {
    return new GoogleBucketLister(storage, config.pageSize());
  }
}
