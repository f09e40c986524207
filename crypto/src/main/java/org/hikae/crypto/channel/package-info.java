/**
 * The sealed channel from a device to the vault, across a portal that relays and can read nothing.
 * It is HPKE base mode (RFC 9180) for the request, and a reply keyed from the same context (RFC
 * 9458, section 4.4).
 */
@NullMarked
package org.hikae.crypto.channel;

import org.jspecify.annotations.NullMarked;
