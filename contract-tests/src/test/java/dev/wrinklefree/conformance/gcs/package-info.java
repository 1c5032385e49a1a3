/** What Cloud Storage does, asked of the sandbox's stand-in and of an emulator of others. */
@NullMarked
package dev.wrinklefree.conformance.gcs;

import org.jspecify.annotations.NullMarked;
