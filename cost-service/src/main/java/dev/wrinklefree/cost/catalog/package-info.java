/** Prices read from SkyPilot's catalogue, which of them are believed, and so which are in use. */
@NullMarked
package dev.wrinklefree.cost.catalog;

import org.jspecify.annotations.NullMarked;
