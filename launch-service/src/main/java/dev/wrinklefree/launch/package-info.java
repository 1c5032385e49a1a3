/** launch-service: launch and cancel requests in, SkyPilot jobs and launch-state events out. */
@NullMarked
package dev.wrinklefree.launch;

import org.jspecify.annotations.NullMarked;
