/** Commands that work on the topics themselves. Nothing else loads Kafka's client. */
@NullMarked
package dev.wrinklefree.cli.kafka;

import org.jspecify.annotations.NullMarked;
