package dev.wrinklefree.contract.value;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param field JSON path of the field below the request body, for example {@code
 *     budget.limit.amount} or {@code overrides[2]}; absent where the whole request is meant
 * @param code stable machine code in kebab-case, for example {@code unknown-model}
 * @param message one sentence for a person: what is wrong and what is allowed
 */
public record Violation(@Nullable String field, String code, String message) {}
