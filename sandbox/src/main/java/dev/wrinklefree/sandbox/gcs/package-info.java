/**
 * A stand-in for Google Cloud Storage that speaks its JSON API over HTTP, for one machine and
 * without credentials.
 */
@NullMarked
package dev.wrinklefree.sandbox.gcs;

import org.jspecify.annotations.NullMarked;
