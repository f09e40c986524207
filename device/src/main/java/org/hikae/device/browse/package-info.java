/**
 * Lists what is in a snapshot and what differs between two, from their manifests alone. It restores
 * nothing.
 */
@NullMarked
package org.hikae.device.browse;

import org.jspecify.annotations.NullMarked;
