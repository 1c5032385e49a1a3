/** Reads task YAML as SkyPilot does and finds a machine that the task may be placed on. */
@NullMarked
package dev.wrinklefree.sandbox.skypilot.task;

import org.jspecify.annotations.NullMarked;
