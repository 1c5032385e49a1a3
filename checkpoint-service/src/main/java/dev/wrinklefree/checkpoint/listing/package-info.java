/** Reads what is in a bucket, through Google's own client. */
@NullMarked
package dev.wrinklefree.checkpoint.listing;

import org.jspecify.annotations.NullMarked;
