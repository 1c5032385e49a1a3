/** Managed jobs as the queue reports them. */
@NullMarked
package dev.wrinklefree.skypilot.jobs;

import org.jspecify.annotations.NullMarked;
