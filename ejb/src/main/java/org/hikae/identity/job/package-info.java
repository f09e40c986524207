/**
 * Copies the directory from Keycloak, everybody or those who changed, and finds out who has left.
 * Calls no boundary.
 */
@NullMarked
package org.hikae.identity.job;

import org.jspecify.annotations.NullMarked;
