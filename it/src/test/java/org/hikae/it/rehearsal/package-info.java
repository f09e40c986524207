/**
 * The worst day of an administrator: both databases are damaged, and the admin guide says what to
 * do, command by command.
 */
@NullMarked
package org.hikae.it.rehearsal;

import org.jspecify.annotations.NullMarked;
