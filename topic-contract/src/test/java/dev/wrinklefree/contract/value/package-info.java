/** Tests of run ids and money. */
@NullMarked
package dev.wrinklefree.contract.value;

import org.jspecify.annotations.NullMarked;
