/** Tests of the CloudEvents Kafka binary mapping. */
@NullMarked
package dev.wrinklefree.contract.cloudevents;

import org.jspecify.annotations.NullMarked;
