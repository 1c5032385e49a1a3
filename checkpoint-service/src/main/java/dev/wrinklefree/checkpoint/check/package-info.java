/** Whether the buckets can be used, asked on request and said with what to do. */
@NullMarked
package dev.wrinklefree.checkpoint.check;

import org.jspecify.annotations.NullMarked;
