/** Copies the directory from Keycloak, everybody or those who changed. Calls no boundary. */
@NullMarked
package org.hikae.identity.job;

import org.jspecify.annotations.NullMarked;
