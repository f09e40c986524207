/**
 * What Keycloak's events name, and how many leavers are plausible. Pure: knows no entity, store or
 * bean.
 */
@NullMarked
package org.hikae.identity.control;

import org.jspecify.annotations.NullMarked;
