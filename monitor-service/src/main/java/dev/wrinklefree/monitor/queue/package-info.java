/** Reads SkyPilot's queue page by page. */
@NullMarked
package dev.wrinklefree.monitor.queue;

import org.jspecify.annotations.NullMarked;
