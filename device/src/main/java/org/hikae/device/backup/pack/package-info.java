/**
 * What the walk found becomes sealed packs that are sent, by several threads and in the order of
 * the walk. It knows no walk.
 */
@NullMarked
package org.hikae.device.backup.pack;

import org.jspecify.annotations.NullMarked;
