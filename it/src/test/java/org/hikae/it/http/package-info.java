/**
 * The REST API as strangers meet it: over HTTPS, with real tokens from Keycloak's real pages, by
 * the specification alone (docs/spec/rest.md). What must not work is tried first.
 */
@NullMarked
package org.hikae.it.http;

import org.jspecify.annotations.NullMarked;
