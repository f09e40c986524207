/**
 * A company on a local port: Keycloak, portal and vault of one employee, by the specification. Only
 * tests use it.
 */
@NullMarked
package org.hikae.device.company;

import org.jspecify.annotations.NullMarked;
