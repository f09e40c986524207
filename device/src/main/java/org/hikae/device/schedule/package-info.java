/**
 * Backing up by itself: what to back up and when, and what speaks against it just now (pause,
 * battery, metered network). Also how systemd is told, and when a person must be told that there
 * has been no backup for days. It decides and remembers; the run itself is the command's.
 */
@NullMarked
package org.hikae.device.schedule;

import org.jspecify.annotations.NullMarked;
