package dev.wrinklefree.sandbox.pubsub;

import dev.wrinklefree.sandbox.http.LoopbackHttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

/**
 * A stand-in for Google Cloud Pub/Sub's REST API, to which the official client can be pointed. It
 * has topics and subscriptions (create), publish, pull and acknowledge; nothing else, and it says
 * so with an error. It keeps everything in memory and ignores credentials.
 */
public final class PubSubServer implements Closeable {

  /** Google's default; a message that was pulled and not acknowledged comes again after it. */
  public static final Duration ACK_DEADLINE = Duration.ofSeconds(10);

  private final LoopbackHttpServer http;
  private final Broker broker;
  private final PubSubApi api;

  private PubSubServer(LoopbackHttpServer http, Broker broker, PubSubApi api) {
    this.http = http;
    this.broker = broker;
    this.api = api;
  }

  /**
   * Starts a server without topics.
   *
   * @param port the TCP port on the loopback address, or 0 for any free one
   * @throws java.net.BindException if the port is taken
   */
  public static PubSubServer start(int port) throws IOException {
    Broker broker = new Broker(InstantSource.system());
    PubSubApi api = new PubSubApi(broker);
    return new PubSubServer(LoopbackHttpServer.start(port, api), broker, api);
  }

  /** The address to give to a client as its root URL, without a trailing slash. */
  public URI endpoint() {
    return http.address();
  }

  /**
   * Creates a topic and a subscription to it, unless they exist.
   *
   * @param topic {@code projects/<project>/topics/<topic>}
   * @param subscription {@code projects/<project>/subscriptions/<subscription>}
   * @param ackDeadline after which a message that was not acknowledged is delivered again
   */
  public void subscribe(String topic, String subscription, Duration ackDeadline) {
    broker.createTopic(topic);
    broker.createSubscription(subscription, topic, ackDeadline);
  }

  /**
   * Publishes a message.
   *
   * @throws IllegalArgumentException if there is no such topic
   */
  public void publish(String topic, Map<String, String> attributes, String data) {
    String encoded = Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
    if (broker.publish(topic, attributes, encoded).isEmpty()) {
      throw new IllegalArgumentException("no topic " + topic);
    }
  }

  /** Says how messages travel that are published from now on. */
  public void deliver(Delivery delivery) {
    broker.deliver(delivery);
  }

  /** Refuses the next requests with this status. */
  public void refuseNext(int requests, int status) {
    api.refuseNext(requests, status);
  }

  /** How many messages of a subscription wait for a pull or for their acknowledgement. */
  public int unacknowledged(String subscription) {
    return broker.subscription(subscription).map(Subscription::unacknowledged).orElse(0);
  }

  /** How many messages of a subscription were acknowledged. */
  public int acknowledged(String subscription) {
    return broker.subscription(subscription).map(Subscription::acknowledged).orElse(0);
  }

  @Override
  public void close() {
    http.close();
  }
}
