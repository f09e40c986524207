/**
 * Commands about what opens the backup: opt-in, opt-out, keys, password, rotation, reminder,
 * recovery sheet. It knows no backup and no restore.
 */
@NullMarked
package org.hikae.device.cli.protection;

import org.jspecify.annotations.NullMarked;
