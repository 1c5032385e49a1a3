/** What the services' tests share: test resources, event fixtures, plain Kafka clients, checks. */
@NullMarked
package dev.wrinklefree.testkit;

import org.jspecify.annotations.NullMarked;
