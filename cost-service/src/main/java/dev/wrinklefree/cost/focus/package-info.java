/** Exports what runs cost as rows of the FinOps Open Cost and Usage Specification (FOCUS) 1.2. */
@NullMarked
package dev.wrinklefree.cost.focus;

import org.jspecify.annotations.NullMarked;
