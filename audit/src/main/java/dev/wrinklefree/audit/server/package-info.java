/** Compares what was told with what SkyPilot and the bucket themselves have on record. */
@NullMarked
package dev.wrinklefree.audit.server;

import org.jspecify.annotations.NullMarked;
