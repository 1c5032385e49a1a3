/** The connection to the SkyPilot API server. */
@NullMarked
package dev.wrinklefree.launch.connection;

import org.jspecify.annotations.NullMarked;
