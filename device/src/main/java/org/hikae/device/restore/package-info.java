/**
 * From a snapshot back to files, really or as a plan; nothing is written outside of the target. It
 * knows no backup and no command.
 */
@NullMarked
package org.hikae.device.restore;

import org.jspecify.annotations.NullMarked;
