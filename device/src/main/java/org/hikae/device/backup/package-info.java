/**
 * From files to a committed snapshot: the walk over the file system beside the previous manifest,
 * really or as a plan. It knows no command.
 */
@NullMarked
package org.hikae.device.backup;

import org.jspecify.annotations.NullMarked;
