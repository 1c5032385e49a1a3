/** Submits accepted runs to SkyPilot, surely and only once. */
@NullMarked
package dev.wrinklefree.launch.submission;

import org.jspecify.annotations.NullMarked;
