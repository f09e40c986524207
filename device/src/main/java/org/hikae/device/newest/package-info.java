/**
 * Decides what is newest, current and gone. Nothing of it is the portal's to say: {@link
 * org.hikae.device.newest.Newest} is the only place that orders snapshots, and every command that
 * says "latest" or shows a time asks there.
 */
@NullMarked
package org.hikae.device.newest;

import org.jspecify.annotations.NullMarked;
