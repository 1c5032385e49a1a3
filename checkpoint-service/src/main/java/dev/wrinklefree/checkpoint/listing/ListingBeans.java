package dev.wrinklefree.checkpoint.listing;

import com.google.cloud.storage.Storage;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the lister, and who asks for permissions, beans. */
@Singleton
class ListingBeans {

  @Produces
  @Singleton
  BucketLister bucketLister(Storage storage, StorageConfig config) {
    return new GoogleBucketLister(storage, config.pageSize());
  }

  @Produces
  @Singleton
  BucketAccess bucketAccess(Storage storage) {
    return new GoogleBucketAccess(storage);
  }
}
