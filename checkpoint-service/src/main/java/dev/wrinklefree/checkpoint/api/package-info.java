/** What is asked over REST, and how it is answered. */
@NullMarked
package dev.wrinklefree.checkpoint.api;

import org.jspecify.annotations.NullMarked;
