@NullMarked
package dev.wrinklefree.audit;

import org.jspecify.annotations.NullMarked;
