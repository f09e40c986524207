/** hikae backup, its dry run, and backups by schedule. It knows no restore. */
@NullMarked
package org.hikae.device.cli.backup;

import org.jspecify.annotations.NullMarked;
