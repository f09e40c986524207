/** Names that Keycloak, the portal and the agent must agree on. */
@NullMarked
package org.hikae.identity.wire;

import org.jspecify.annotations.NullMarked;
