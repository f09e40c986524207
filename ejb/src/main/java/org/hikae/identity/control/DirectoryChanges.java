package org.hikae.identity.control;

import java.util.Set;

/**
 * What Keycloak's events name since some instant.
 *
 * @param subjects people whose account or membership changed
 * @param groups groups that were renamed or got other groups below them
 * @param paths whether a path of a group may have changed
 */
public record DirectoryChanges(Set<String> subjects, Set<String> groups, boolean paths) {}
