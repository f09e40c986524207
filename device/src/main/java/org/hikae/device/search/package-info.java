/**
 * An index of the names in all snapshots for {@code hikae find}, kept on this device under K and
 * made from manifests, so that a name is found without reading them. The search of the window has
 * no index: it reads manifests itself. It restores nothing.
 */
@NullMarked
package org.hikae.device.search;

import org.jspecify.annotations.NullMarked;
