/**
 * Who in the directory is calling, their groups, locks and legal holds, and what Keycloak says now.
 * Calls no boundary and no job.
 */
@NullMarked
package org.hikae.identity.service;

import org.jspecify.annotations.NullMarked;
