/**
 * The employee directory as rows: an employee is (issuer, subject), everything else is a copy from
 * Keycloak.
 */
@NullMarked
package org.hikae.identity.entity;

import org.jspecify.annotations.NullMarked;
