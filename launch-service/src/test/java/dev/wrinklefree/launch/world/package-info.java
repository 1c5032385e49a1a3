/** The world around the service under test: SkyPilot's stand-in, and a way to it that can fail. */
@NullMarked
package dev.wrinklefree.launch.world;

import org.jspecify.annotations.NullMarked;
