/** When the nightly work of backups is looked for, and stored objects are read again. */
@NullMarked
package org.hikae.backup.timer;

import org.jspecify.annotations.NullMarked;
