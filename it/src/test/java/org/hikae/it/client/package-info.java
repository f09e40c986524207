/** Clients and accounts by which tests reach portal, pages and Keycloak. */
@NullMarked
package org.hikae.it.client;

import org.jspecify.annotations.NullMarked;
