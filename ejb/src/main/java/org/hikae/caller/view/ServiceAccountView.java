package org.hikae.caller.view;

import java.time.Instant;
import java.util.List;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * A program.
 *
 * @param clientId its client at Keycloak
 * @param subject {@code sub} of its service account, as the audit trail names it
 * @param roles roles it had at its last use; those that its account has when it was never used
 * @param firstUsedAt ISO-8601 instant; absent when it was never used
 * @param lastUsedAt ISO-8601 instant, to the minute; absent when it was never used
 */
@SchemaName("ServiceAccountsView")
public record ServiceAccountView(
    String clientId,
    String subject,
    List<String> roles,
    @Nullable Instant firstUsedAt,
    @Nullable Instant lastUsedAt) {}
