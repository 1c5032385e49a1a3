/**
 * A typed, blocking client of the SkyPilot API server; start at {@link
 * dev.wrinklefree.skypilot.SkyPilotClient}.
 */
@NullMarked
package dev.wrinklefree.skypilot;

import org.jspecify.annotations.NullMarked;
