/** Reads the topics of a live cluster, without leaving a trace there. */
@NullMarked
package dev.wrinklefree.audit.kafka;

import org.jspecify.annotations.NullMarked;
