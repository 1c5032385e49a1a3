/** Apache Kafka's own broker, run inside this JVM. */
@NullMarked
package dev.wrinklefree.sandbox.kafka;

import org.jspecify.annotations.NullMarked;
