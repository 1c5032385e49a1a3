/** One run from its launch event to its end, seen as any subscriber of the topics sees it. */
@NullMarked
package dev.wrinklefree.sandbox.demo;

import org.jspecify.annotations.NullMarked;
