/** What an audit found, and the report that says it. */
@NullMarked
package dev.wrinklefree.audit.finding;

import org.jspecify.annotations.NullMarked;
