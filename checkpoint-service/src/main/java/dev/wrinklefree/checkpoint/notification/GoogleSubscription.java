package dev.wrinklefree.checkpoint.notification;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.pubsub.Pubsub;
import com.google.api.services.pubsub.PubsubScopes;
import com.google.api.services.pubsub.model.AcknowledgeRequest;
import com.google.api.services.pubsub.model.PubsubMessage;
import com.google.api.services.pubsub.model.PullRequest;
import com.google.api.services.pubsub.model.ReceivedMessage;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import dev.wrinklefree.checkpoint.watch.WatchConfig.Notifications;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pulls through Google's generated REST client. For one thread. */
final class GoogleSubscription implements Subscription {

  private static final String APPLICATION = "wrinklefree-checkpoint-service";

  private final Notifications config;
  private final String name;
  private @Nullable Pubsub client;

  /**
   * Nothing is looked for and nobody is asked yet.
   *
   * @param name {@code projects/<project>/subscriptions/<name>}
   */
  GoogleSubscription(Notifications config, String name) {
    this.config = config;
    this.name = name;
  }

  @Override
  public List<Received> pull() throws IOException {
    List<ReceivedMessage> messages =
        client()
            .projects()
            .subscriptions()
            .pull(name, new PullRequest().setMaxMessages(config.maxMessages()))
            .execute()
            .getReceivedMessages();
    return messages == null
        ? List.of()
        : messages.stream()
            .filter(message -> message.getAckId() != null)
            .map(message -> new Received(message.getAckId(), attributes(message.getMessage())))
            .toList();
  }

  @Override
  public void acknowledge(List<String> ackIds) throws IOException {
    client()
        .projects()
        .subscriptions()
        .acknowledge(name, new AcknowledgeRequest().setAckIds(ackIds))
        .execute();
  }

  private static Map<String, String> attributes(@Nullable PubsubMessage message) {
    Map<String, String> attributes = message == null ? null : message.getAttributes();
    Map<String, String> present = new HashMap<>(attributes == null ? Map.of() : attributes);
    present.values().removeIf(Objects::isNull);
    return present;
  }

  /** Late, since credentials that are missing must end no more than this attempt. */
  private Pubsub client() throws IOException {
    if (client == null) {
      client = connect();
    }
    return client;
  }

  private Pubsub connect() throws IOException {
    HttpRequestInitializer credentials =
        config.host().isPresent()
            ? request -> {}
            : new HttpCredentialsAdapter(
                GoogleCredentials.getApplicationDefault()
                    .createScoped(List.of(PubsubScopes.PUBSUB)));
    Pubsub.Builder builder =
        new Pubsub.Builder(
                new NetHttpTransport(),
                GsonFactory.getDefaultInstance(),
                request -> {
                  credentials.initialize(request);
                  request.setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
                  request.setReadTimeout(Math.toIntExact(config.readTimeout().toMillis()));
                })
            .setApplicationName(APPLICATION);
    config.host().ifPresent(host -> builder.setRootUrl(host + "/"));
    return builder.build();
  }
}
