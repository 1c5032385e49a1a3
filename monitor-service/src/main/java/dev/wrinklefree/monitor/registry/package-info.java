/** The runs known from launch-state, and what has been told of their jobs. */
@NullMarked
package dev.wrinklefree.monitor.registry;

import org.jspecify.annotations.NullMarked;
