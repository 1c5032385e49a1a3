package dev.wrinklefree.checkpoint.listing;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes Google's client a bean. */
@Singleton
class StorageBeans {

  /** Used where a configured host needs some project; it is not looked at for a listing. */
  private static final String ANY_PROJECT = "wrinklefree";

  // Application scope is a proxy: the client, and its search for credentials, wait for the first
  // listing instead of holding up the start.
  @Produces
  @ApplicationScoped
  Storage storage(StorageConfig config) {
    StorageOptions.Builder options =
        StorageOptions.http()
            .setRetrySettings(retrySettings(config))
            .setTransportOptions(
                HttpTransportOptions.newBuilder()
                    .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                    .setReadTimeout(Math.toIntExact(config.readTimeout().toMillis()))
                    .build());
    config.project().ifPresent(options::setProjectId);
    config
        .host()
        .ifPresent(
            host ->
                options
                    .setHost(host.toString())
                    .setProjectId(config.project().orElse(ANY_PROJECT))
                    .setCredentials(NoCredentials.getInstance()));
    return options.build().getService();
  }

  void close(@Disposes Storage storage) throws Exception {
    storage.close();
  }

  private static RetrySettings retrySettings(StorageConfig config) {
    StorageConfig.Retry retry = config.retry();
    return StorageOptions.getDefaultRetrySettings().toBuilder()
        .setMaxAttempts(retry.maxAttempts())
        .setInitialRetryDelayDuration(retry.initialDelay())
        .setMaxRetryDelayDuration(retry.maxDelay())
        .setTotalTimeoutDuration(retry.totalTimeout())
        .build();
  }
}
