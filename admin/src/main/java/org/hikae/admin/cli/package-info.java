/** The command line {@code hikae-admin}. */
@NullMarked
package org.hikae.admin.cli;

import org.jspecify.annotations.NullMarked;
