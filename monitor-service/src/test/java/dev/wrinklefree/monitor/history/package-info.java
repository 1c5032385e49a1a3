/** Random histories of a modelled SkyPilot server, and what the watch may tell of them. */
@NullMarked
package dev.wrinklefree.monitor.history;

import org.jspecify.annotations.NullMarked;
