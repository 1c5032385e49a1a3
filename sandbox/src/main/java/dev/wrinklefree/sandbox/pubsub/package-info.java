/**
 * A stand-in for Google Cloud Pub/Sub that speaks the part of its REST API by which messages are
 * pulled, and the notifications that Cloud Storage sends to it.
 */
@NullMarked
package dev.wrinklefree.sandbox.pubsub;

import org.jspecify.annotations.NullMarked;
