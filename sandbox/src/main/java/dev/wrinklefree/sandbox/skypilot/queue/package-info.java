/** The job queue as clients read it: filters, pages and records. */
@NullMarked
package dev.wrinklefree.sandbox.skypilot.queue;

import org.jspecify.annotations.NullMarked;
