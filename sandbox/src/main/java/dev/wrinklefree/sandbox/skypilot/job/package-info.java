/** Managed jobs: their life, their record on disk, their processes and their logs. */
@NullMarked
package dev.wrinklefree.sandbox.skypilot.job;

import org.jspecify.annotations.NullMarked;
