/**
 * Hears from Cloud Storage, through Pub/Sub, that an object was written. An accelerator: it only
 * makes a listing come earlier, and whatever it misses is found by the listings that come anyway.
 */
@NullMarked
package dev.wrinklefree.checkpoint.notification;

import org.jspecify.annotations.NullMarked;
