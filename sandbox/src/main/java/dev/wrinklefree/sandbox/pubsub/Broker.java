package dev.wrinklefree.sandbox.pubsub;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topics, and subscriptions that each get every message of one of them. */
final class Broker {

  private final InstantSource clock;
  private final Map<String, Map<String, Subscription>> topics = new HashMap<>();
  private final Map<String, Subscription> subscriptions = new HashMap<>();
  private Delivery delivery = Delivery.prompt();
  private long lastId;

  Broker(InstantSource clock) {
    this.clock = clock;
  }

  synchronized boolean createTopic(String name) {
    return topics.putIfAbsent(name, new LinkedHashMap<>()) == null;
  }

  /** Whether it was created; not if the topic is missing or the subscription exists. */
  synchronized boolean createSubscription(String name, String topic, Duration ackDeadline) {
    Map<String, Subscription> subscribers = topics.get(topic);
    if (subscribers == null || subscriptions.containsKey(name)) {
      return false;
    }
    Subscription subscription = new Subscription(clock, ackDeadline);
    subscriptions.put(name, subscription);
    subscribers.put(name, subscription);
    return true;
  }

  synchronized boolean hasTopic(String name) {
    return topics.containsKey(name);
  }

  synchronized Optional<Subscription> subscription(String name) {
    return Optional.ofNullable(subscriptions.get(name));
  }

  synchronized void deliver(Delivery changed) {
    delivery = changed;
  }

  /** The message's id; empty if there is no such topic. */
  synchronized Optional<String> publish(String topic, Map<String, String> attributes, String data) {
    Map<String, Subscription> subscribers = topics.get(topic);
    if (subscribers == null) {
      return Optional.empty();
    }
    String id = Long.toString(++lastId);
    for (int copy = 0; copy < delivery.copies(); copy++) {
      // A repetition by Cloud Storage has an id of its own.
      String copyId = copy == 0 ? id : Long.toString(++lastId);
      Message message = new Message(copyId, attributes, data, clock.instant());
      List.copyOf(subscribers.values()).forEach(one -> one.add(message, delivery));
    }
    return Optional.of(id);
  }
}
