/** Holds records, JSON Schemas, examples and the AsyncAPI document to one another. */
@NullMarked
package dev.wrinklefree.contract.schema;

import org.jspecify.annotations.NullMarked;
