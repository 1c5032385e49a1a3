/** What was lost, repeated or wrong in the end. */
@NullMarked
package dev.wrinklefree.chaos.verdict;

import org.jspecify.annotations.NullMarked;
