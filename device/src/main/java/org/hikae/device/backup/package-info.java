/**
 * From files to a committed snapshot. Each run reads the tree in one fixed order next to the
 * previous snapshot's manifest, seals what is new into packs, and commits a root whose object list
 * lets the portal keep and collect packs without any key. Memory is bounded whatever the number of
 * files: manifests are streams, the index of known chunks lies outside the heap.
 */
@NullMarked
package org.hikae.device.backup;

import org.jspecify.annotations.NullMarked;
