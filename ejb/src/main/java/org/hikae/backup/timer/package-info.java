/** When the nightly work of backups is looked for. */
@NullMarked
package org.hikae.backup.timer;

import org.jspecify.annotations.NullMarked;
