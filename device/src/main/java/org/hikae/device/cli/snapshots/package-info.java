/**
 * Commands that name or show snapshots: snapshots, ls, diff, release, format. It restores nothing.
 */
@NullMarked
package org.hikae.device.cli.snapshots;

import org.jspecify.annotations.NullMarked;
