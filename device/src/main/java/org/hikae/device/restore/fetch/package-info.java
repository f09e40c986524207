/**
 * Chunks made ready before a restore needs them: packs fetched over two connections, opened on all
 * cores, within bounds of memory. It does not know the restore that asks.
 */
@NullMarked
package org.hikae.device.restore.fetch;

import org.jspecify.annotations.NullMarked;
