package org.hikae.identity.control;

import org.jspecify.annotations.Nullable;

/**
 * A person as Keycloak's directory has them.
 *
 * @param subject {@code sub}
 * @param username user name now
 * @param displayName name in the order of its script, or the user name
 * @param email mail address, if any
 * @param enabled whether the account may sign in
 */
public record DirectoryPerson(
    String subject, String username, String displayName, @Nullable String email, boolean enabled) {}
