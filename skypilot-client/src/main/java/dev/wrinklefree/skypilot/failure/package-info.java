/** How a call can fail: three kinds, and which of them applies when an answer is lost. */
@NullMarked
package dev.wrinklefree.skypilot.failure;

import org.jspecify.annotations.NullMarked;
