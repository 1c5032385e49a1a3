/** What the topics hold, record by record, as the contract reads it. */
@NullMarked
package dev.wrinklefree.audit.history;

import org.jspecify.annotations.NullMarked;
