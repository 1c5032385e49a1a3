/** The platform's promises, one class for each, that a history either keeps or breaks. */
@NullMarked
package dev.wrinklefree.audit.rule;

import org.jspecify.annotations.NullMarked;
