/**
 * Snapshots as a tree to look through: finds entries in manifests without reading them through
 * again, and fetches of packs only the buckets that it takes. It restores nothing.
 */
@NullMarked
package org.hikae.device.mount;

import org.jspecify.annotations.NullMarked;
