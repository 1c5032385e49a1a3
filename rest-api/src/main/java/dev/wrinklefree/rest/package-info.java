/** What the services' REST interfaces share: problems, parameters and the JSON dialect. */
@NullMarked
package dev.wrinklefree.rest;

import org.jspecify.annotations.NullMarked;
