/** How an event travels: CloudEvents 1.0 attributes, and their Kafka binary mapping both ways. */
@NullMarked
package dev.wrinklefree.contract.cloudevents;

import org.jspecify.annotations.NullMarked;
