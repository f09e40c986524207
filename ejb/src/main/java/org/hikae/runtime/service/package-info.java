/**
 * Settings, the key for what administrators enter, clock, and Keycloak's service accounts. Calls no
 * boundary and no job.
 */
@NullMarked
package org.hikae.runtime.service;

import org.jspecify.annotations.NullMarked;
