/**
 * An index of the names in all snapshots, kept on this device under K and made from manifests, so
 * that a name is found without reading them. It restores nothing.
 */
@NullMarked
package org.hikae.device.search;

import org.jspecify.annotations.NullMarked;
