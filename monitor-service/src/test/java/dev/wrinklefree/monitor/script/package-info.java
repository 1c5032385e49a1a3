/** A SkyPilot server that says what a test tells it to. */
@NullMarked
package dev.wrinklefree.monitor.script;

import org.jspecify.annotations.NullMarked;
