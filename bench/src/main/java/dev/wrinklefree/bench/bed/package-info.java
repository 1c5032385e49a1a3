/** What is measured on: a broker, a database server, and services as they are shipped. */
@NullMarked
package dev.wrinklefree.bench.bed;

import org.jspecify.annotations.NullMarked;
