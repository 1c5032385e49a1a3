/** The topics, with their keys, partitions, retention and clean-up. */
@NullMarked
package dev.wrinklefree.contract.topic;

import org.jspecify.annotations.NullMarked;
