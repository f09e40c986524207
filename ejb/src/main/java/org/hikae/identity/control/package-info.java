/** Speaking to Keycloak's administration as a service account, and what is read there. */
@NullMarked
package org.hikae.identity.control;

import org.jspecify.annotations.NullMarked;
